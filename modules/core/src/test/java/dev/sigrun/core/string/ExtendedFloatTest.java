// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sigrun.spi.command.CommandException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ExtendedFloatTest {
    /** Lines of value, increment and what Valkey made of them. */
    private static final String SUMS = "/dev/sigrun/core/incrbyfloat-sums.txt";

    @Test
    void sumsAreTheReferencesToTheLastDigit() throws IOException, CommandException {
        int lines = 0;
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                ExtendedFloatTest.class.getResourceAsStream(SUMS),
                                StandardCharsets.US_ASCII))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("#")) {
                    continue;
                }
                String[] words = line.split(" ", 3);
                assertEquals(words[2], sum(words[0], words[1]), line);
                lines++;
            }
        }
        assertEquals(1000, lines);
    }

    private static String sum(String value, String increment) throws CommandException {
        return ExtendedFloatParser.parse(value)
                .plus(ExtendedFloatParser.parse(increment))
                .toString();
    }

    @Test
    void showsNoZerosAtTheEndAndNoSignOfZero() throws CommandException {
        assertEquals("3", sum("3.000", "0e5"));
        assertEquals("0", sum("-0", "-1e-40"));
        assertEquals("-0.5", sum("-1", ".5"));
        assertEquals("5200", sum("5.0e3", "2.0e2"));
    }

    @Test
    void addsUpToInfinityAndNotToANumber() throws CommandException {
        assertEquals("inf", sum("1e4932", "1e4932"));
        assertEquals("-inf", sum("-inf", "5"));
        assertEquals("nan", sum("inf", "-inf"));
    }

    @Test
    void refusesWhatTheFormatCannotHold() {
        for (String text :
                new String[] {"1e4933", "-1e4933", "1e-4951", "0x1p16384", "0x1p-16447"}) {
            assertRefused(text);
        }
        assertRefused("1e99999999999999999999");
        assertRefused("1e-99999999999999999999");
    }

    @Test
    void refusesWhatIsNoNumber() {
        for (String text :
                new String[] {"nan", "0x", "1e", "1e+", ".", "+-1", "1 ", "1_0", "0x1p"}) {
            assertRefused(text);
        }
    }

    private static void assertRefused(String text) {
        assertSame(
                CommandException.NOT_A_FLOAT,
                assertThrows(CommandException.class, () -> ExtendedFloatParser.parse(text)),
                text);
    }
}
