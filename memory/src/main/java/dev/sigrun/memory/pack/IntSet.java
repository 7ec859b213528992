// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.pack;

import dev.sigrun.memory.Memory;

/**
 * Owner thread only. A set of integers as a sorted array, in Valkey's intset format, bit for bit.
 *
 * <p>The width of the members (2, 4 or 8 bytes) and their number, 4 bytes each, then the members in
 * ascending order. The width is that of the widest member there ever was: it grows, and never
 * shrinks. Look-ups bisect; adding and removing move what follows.
 *
 * <p>All functions work on the address of a set. The memory is the caller's, who makes room before
 * {@link #insert} by {@link #bytesWith}, and gives room back after a removal by {@link #bytes}.
 * None of them checks the format, except {@link #validate}.
 */
public final class IntSet {
    /** Bytes of a set without members. */
    public static final int EMPTY_BYTES = 8;

    private IntSet() {}

    /** Writes an empty set, {@link #EMPTY_BYTES} long. */
    public static void create(long set) {
        Memory.putInt(set, Short.BYTES);
        Memory.putInt(set + 4, 0);
    }

    /**
     * Whether hostile bytes are a set with members. Only then may anything else here touch them.
     *
     * @param length number of bytes; reads none behind them
     * @param deep whether to look at the members' order too
     */
    public static boolean validate(long address, long length, boolean deep) {
        if (length < EMPTY_BYTES) {
            return false;
        }
        int width = width(address);
        long count = Memory.getInt(address + 4) & 0xFFFFFFFFL;
        boolean fits =
                (width == Short.BYTES || width == Integer.BYTES || width == Long.BYTES)
                        && count > 0
                        && count <= Integer.MAX_VALUE
                        && EMPTY_BYTES + count * width == length;
        return fits && (!deep || ascends(address));
    }

    private static boolean ascends(long set) {
        int count = length(set);
        for (int index = 1; index < count; index++) {
            if (valueAt(set, index) <= valueAt(set, index - 1)) {
                return false;
            }
        }
        return true;
    }

    /** Number of members. */
    public static int length(long set) {
        return Memory.getInt(set + 4);
    }

    /** Total bytes. */
    public static long bytes(long set) {
        return EMPTY_BYTES + (long) length(set) * width(set);
    }

    /** The member at an index, in ascending order. */
    public static long valueAt(long set, int index) {
        return read(set, index, width(set));
    }

    /** Whether a value is a member. */
    public static boolean contains(long set, long value) {
        return position(set, value) >= 0;
    }

    /** The index of a member; for another value, its place among them, as {@code -place - 1}. */
    private static int position(long set, long value) {
        int low = 0;
        int high = length(set) - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = valueAt(set, middle);
            if (found < value) {
                low = middle + 1;
            } else if (found > value) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return -low - 1;
    }

    /** Total bytes once a value that is no member has been added. */
    public static long bytesWith(long set, long value) {
        return EMPTY_BYTES + (length(set) + 1L) * Math.max(width(set), widthOf(value));
    }

    /**
     * Adds a value, for which the caller has made room.
     *
     * @param value no member
     */
    public static void insert(long set, long value) {
        int length = length(set);
        if (widthOf(value) > width(set)) {
            widen(set, value);
        } else {
            int width = width(set);
            int at = -position(set, value) - 1;
            long from = set + EMPTY_BYTES + (long) at * width;
            Memory.copy(from, from + width, (long) (length - at) * width);
            write(set, at, width, value);
        }
        Memory.putInt(set + 4, length + 1);
    }

    /** A value wider than all members is either below or above all of them. */
    private static void widen(long set, long value) {
        int length = length(set);
        int oldWidth = width(set);
        int newWidth = widthOf(value);
        int shift = value < 0 ? 1 : 0;
        // From the end, because the members grow towards it.
        for (int index = length - 1; index >= 0; index--) {
            write(set, index + shift, newWidth, read(set, index, oldWidth));
        }
        write(set, value < 0 ? 0 : length, newWidth, value);
        Memory.putInt(set, newWidth);
    }

    /**
     * Removes a value.
     *
     * @return whether it was a member
     */
    public static boolean remove(long set, long value) {
        int at = position(set, value);
        if (at < 0) {
            return false;
        }
        int width = width(set);
        int left = length(set) - 1;
        long hole = set + EMPTY_BYTES + (long) at * width;
        Memory.copy(hole + width, hole, (long) (left - at) * width);
        Memory.putInt(set + 4, left);
        return true;
    }

    private static int width(long set) {
        return Memory.getInt(set);
    }

    private static int widthOf(long value) {
        if (value == (short) value) {
            return Short.BYTES;
        }
        return value == (int) value ? Integer.BYTES : Long.BYTES;
    }

    private static long read(long set, int index, int width) {
        long at = set + EMPTY_BYTES + (long) index * width;
        return switch (width) {
            case Short.BYTES -> Memory.getShort(at);
            case Integer.BYTES -> Memory.getInt(at);
            default -> Memory.getLong(at);
        };
    }

    private static void write(long set, int index, int width, long value) {
        long at = set + EMPTY_BYTES + (long) index * width;
        switch (width) {
            case Short.BYTES -> Memory.putShort(at, (short) value);
            case Integer.BYTES -> Memory.putInt(at, (int) value);
            default -> Memory.putLong(at, value);
        }
    }
}
