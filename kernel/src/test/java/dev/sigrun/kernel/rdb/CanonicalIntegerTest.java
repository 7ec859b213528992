// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CanonicalIntegerTest {
    private static final String SIGNS_AND_DIGITS = "-+0123456789 ";

    @Test
    void takesExactlyWhatPrintsBackTheSame() {
        Random random = Seed.random("canonical integers");
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            if (random.nextBoolean()) {
                text.append(random.nextLong() >> random.nextInt(64));
            } else {
                for (int left = random.nextInt(13); left > 0; left--) {
                    text.append(SIGNS_AND_DIGITS.charAt(random.nextInt(13)));
                }
            }
            assertEquals(expected(text.toString()), parse(text.toString()), text.toString());
        }
    }

    @Test
    void printsWhatItParses() throws Exception {
        Random random = Seed.random("printed integers");
        try (Held held = new Held().room(CanonicalInteger.LENGTH_MAX)) {
            assertPrints(held, Integer.MIN_VALUE);
            assertPrints(held, Integer.MAX_VALUE);
            assertPrints(held, 0);
            for (int i = 0; i < 1_000; i++) {
                assertPrints(held, random.nextInt() >> random.nextInt(32));
            }
        }
    }

    private static void assertPrints(Held held, int value) {
        int length = CanonicalInteger.print(value, held.address());
        byte[] all = held.copy();
        assertEquals(
                Integer.toString(value),
                new String(all, all.length - length, length, StandardCharsets.US_ASCII));
    }

    private static long parse(String text) {
        byte[] content = text.getBytes(StandardCharsets.US_ASCII);
        return CanonicalInteger.parse(content, 0, content.length);
    }

    private static long expected(String text) {
        try {
            int value = Integer.parseInt(text);
            return Integer.toString(value).equals(text) ? value : CanonicalInteger.NONE;
        } catch (NumberFormatException none) {
            return CanonicalInteger.NONE;
        }
    }
}
