// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sigrun.spi.admin.ConfigParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ParamTextTest {
    @Test
    void integers() {
        ConfigParam<Long> number = ConfigParam.integer("n", 0, Long.MIN_VALUE + 1, Long.MAX_VALUE);
        assertNull(ParamText.apply(number, "-9223372036854775807"));
        assertEquals(-Long.MAX_VALUE, number.value());
        assertEquals("-9223372036854775807", ParamText.show(number));
        assertEquals(
                "argument must be between -9223372036854775807 and 9223372036854775807 inclusive",
                ParamText.apply(number, "-9223372036854775808"));
        assertEquals(-Long.MAX_VALUE, number.value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "01", "-0", "+1", " 1", "1.0", "9223372036854775808", "1k"})
    void integersThatAreNone(String text) {
        assertEquals(
                "argument couldn't be parsed into an integer",
                ParamText.apply(ConfigParam.integer("n", 0, 0, 10), text));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "7b, 7",
        "2k, 2000",
        "2KB, 2048",
        "1m, 1000000",
        "1mb, 1048576",
        "3g, 3000000000",
        "1Gb, 1073741824"
    })
    void memory(String text, long bytes) {
        ConfigParam<Long> size = ConfigParam.memory("m", 1, 0, Long.MAX_VALUE);
        assertNull(ParamText.apply(size, text));
        assertEquals(bytes, size.value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kb", "-1", "1tb", "9223372036854775807gb", "1 mb"})
    void memoryThatIsNone(String text) {
        assertEquals(
                "argument must be a memory value",
                ParamText.apply(ConfigParam.memory("m", 1, 0, Long.MAX_VALUE), text));
    }

    @Test
    void booleansAndText() {
        ConfigParam<Boolean> flag = ConfigParam.bool("b", false);
        assertNull(ParamText.apply(flag, "YES"));
        assertEquals("yes", ParamText.show(flag));
        assertEquals("argument must be 'yes' or 'no'", ParamText.apply(flag, "true"));

        ConfigParam<String> text =
                ConfigParam.text("t", "a", v -> v.isEmpty() ? "must not be empty" : null);
        assertEquals("must not be empty", ParamText.apply(text, ""));
        assertNull(ParamText.apply(text, "b"));
        assertEquals("b", ParamText.show(text));
    }
}
