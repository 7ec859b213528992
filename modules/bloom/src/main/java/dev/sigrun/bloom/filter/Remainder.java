// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

/**
 * Any thread. Exact remainders of unsigned 64-bit numbers without a division, which is several
 * times slower than all the rest of looking at one bit.
 *
 * <p>With {@code reciprocal = floor((2^64 - 1) / divisor)} the high half of {@code number *
 * reciprocal} is the quotient or one less: {@code reciprocal > 2^64 / divisor - 1}, so the product
 * falls short of the true quotient by less than one before rounding down. One conditional
 * subtraction makes up for that.
 */
final class Remainder {
    /** The largest divisor; twice that still is a positive number. */
    static final long DIVISOR_MAX = 1L << 62;

    /** 2^64 minus the largest prime below it. */
    private static final long PRIME_GAP = 59;

    private Remainder() {}

    /** What {@link #of} needs to know of a divisor from 1 to {@link #DIVISOR_MAX}. */
    static long reciprocal(long divisor) {
        if (divisor < 1 || divisor > DIVISOR_MAX) {
            throw new IllegalArgumentException("a divisor of " + divisor);
        }
        return Long.divideUnsigned(-1L, divisor);
    }

    static long of(long number, long divisor, long reciprocal) {
        final long rest = number - Math.unsignedMultiplyHigh(number, reciprocal) * divisor;
        return rest >= divisor ? rest - divisor : rest;
    }

    /** The remainder of division by 0xFFFFFFFFFFFFFFC5. */
    static long ofLargestPrime(long number) {
        // At most one multiple fits, and taking it away is the same as adding the gap.
        return Long.compareUnsigned(number, -PRIME_GAP) >= 0 ? number + PRIME_GAP : number;
    }
}
