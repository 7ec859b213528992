// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Sines and cosines of every 64th of a radian from 0 to a quarter turn, each as the sum of two
 * doubles, which is 106 bits of it. Any thread.
 */
final class SineTable {
    /** Entries in a radian. */
    static final int PER_RADIAN = 64;

    /** Index of the last entry, which lies just beyond a quarter turn. */
    static final int LAST = 101;

    private static final MathContext DIGITS = new MathContext(45);
    private static final BigDecimal NOTHING = new BigDecimal("1e-42");

    private static final double[] SINES = new double[2 * LAST + 2];
    private static final double[] COSINES = new double[2 * LAST + 2];

    static {
        for (int i = 0; i <= LAST; i++) {
            BigDecimal angle = BigDecimal.valueOf(i).divide(BigDecimal.valueOf(PER_RADIAN), DIGITS);
            put(SINES, i, sum(angle, angle, 1));
            put(COSINES, i, sum(BigDecimal.ONE, angle, 0));
        }
    }

    private SineTable() {}

    /** The power series of sine or cosine, from its first term on. */
    private static BigDecimal sum(BigDecimal first, BigDecimal angle, int power) {
        BigDecimal square = angle.multiply(angle, DIGITS);
        BigDecimal term = first;
        BigDecimal sum = first;
        int n = power;
        while (term.abs().compareTo(NOTHING) > 0) {
            BigDecimal divisor = BigDecimal.valueOf((n + 1L) * (n + 2L));
            term = term.multiply(square, DIGITS).divide(divisor, DIGITS).negate();
            sum = sum.add(term, DIGITS);
            n += 2;
        }
        return sum;
    }

    private static void put(double[] table, int index, BigDecimal value) {
        double high = value.doubleValue();
        table[2 * index] = high;
        table[2 * index + 1] = value.subtract(new BigDecimal(high)).doubleValue();
    }

    /** The greater part of a sine. */
    static double sine(int index) {
        return SINES[2 * index];
    }

    /** What is left of a sine without its greater part. */
    static double sineRest(int index) {
        return SINES[2 * index + 1];
    }

    /** The greater part of a cosine. */
    static double cosine(int index) {
        return COSINES[2 * index];
    }

    /** What is left of a cosine without its greater part. */
    static double cosineRest(int index) {
        return COSINES[2 * index + 1];
    }
}
