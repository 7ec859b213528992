// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.config.file.CommandLine.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CommandLineTest {
    @Test
    void readsFileOptionsAndInput() {
        CommandLine line =
                parse("a.conf", "--port", "7", "--save", "60 1", "--bind", "x", "y", "-");
        assertEquals(Mode.SERVE, line.mode());
        assertEquals("a.conf", line.configFile());
        assertTrue(line.fromInput());
        assertEquals("port \"7\" \nsave \"60 1\" \nbind \"x\" \"y\" ", line.options());
    }

    @Test
    void theWordAfterANameIsItsValueEvenWithDashes() {
        assertEquals(
                "requirepass \"--x\" \nport \"1\" ",
                options("--requirepass", "--x", "--port", "1"));
    }

    @Test
    void nameAndValueMayBeOneWord() {
        assertEquals("port 7 \nhz \"5\" ", options("--port 7", "--hz", "5"));
    }

    @Test
    void aBareSaveHasAnEmptyValue() {
        assertEquals("save \"\"\nport \"7\" ", options("--save", "--port", "7"));
        assertEquals("save \"\"", options("--save"));
        assertEquals("save \"\" ", options("--save", ""));
    }

    @Test
    void recognisesTheModes() {
        assertEquals(Mode.VERSION, parse("-v").mode());
        assertEquals(Mode.VERSION, parse("--version", "x").mode());
        assertEquals(Mode.HELP, parse("-h").mode());
        assertEquals(Mode.HELP, parse("--help").mode());
        assertEquals(Mode.TEST_MEMORY, parse("--test-memory", "5").mode());
        assertEquals(List.of("--test-memory", "5"), parse("--test-memory", "5").words());
        assertEquals(Mode.CHECK_SYSTEM, parse("--check-system").mode());
        assertEquals(Mode.SENTINEL, parse("s.conf", "--sentinel").mode());
        assertEquals("sentinel ", parse("s.conf", "--sentinel").options());
    }

    @Test
    void nothingAtAllServes() {
        assertEquals(Mode.SERVE, parse().mode());
        assertNull(parse().configFile());
    }

    private static String options(String... words) {
        return parse(words).options();
    }

    private static CommandLine parse(String... words) {
        return CommandLine.parse(List.of(words));
    }
}
