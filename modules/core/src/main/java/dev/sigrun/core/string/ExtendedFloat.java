// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import java.math.BigInteger;

/**
 * A number of the 80-bit extended format, with a significand of 64 bits and an exponent of 15,
 * which is what C's {@code long double} is where Valkey mostly runs. INCRBYFLOAT shows 17 digits
 * after the point, and with the 53 bits of a double too many results would end in noise.
 *
 * <p>Every operation gives the exact result rounded once, half to even, as the hardware does it.
 * Immutable. The sign of zero is not kept, since it is never shown.
 */
public final class ExtendedFloat {
    /** Zero. */
    public static final ExtendedFloat ZERO = new ExtendedFloat(BigInteger.ZERO, 0);

    /** Beyond every positive number. */
    static final ExtendedFloat INFINITY = new ExtendedFloat(null, 1);

    /** Beyond every negative number. */
    static final ExtendedFloat NEGATIVE_INFINITY = new ExtendedFloat(null, -1);

    private static final ExtendedFloat NAN = new ExtendedFloat(null, 0);

    private static final int SIGNIFICAND_BITS = 64;
    private static final int EXPONENT_MIN = -16_445;
    private static final int MAGNITUDE_BITS_MAX = 16_384;
    private static final int FRACTION_DIGITS = 17;
    private static final BigInteger FRACTION_SCALE = BigInteger.TEN.pow(FRACTION_DIGITS);

    /** The signed significand; null when not finite. */
    private final BigInteger significand;

    /** The power of two to multiply with; the sign of what is not finite. */
    private final int exponent;

    private ExtendedFloat(BigInteger significand, int exponent) {
        this.significand = significand;
        this.exponent = exponent;
    }

    /**
     * The number nearest to a fraction; infinite when that is too large, zero when too small.
     *
     * @param denominator positive
     */
    static ExtendedFloat of(BigInteger numerator, BigInteger denominator) {
        if (numerator.signum() == 0) {
            return ZERO;
        }
        BigInteger magnitude = numerator.abs();
        // The quotient lies strictly between 2^(bits-1) and 2^(bits+1).
        int bits = magnitude.bitLength() - denominator.bitLength();
        int scale = Math.max(bits - SIGNIFICAND_BITS, EXPONENT_MIN);
        if (scaled(magnitude, denominator, scale).bitLength() > SIGNIFICAND_BITS) {
            scale++;
        }
        BigInteger rounded = rounded(magnitude, denominator, scale);
        if (rounded.bitLength() + scale > MAGNITUDE_BITS_MAX) {
            return numerator.signum() > 0 ? INFINITY : NEGATIVE_INFINITY;
        }
        return new ExtendedFloat(numerator.signum() > 0 ? rounded : rounded.negate(), scale);
    }

    private static BigInteger scaled(BigInteger magnitude, BigInteger denominator, int scale) {
        return scale >= 0
                ? magnitude.divide(denominator.shiftLeft(scale))
                : magnitude.shiftLeft(-scale).divide(denominator);
    }

    /** The quotient divided by two to the {@code scale}, as an integer, half to even. */
    private static BigInteger rounded(BigInteger magnitude, BigInteger denominator, int scale) {
        BigInteger divisor = scale >= 0 ? denominator.shiftLeft(scale) : denominator;
        BigInteger dividend = scale >= 0 ? magnitude : magnitude.shiftLeft(-scale);
        BigInteger[] parts = dividend.divideAndRemainder(divisor);
        int half = parts[1].shiftLeft(1).compareTo(divisor);
        boolean up = half > 0 || (half == 0 && parts[0].testBit(0));
        return up ? parts[0].add(BigInteger.ONE) : parts[0];
    }

    /** Whether this is a number proper. */
    public boolean isFinite() {
        return significand != null;
    }

    /** Whether this is zero. */
    boolean isZero() {
        return significand != null && significand.signum() == 0;
    }

    /** The same number with the other sign. */
    ExtendedFloat negated() {
        return new ExtendedFloat(significand.negate(), exponent);
    }

    /** The sum; not finite when it is too large. */
    public ExtendedFloat plus(ExtendedFloat other) {
        if (!isFinite() || !other.isFinite()) {
            return plusInfinity(other);
        }
        int scale = Math.min(exponent, other.exponent);
        BigInteger sum =
                significand
                        .shiftLeft(exponent - scale)
                        .add(other.significand.shiftLeft(other.exponent - scale));
        return scale >= 0
                ? of(sum.shiftLeft(scale), BigInteger.ONE)
                : of(sum, BigInteger.ONE.shiftLeft(-scale));
    }

    private ExtendedFloat plusInfinity(ExtendedFloat other) {
        if (isFinite()) {
            return other;
        }
        return other.isFinite() || other.exponent == exponent ? this : NAN;
    }

    /** The number in decimal digits: 17 after the point at most, and no zeros at the end. */
    @Override
    public String toString() {
        if (!isFinite()) {
            return exponent > 0 ? "inf" : exponent < 0 ? "-inf" : "nan";
        }
        BigInteger scaled = significand.abs().multiply(FRACTION_SCALE);
        BigInteger digits =
                exponent >= 0
                        ? scaled.shiftLeft(exponent)
                        : rounded(scaled, BigInteger.ONE.shiftLeft(-exponent), 0);
        if (digits.signum() == 0) {
            return "0";
        }
        StringBuilder text = new StringBuilder(digits.toString());
        while (text.length() <= FRACTION_DIGITS) {
            text.insert(0, '0');
        }
        text.insert(text.length() - FRACTION_DIGITS, '.');
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        text.setLength(text.charAt(end - 1) == '.' ? end - 1 : end);
        return significand.signum() < 0 ? text.insert(0, '-').toString() : text.toString();
    }
}
