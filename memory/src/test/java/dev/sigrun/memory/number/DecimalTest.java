// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.Seed;
import dev.sigrun.memory.pack.Contents;
import dev.sigrun.memory.pack.OffHeapBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class DecimalTest {
    @RegisterExtension static final Seed SEED = new Seed();

    private final OffHeapBytes memory = new OffHeapBytes();

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void integersComeBackAsTheyWentAndAreJavaDigits() {
        SplittableRandom random = SEED.random();
        for (int round = 0; round < 5_000; round++) {
            long value = Contents.integer(random);
            String digits = Long.toString(value);
            long at = memory.allocate(digits.length());
            assertEquals(digits.length(), Decimal.length(value));
            assertEquals(digits.length(), Decimal.write(value, at));
            byte[] written = OffHeapBytes.get(at, digits.length());
            assertEquals(digits, new String(written, StandardCharsets.US_ASCII));
            assertTrue(Decimal.isInteger(at, digits.length()), digits);
            assertEquals(value, Decimal.value(at, digits.length()));
            memory.free(at, digits.length());
        }
    }

    @Test
    void onlyTheCanonicalFormIsAnInteger() {
        for (String text :
                List.of(
                        "",
                        "-",
                        "-0",
                        "00",
                        "01",
                        "-01",
                        "+1",
                        " 1",
                        "1 ",
                        "1a",
                        "a",
                        "--1",
                        "1-",
                        "9223372036854775808",
                        "-9223372036854775809",
                        "9999999999999999999",
                        "-9999999999999999999",
                        "10000000000000000000",
                        "18446744073709551617",
                        "123456789012345678901",
                        "0.5",
                        "/",
                        ":")) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            assertFalse(Decimal.isInteger(memory.put(bytes), bytes.length), text);
        }
    }
}
