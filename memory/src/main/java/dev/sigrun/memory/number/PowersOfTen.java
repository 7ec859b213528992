// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.number;

import java.math.BigInteger;

/**
 * Any thread. Every eighth power of ten, as 64 bits of significand, of which the first is set, and
 * a power of two.
 */
final class PowersOfTen {
    private static final int FIRST = -348;
    private static final int STEP = 8;
    private static final int COUNT = 87;

    /** Decimal digits for a binary one, as Grisu estimates with. */
    private static final double LOG_OF_TWO = 0.30102999566398114;

    /** Where the exponent of a product is to be, so that its integer part has at most 32 bits. */
    private static final int EXPONENT_MIN = -60;

    private static final int EXPONENT_MAX = -32;

    private static final long[] SIGNIFICANDS = new long[COUNT];
    private static final int[] EXPONENTS = new int[COUNT];

    static {
        for (int index = 0; index < COUNT; index++) {
            compute(index, FIRST + index * STEP);
        }
    }

    private PowersOfTen() {}

    private static void compute(int index, int power) {
        BigInteger ten = BigInteger.TEN.pow(Math.abs(power));
        // A negative power has 64 bits and a few more after this shift, to be rounded away.
        int shift = power < 0 ? ten.bitLength() + 66 : 0;
        BigInteger value = power < 0 ? BigInteger.ONE.shiftLeft(shift).divide(ten) : ten;
        int excess = value.bitLength() - Long.SIZE;
        if (excess > 0) {
            BigInteger half = BigInteger.ONE.shiftLeft(excess - 1);
            value = value.add(half).shiftRight(excess);
        } else {
            value = value.shiftLeft(-excess);
        }
        SIGNIFICANDS[index] = value.longValue();
        EXPONENTS[index] = excess - shift;
    }

    /** The power whose product with a number of this exponent has an exponent that suits. */
    static int find(int exponent) {
        int estimate = (int) (-(exponent + COUNT) * LOG_OF_TWO);
        int index = (estimate - FIRST) / STEP;
        while (exponent + EXPONENTS[index] + Long.SIZE < EXPONENT_MIN) {
            index++;
        }
        while (exponent + EXPONENTS[index] + Long.SIZE > EXPONENT_MAX) {
            index--;
        }
        return index;
    }

    static long significand(int index) {
        return SIGNIFICANDS[index];
    }

    static int exponent(int index) {
        return EXPONENTS[index];
    }

    /** Which power of ten it is. */
    static int power(int index) {
        return FIRST + index * STEP;
    }
}
