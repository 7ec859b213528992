// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.core.stream.store.IdText;
import dev.sigrun.core.stream.store.StreamId;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.testkit.TextBytes;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IdParserTest {
    private final IdParser parser = new IdParser();
    private final StreamId id = new StreamId();

    @ParameterizedTest
    @CsvSource({
        "1-2, 1-2",
        "7, 7-9",
        "0, 0-9",
        "18446744073709551615-18446744073709551615, 18446744073709551615-18446744073709551615",
        "9223372036854775808-1, 9223372036854775808-1",
        "007-08, 7-8",
        "' 5-+6', 5-6",
        "5--05, 5-18446744073709551611",
        "5--0, 5-0",
        "5--9223372036854775809, 5-9223372036854775807"
    })
    void numbersAreReadAsTheCLibraryReadsThem(String text, String expected) {
        assertTrue(parser.tryReadStrict(TextBytes.of(text), 9, id));
        assertEquals(expected, id.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+",
                "x",
                "1-",
                "-1",
                "1-2-3",
                "1-x",
                "1-2 ",
                "1 -2",
                "5--5",
                "5--9223372036854775808",
                "5-+",
                "5-*",
                "18446744073709551616",
                "1-18446744073709551616",
                "99999999999999999999-1"
            })
    void whatIsNoIdentifierIsRefused(String text) {
        assertFalse(parser.tryReadStrict(TextBytes.of(text), 0, id));
    }

    @Test
    void aTextEndsAtAZeroByteAndIsNotLong() {
        assertTrue(parser.tryReadStrict(TextBytes.of("5-6\0junk"), 0, id));
        assertEquals("5-6", id.toString());
        assertTrue(parser.tryReadStrict(TextBytes.of("0".repeat(125) + "-1"), 0, id));
        assertFalse(parser.tryReadStrict(TextBytes.of("0".repeat(126) + "-1"), 0, id));
    }

    @Test
    void theEndsOfAllIdentifiersHaveNames() throws CommandException {
        parser.read(TextBytes.of("-"), 5, id);
        assertTrue(id.isZero());
        parser.read(TextBytes.of("+"), 5, id);
        assertTrue(id.isMax());
    }

    @Test
    void theEndsOfARangeMayBeLeftOut() throws CommandException {
        parser.readStart(TextBytes.of("(5"), id);
        assertEquals("5-1", id.toString());
        parser.readEnd(TextBytes.of("(5"), id);
        assertEquals("5-18446744073709551614", id.toString());
        parser.readEnd(TextBytes.of("(5-0"), id);
        assertEquals("4-18446744073709551615", id.toString());
        parser.readEnd(TextBytes.of("5"), id);
        assertEquals("5-18446744073709551615", id.toString());
        assertThrows(CommandException.class, () -> parser.readStart(TextBytes.of("(+"), id));
        assertThrows(CommandException.class, () -> parser.readEnd(TextBytes.of("(0-0"), id));
        assertThrows(CommandException.class, () -> parser.readStart(TextBytes.of("("), id));
    }

    @Test
    void aSequenceMayBeLeftToBeChosen() throws CommandException {
        parser.readOpen(TextBytes.of("5-*"), id);
        assertFalse(parser.isSequenceGiven());
        assertEquals("5-0", id.toString());
        parser.readOpen(TextBytes.of("5-3"), id);
        assertTrue(parser.isSequenceGiven());
        assertThrows(CommandException.class, () -> parser.readOpen(TextBytes.of("5-**"), id));
        assertThrows(CommandException.class, () -> parser.readOpen(TextBytes.of("*"), id));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        long seed = Long.getLong("sigrun.test.seed", 20_261_123);
        SplittableRandom random = new SplittableRandom(seed);
        IdText text = new IdText();
        for (int i = 0; i < 2000; i++) {
            long ms = random.nextLong() >>> random.nextInt(64);
            long seq = random.nextLong() >>> random.nextInt(64);
            text.write(ms, seq);
            StreamId expected = new StreamId().set(ms, seq);
            assertEquals(expected.toString(), text.toString(), () -> "seed " + seed);
            assertTrue(parser.tryReadStrict(text.bytes(), 0, id));
            assertEquals(0, expected.compareTo(id));
        }
    }
}
