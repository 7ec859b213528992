// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.quicklist;

/**
 * Any thread. How much goes into one listpack of a list, by the number that {@code
 * list-max-listpack-size} gives: from -1 to -5 for 4, 8, 16, 32 or 64 KiB, or a number of elements.
 */
public final class Fill {
    /** What holds unless something else is said: 8 KiB. */
    public static final int USUAL = -2;

    /** The most bytes that a listpack with several elements can be told to have. */
    public static final long LARGEST = 1 << 16;

    /** What a listpack may have when its number of elements is limited. */
    private static final long BYTES_UNDER_COUNT = 8192;

    private static final int COUNT_MAX = Short.MAX_VALUE;
    private static final int LEVELS = 5;

    /** More than the entry of an element that is not large takes beyond its content. */
    private static final int OVERHEAD = 8;

    private Fill() {}

    /** The number as it counts, which is one of those that mean something. */
    public static int clamped(int fill) {
        return Math.clamp(fill, -LEVELS, COUNT_MAX);
    }

    /** The most bytes that a listpack with several elements has. */
    public static long bytesMax(int fill) {
        return fill >= 0 ? BYTES_UNDER_COUNT : 2048L << Math.min(-(long) fill, LEVELS);
    }

    /** The most elements that a listpack has. */
    public static long countMax(int fill) {
        return fill >= 0 ? Math.clamp(fill, 1, COUNT_MAX) : Long.MAX_VALUE;
    }

    /** Whether a listpack would be more than one should be. */
    public static boolean isExceeded(int fill, long bytes, long count) {
        return bytes > bytesMax(fill) || count > countMax(fill);
    }

    /** Whether an element of this length gets a node of its own, outside of any listpack. */
    public static boolean isLarge(int fill, long length) {
        return length > bytesMax(fill);
    }

    /** Whether an element of this length fits beside those that a listpack has. */
    static boolean takes(int fill, long bytes, long count, long length) {
        return !isLarge(fill, length) && !isExceeded(fill, bytes + length + OVERHEAD, count + 1);
    }
}
