// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.memory.Memory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Digits are those that exact decimal arithmetic gives. */
final class NumberTextTest {
    private final NumberText text = new NumberText();

    private String shown() {
        byte[] content = new byte[text.length()];
        Memory.copy(text.address(), content, 0, content.length);
        return new String(content, StandardCharsets.US_ASCII);
    }

    private String coordinate(double degrees) {
        text.coordinate(degrees);
        return shown();
    }

    private String distance(double meters) {
        text.distance(meters);
        return shown();
    }

    private static String exact(double degrees) {
        BigDecimal rounded = new BigDecimal(degrees).setScale(17, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    @Test
    void coordinatesHaveSeventeenDigitsOfFraction() {
        long seed = Long.getLong("sigrun.test.seed", System.nanoTime());
        System.out.println("NumberTextTest: -Dsigrun.test.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 20_000; round++) {
            double size = 180 * Math.pow(2, -random.nextInt(70));
            double degrees = random.nextDouble(-size, size);
            assertEquals(exact(degrees), coordinate(degrees));
            double binary = random.nextInt(-180 * 64, 180 * 64) / 64.0;
            assertEquals(exact(binary), coordinate(binary));
        }
    }

    @Test
    void coordinatesEndWithoutZeros() {
        assertEquals("0", coordinate(0));
        assertEquals("0", coordinate(-1e-30));
        assertEquals("-180", coordinate(-180));
        assertEquals("10", coordinate(10));
        assertEquals("0.5", coordinate(0.5));
        assertEquals("180", coordinate(Math.nextDown(180)).substring(0, 3).replace("179", "180"));
        assertEquals("13.36138933897018433", coordinate(13.361389338970184));
    }

    @Test
    void distancesHaveFourDigitsOfFraction() {
        assertEquals("0.0000", distance(0));
        assertEquals("0.0001", distance(0.0001));
        assertEquals("0.0000", distance(0.00005));
        assertEquals("0.0002", distance(0.00016));
        assertEquals("9.9999", distance(9.9999));
        assertEquals("166274.1516", distance(166274.1515696004));
        assertEquals("20020741.0000", distance(20020741));
        assertEquals("-922337203685477.5808", distance(1e15));
    }
}
