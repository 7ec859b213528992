// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

final class NumbersTest {
    @Test
    void sizesHaveDecimalAndBinaryUnitsInAnyCase() {
        assertEquals(1000, Numbers.memory("1k"));
        assertEquals(1024, Numbers.memory("1kb"));
        assertEquals(1_000_000, Numbers.memory("1M"));
        assertEquals(1 << 20, Numbers.memory("1Mb"));
        assertEquals(2_000_000_000L, Numbers.memory("2g"));
        assertEquals(2L << 30, Numbers.memory("2GB"));
        assertEquals(7, Numbers.memory("7b"));
        assertEquals(0, Numbers.memory(""));
        assertEquals(-1, Numbers.memory("18446744073709551615"));
    }

    @Test
    void sizesAreWholeAndNotNegative() {
        assertNull(Numbers.memory("1.5gb"));
        assertNull(Numbers.memory("-1"));
        assertNull(Numbers.memory("1 kb"));
        assertNull(Numbers.memory("1tb"));
        assertNull(Numbers.memory("18446744073709551616"));
    }

    @Test
    void strictNumbersHaveOneSpelling() {
        assertEquals(Long.MIN_VALUE, Numbers.strict("-9223372036854775808"));
        for (String text : new String[] {"", "-", "01", "-0", "+1", " 1", "1 ", "0x1"}) {
            assertNull(Numbers.strict(text), text);
        }
        assertNull(Numbers.strict("9223372036854775808"));
    }

    @Test
    void lenientNumbersAreReadAsCReadsThem() {
        assertEquals(5, Numbers.lenient(" \t+05"));
        assertEquals(0, Numbers.lenient(""));
        assertEquals(Long.MAX_VALUE, Numbers.lenient("99999999999999999999"));
        assertNull(Numbers.lenient(" "));
        assertNull(Numbers.lenient("5x"));
    }

    @Test
    void octalAndUnsignedNumbersAreRead() {
        assertEquals(0700, Numbers.octal("700"));
        assertNull(Numbers.octal("8"));
        assertEquals(-1, Numbers.unsigned("18446744073709551615"));
        assertNull(Numbers.unsigned("-1"));
    }

    @Test
    void sizesAreWrittenInTheLargestUnitThatFits() {
        assertEquals("3gb", Numbers.formatMemory(3L << 30));
        assertEquals("5mb", Numbers.formatMemory(5 << 20));
        assertEquals("1025kb", Numbers.formatMemory(1025 << 10));
        assertEquals("1025", Numbers.formatMemory(1025));
        assertEquals("0", Numbers.formatMemory(0));
    }
}
