// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class InfoTextTest {
    private final InfoText text = new InfoText();

    private String decimals(double value, int count) {
        text.clear();
        return text.decimals(value, count).toString();
    }

    @Test
    void decimalsAreRoundedAndFilled() {
        assertEquals("0.00", decimals(0, 2));
        assertEquals("1.50", decimals(1.499999, 2));
        assertEquals("-2.25", decimals(-2.25, 2));
        assertEquals("0.000001", decimals(1e-6, 6));
        assertEquals("0.00", decimals(Double.NaN, 2));
        assertEquals("0.00", decimals(-0.001, 2));
    }

    @Test
    void amountsOfMemoryAreReadable() {
        text.human("a", 1023);
        text.human("b", 1536);
        text.human("c", 5L << 40);
        assertEquals("a:1023B\r\nb:1.50K\r\nc:5.00T\r\n", text.toString());
    }

    @Test
    void valuesCannotBreakLines() {
        text.field("na:me", "one\r\ntwo");
        assertEquals("na_me:one  two\r\n", text.toString());
    }

    @Test
    void sectionsAreApart() {
        text.section("One");
        text.section("Two");
        assertEquals("# One\r\n\r\n# Two\r\n", text.toString());
    }
}
