// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WordsTest {
    @Test
    void quotesGroupAndEscapesStandForBytes() {
        assertEquals(List.of("a", "b c", "d e"), Words.split(" a \"b c\"\t'd e' "));
        assertEquals(
                List.of("\n\r\t\b\u0007A\"\\q"),
                Words.split("\"\\n\\r\\t\\b\\a\\x41\\\"\\\\\\q\""));
        assertEquals(List.of("it's \\n"), Words.split("'it\\'s \\n'"));
        assertEquals(List.of("xg", "xZZ"), Words.split("\"\\xg\" \"\\xZZ\""));
    }

    @Test
    void quotesMayOpenAndCloseWithinAWord() {
        assertEquals(List.of("ab cd"), Words.split("a\"b c\"d"));
        assertEquals(List.of("", "x"), Words.split("\"\" x"));
    }

    @Test
    void openQuotesMakeTheLineInvalid() {
        assertNull(Words.split("a \"b"));
        assertNull(Words.split("'"));
        assertNull(Words.split("\"\\"));
    }

    @Test
    void aZeroByteEndsTheLine() {
        assertEquals(List.of("a"), Words.split("a\0b"));
        assertNull(Words.split("\"a\0\""));
    }

    @Test
    void whateverIsQuotedSplitsBackToItself() {
        Random random = new Random(Long.getLong("sigrun.seed", 1));
        for (int i = 0; i < 2000; i++) {
            StringBuilder word = new StringBuilder();
            for (int j = random.nextInt(12); j > 0; j--) {
                word.append((char) random.nextInt(256));
            }
            assertEquals(List.of(word.toString()), Words.split(Words.quote(word.toString())));
        }
    }

    @Test
    void splittingAtSpacesKeepsEmptyParts() {
        assertEquals(List.of(), Words.splitAtSpaces(""));
        assertEquals(List.of("a", "", "b", ""), Words.splitAtSpaces("a  b "));
    }
}
