// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.number;

/**
 * Confined to one thread. The decimal digits of a double by Loitsch's Grisu2: few enough in nearly
 * all cases, and always such that they read back as the same number. Valkey writes digits by this
 * method, and where it gives other ones than the shortest, clients see these.
 *
 * <p>Two bounds are taken half-way to the number's neighbours. All three are scaled by a power of
 * ten until they are 64-bit fixed-point numbers; digits of the upper one are made until what is
 * left lies between the bounds, and the last digit is then lowered towards the number.
 */
final class Grisu {
    private static final int DIGITS_MAX = 18;
    private static final int FRACTION_BITS = 52;
    private static final long HIDDEN_BIT = 1L << FRACTION_BITS;
    private static final int BIAS = 1023 + FRACTION_BITS;
    private static final long LOW = 0xffffffffL;
    private static final int FIRST_DIVISOR = 1_000_000_000;

    private final byte[] digits = new byte[DIGITS_MAX];
    private int count;
    private int power;

    /** The digits found, as characters. */
    byte[] digits() {
        return digits;
    }

    /** How many digits were found. */
    int count() {
        return count;
    }

    /** The power of ten that the digits, read as an integer, are to be multiplied with. */
    int power() {
        return power;
    }

    /** Finds the digits of a finite number greater than 0. */
    void convert(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int biased = (int) (bits >>> FRACTION_BITS);
        long fraction = bits & (HIDDEN_BIT - 1);
        long significand = biased == 0 ? fraction : fraction | HIDDEN_BIT;
        int exponent = biased == 0 ? 1 - BIAS : biased - BIAS;

        long upper = (significand << 1) + 1;
        int shift = Long.numberOfLeadingZeros(upper);
        int scale = exponent - 1 - shift;
        int lowerShift = significand == HIDDEN_BIT ? 2 : 1;
        long lower = ((significand << lowerShift) - 1) << (exponent - lowerShift - scale);

        int cached = PowersOfTen.find(scale);
        long ten = PowersOfTen.significand(cached);
        // Each product may be off by one in its last place, so the bounds move inwards by it.
        long top = multiply(upper << shift, ten) - 1;
        long bottom = multiply(lower, ten) + 1;
        long middle = multiply(significand << Long.numberOfLeadingZeros(significand), ten);
        int fractionBits = -(scale + PowersOfTen.exponent(cached) + Long.SIZE);
        generate(top, top - bottom, top - middle, fractionBits, -PowersOfTen.power(cached));
    }

    /** The upper half of a product of two unsigned numbers, rounded. */
    private static long multiply(long a, long b) {
        long highLow = (a >>> 32) * (b & LOW);
        long lowHigh = (a & LOW) * (b >>> 32);
        long middle = (highLow & LOW) + (lowHigh & LOW) + (((a & LOW) * (b & LOW)) >>> 32);
        middle += 1L << 31;
        return (a >>> 32) * (b >>> 32) + (highLow >>> 32) + (lowHigh >>> 32) + (middle >>> 32);
    }

    private void generate(long top, long width, long distance, int fractionBits, int scaledBy) {
        count = 0;
        long mask = (1L << fractionBits) - 1;
        long whole = top >>> fractionBits;
        long fraction = top & mask;
        int left = 10;
        for (long divisor = FIRST_DIVISOR; left > 0; divisor /= 10) {
            put(whole / divisor);
            whole %= divisor;
            left--;
            long rest = (whole << fractionBits) + fraction;
            if (Long.compareUnsigned(rest, width) <= 0) {
                power = scaledBy + left;
                round(width, rest, divisor << fractionBits, distance);
                return;
            }
        }
        long range = width;
        long unit = 1;
        do {
            fraction *= 10;
            range *= 10;
            unit *= 10;
            left--;
            put(fraction >>> fractionBits);
            fraction &= mask;
        } while (Long.compareUnsigned(fraction, range) >= 0);
        power = scaledBy + left;
        round(range, fraction, 1L << fractionBits, distance * unit);
    }

    private void put(long digit) {
        if (digit != 0 || count > 0) {
            digits[count++] = (byte) ('0' + digit);
        }
    }

    /** Lowers the last digit as long as that brings the digits nearer to the number. */
    private void round(long width, long startRest, long step, long distance) {
        long rest = startRest;
        while (Long.compareUnsigned(rest, distance) < 0
                && Long.compareUnsigned(width - rest, step) >= 0
                && (Long.compareUnsigned(rest + step, distance) < 0
                        || Long.compareUnsigned(distance - rest, rest + step - distance) > 0)) {
            digits[count - 1]--;
            rest += step;
        }
    }
}
