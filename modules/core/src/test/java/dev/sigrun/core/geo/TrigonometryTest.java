// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results are the doubles next to the true ones. */
final class TrigonometryTest {
    private static final MathContext DIGITS = new MathContext(50);
    private static final int ROUNDS = 2000;

    /**
     * Half a unit in the last place, and more than the terms carried in one double can lose: their
     * share of a result is a ten thousandth at most, and a thousandth in the angle of a sine near
     * 1.
     */
    private static final double ERROR_MAX = 0.502;

    /** Nearer to the end of a quarter turn 106 bits of pi do not suffice for that. */
    private static final double DISTANCE_MIN = 1e-13;

    private final Trigonometry trigonometry = new Trigonometry();
    private SplittableRandom random;

    @BeforeEach
    void start() {
        long seed = Long.getLong("sigrun.test.seed", System.nanoTime());
        System.out.println("TrigonometryTest: -Dsigrun.test.seed=" + seed);
        random = new SplittableRandom(seed);
    }

    private static BigDecimal series(BigDecimal first, BigDecimal angle, int power) {
        BigDecimal square = angle.multiply(angle, DIGITS);
        BigDecimal term = first;
        BigDecimal sum = first;
        for (int n = power; n < 60; n += 2) {
            term = term.multiply(square, DIGITS).negate();
            term = term.divide(BigDecimal.valueOf((n + 1L) * (n + 2L)), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return sum;
    }

    private static BigDecimal sine(BigDecimal angle) {
        return series(angle, angle, 1);
    }

    private static BigDecimal cosine(BigDecimal angle) {
        return series(BigDecimal.ONE, angle, 0);
    }

    private static void assertNear(BigDecimal exact, double result, String what) {
        BigDecimal error = exact.subtract(new BigDecimal(result)).abs();
        double units = error.divide(new BigDecimal(Math.ulp(result)), DIGITS).doubleValue();
        assertTrue(units < ERROR_MAX, () -> what + " is " + units + " units off");
    }

    @Test
    void sinesAndCosinesAreRoundedCorrectly() {
        for (int round = 0; round < ROUNDS; round++) {
            double reach = round % 2 == 0 ? Math.PI / 2 : Math.PI;
            double angle = (2 * random.nextDouble() - 1) * reach * (round % 7 == 0 ? 1e-4 : 1);
            BigDecimal exact = new BigDecimal(angle);
            assertNear(sine(exact), trigonometry.sin(angle), "sin " + angle);
            assertNear(cosine(exact), trigonometry.cos(angle), "cos " + angle);
        }
        assertEquals(0, trigonometry.sin(0));
        assertEquals(1, trigonometry.cos(0));
    }

    @Test
    void resultsNextToNothingAreRoundedCorrectlyToo() {
        for (int turns = -2; turns <= 2; turns++) {
            double corner = turns * (Math.PI / 2);
            for (double distance = 1e-1; distance > DISTANCE_MIN; distance /= 3) {
                for (int side = -1; side <= 1; side += 2) {
                    double angle = corner + side * distance * (1 + random.nextDouble());
                    if (Math.abs(angle) <= Math.PI) {
                        BigDecimal exact = new BigDecimal(angle);
                        assertNear(sine(exact), trigonometry.sin(angle), "sin " + angle);
                        assertNear(cosine(exact), trigonometry.cos(angle), "cos " + angle);
                    }
                }
            }
        }
        double pastQuarterTurn = -1.5708106992220032;
        BigDecimal exact = cosine(new BigDecimal(pastQuarterTurn));
        assertNear(exact, trigonometry.cos(pastQuarterTurn), "cos " + pastQuarterTurn);
    }

    @Test
    void anglesOfSinesAreRoundedCorrectly() {
        for (int round = 0; round < ROUNDS; round++) {
            double sine = random.nextDouble() * (round % 3 == 0 ? 1e-3 : 0.999);
            BigDecimal guess = new BigDecimal(trigonometry.asin(sine));
            BigDecimal error = new BigDecimal(sine).subtract(sine(guess));
            BigDecimal exact = guess.add(error.divide(cosine(guess), DIGITS));
            assertNear(exact, guess.doubleValue(), "asin " + sine);
        }
        assertEquals(0, trigonometry.asin(0));
        assertEquals(Math.PI / 2, trigonometry.asin(1));
    }

    @Test
    void anglesOfPointsAreRoundedCorrectly() {
        for (int round = 0; round < ROUNDS; round++) {
            double y = 2 * random.nextDouble() - 1;
            double x = 2 * random.nextDouble() - 1;
            BigDecimal guess = new BigDecimal(trigonometry.atan2(y, x));
            BigDecimal sine = sine(guess);
            BigDecimal cosine = cosine(guess);
            BigDecimal across =
                    new BigDecimal(y).multiply(cosine).subtract(new BigDecimal(x).multiply(sine));
            BigDecimal along =
                    new BigDecimal(x).multiply(cosine).add(new BigDecimal(y).multiply(sine));
            BigDecimal exact = guess.add(across.divide(along, DIGITS));
            assertNear(exact, guess.doubleValue(), "atan2 " + y + " " + x);
        }
        assertEquals(0, trigonometry.atan2(0, 0));
    }
}
