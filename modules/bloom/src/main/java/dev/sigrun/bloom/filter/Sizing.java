// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

import dev.sigrun.spi.command.CommandException;

/**
 * Any thread. How large a filter is for what it is asked to hold, bit for bit as valkey-bloom sizes
 * it: primary and replica, and servers of both makes, must come to the same number.
 *
 * <p>Strict arithmetic throughout, so that two processors cannot disagree. All sums of bytes
 * saturate, so an absurd wish is larger than any limit instead of small.
 */
public final class Sizing {
    /** The longest bit string: what a reader can take back as one piece. */
    public static final long BIT_STRING_BYTES_MAX = Integer.MAX_VALUE - 64;

    /** The most hashes a layer can have; an error rate of 2^-1074 asks for 1076. */
    public static final int HASHES_MAX = 1100;

    /** Bytes that valkey-bloom counts for a filter, its layers apart. */
    static final long OBJECT_BYTES = 48;

    /** Bytes that valkey-bloom counts for each place in the list of layers. */
    static final long SLOT_BYTES = 8;

    /** Bytes that valkey-bloom counts for a layer, its bits apart. */
    static final long LAYER_BYTES = 208;

    /** What stands for "as far as it goes" as wanted capacity. */
    public static final long UNBOUNDED = -1;

    private static final double LN_2 = 0.6931471805599453;
    private static final double LN_2_SQUARED = LN_2 * LN_2;
    private static final int FIRST_GROWTH = 4;

    private Sizing() {}

    /** Bytes of bits for {@code capacity} items at an error rate between 0 and 1. */
    public static long bitBytes(long capacity, double errorRate) {
        return (long)
                Math.ceil((double) capacity * StrictMath.log(errorRate) / (-8.0 * LN_2_SQUARED));
    }

    /** Number of hashes for so many bits. */
    public static int hashes(long bits, long capacity) {
        return (int) Math.max(1, Math.round((double) bits / (double) capacity * LN_2));
    }

    /** The error rate of the layer at {@code index}; the first is at 0. */
    static double errorRate(double first, int index, double tightening) throws CommandException {
        double rate = first * power(tightening, index);
        if (rate > Double.MIN_NORMAL) {
            return rate;
        }
        throw Errors.RATE_VANISHES;
    }

    /** Power by squaring: its roundings are the ones that valkey-bloom's sizes rest on. */
    private static double power(double base, int exponent) {
        double result = 1;
        double square = base;
        for (int rest = exponent; rest > 0; rest >>= 1) {
            if ((rest & 1) != 0) {
                result *= square;
            }
            square *= square;
        }
        return result;
    }

    /** What a layer counts for. */
    static long layerBytes(long bitBytes) {
        return saturatedSum(LAYER_BYTES, bitBytes);
    }

    /** What a filter counts for whose only layer would be so large. */
    static long filterBytes(long capacity, double errorRate) {
        return saturatedSum(OBJECT_BYTES + SLOT_BYTES, layerBytes(bitBytes(capacity, errorRate)));
    }

    /** Sum of two non-negative numbers, or the largest number. */
    static long saturatedSum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** Bits per item at an error rate, as RedisBloom counts. */
    static double bitsPerItem(double errorRate) {
        return -StrictMath.log(errorRate) / LN_2_SQUARED;
    }

    /** Number of hashes for so many bits per item, as RedisBloom counts. */
    static int hashes(double bitsPerItem) {
        return (int) Math.ceil(LN_2 * bitsPerItem);
    }

    /** How many places the list of layers has after one more than {@code slots} were needed. */
    static int grownSlots(int slots) {
        return Math.max(FIRST_GROWTH, slots * 2);
    }

    /**
     * The capacity that a filter reaches by growing.
     *
     * @param scaleTo where to stop, or {@link #UNBOUNDED}
     * @param limit bytes that the filter may count for
     * @throws CommandException when {@code scaleTo} is out of reach
     */
    public static long scaledCapacity(Shape shape, long scaleTo, long limit)
            throws CommandException {
        final boolean unbounded = scaleTo == UNBOUNDED;
        long capacity = shape.capacity();
        long total = 0;
        long bytes = 0;
        for (int layer = 0; unbounded || total < scaleTo; layer++) {
            final double rate = shape.errorRate() * power(shape.tightening(), layer);
            if (!(rate > Double.MIN_NORMAL)) {
                return stop(unbounded, total, Errors.SCALE_RATE_VANISHES);
            }
            bytes = saturatedSum(bytes, layerBytes(bitBytes(capacity, rate)));
            if (saturatedSum(bytes, OBJECT_BYTES + SLOT_BYTES * slots(layer)) > limit) {
                return stop(unbounded, total, Errors.SCALE_TOO_LARGE);
            }
            if (layer == Integer.MAX_VALUE) {
                return stop(unbounded, total, Errors.TOO_MANY_LAYERS);
            }
            try {
                total = Math.addExact(total, capacity);
                capacity = Math.multiplyExact(capacity, shape.expansion());
            } catch (ArithmeticException overflow) {
                throw Errors.BAD_CAPACITY;
            }
        }
        return total;
    }

    private static long stop(boolean unbounded, long reached, CommandException outOfReach)
            throws CommandException {
        if (unbounded) {
            return reached;
        }
        throw outOfReach;
    }

    private static long slots(int layer) {
        if (layer == 0) {
            return 1;
        }
        long needed = Math.max(FIRST_GROWTH, layer + 1L);
        return Long.highestOneBit(needed - 1) << 1;
    }
}
