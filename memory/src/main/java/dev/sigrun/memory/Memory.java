// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Any thread. Access to memory by plain addresses, little-endian and unaligned.
 *
 * <p>One segment covers the whole address space, so an access compiles to a move. Nothing guards
 * against a wrong address but the checked mode, which the tests run in: there, an address inside an
 * allocator's region must lie within one live block. Other addresses, such as those of network
 * buffers, pass unchecked.
 */
public final class Memory {
    /** True where each access is checked. A constant, so that the checks fold away when false. */
    public static final boolean CHECKED = Boolean.getBoolean("sigrun.memory.checked");

    @SuppressWarnings("restricted")
    private static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Up to this length a copy is a few moves, cheaper than the general routine's set-up. */
    private static final int SHORT_COPY = 32;

    private Memory() {}

    public static byte getByte(long address) {
        check(address, 1);
        return EVERYTHING.get(ValueLayout.JAVA_BYTE, address);
    }

    public static void putByte(long address, byte value) {
        check(address, 1);
        EVERYTHING.set(ValueLayout.JAVA_BYTE, address, value);
    }

    public static short getShort(long address) {
        check(address, 2);
        return EVERYTHING.get(SHORT, address);
    }

    public static void putShort(long address, short value) {
        check(address, 2);
        EVERYTHING.set(SHORT, address, value);
    }

    public static int getInt(long address) {
        check(address, 4);
        return EVERYTHING.get(INT, address);
    }

    public static void putInt(long address, int value) {
        check(address, 4);
        EVERYTHING.set(INT, address, value);
    }

    public static long getLong(long address) {
        check(address, 8);
        return EVERYTHING.get(LONG, address);
    }

    public static void putLong(long address, long value) {
        check(address, 8);
        EVERYTHING.set(LONG, address, value);
    }

    public static double getDouble(long address) {
        check(address, 8);
        return EVERYTHING.get(DOUBLE, address);
    }

    public static void putDouble(long address, double value) {
        check(address, 8);
        EVERYTHING.set(DOUBLE, address, value);
    }

    /** Copies as memmove does: the ranges may overlap. */
    public static void copy(long source, long target, long length) {
        check(source, length);
        check(target, length);
        if (length <= SHORT_COPY) {
            copyShort(source, target, (int) length);
        } else {
            MemorySegment.copy(EVERYTHING, source, EVERYTHING, target, length);
        }
    }

    /** All reads come before the first write, so overlap does no harm. */
    private static void copyShort(long source, long target, int length) {
        if (length >= 16) {
            long a = EVERYTHING.get(LONG, source);
            long b = EVERYTHING.get(LONG, source + 8);
            long c = EVERYTHING.get(LONG, source + length - 16);
            long d = EVERYTHING.get(LONG, source + length - 8);
            EVERYTHING.set(LONG, target, a);
            EVERYTHING.set(LONG, target + 8, b);
            EVERYTHING.set(LONG, target + length - 16, c);
            EVERYTHING.set(LONG, target + length - 8, d);
        } else if (length >= 8) {
            long a = EVERYTHING.get(LONG, source);
            long b = EVERYTHING.get(LONG, source + length - 8);
            EVERYTHING.set(LONG, target, a);
            EVERYTHING.set(LONG, target + length - 8, b);
        } else if (length >= 4) {
            int a = EVERYTHING.get(INT, source);
            int b = EVERYTHING.get(INT, source + length - 4);
            EVERYTHING.set(INT, target, a);
            EVERYTHING.set(INT, target + length - 4, b);
        } else if (length > 0) {
            byte a = EVERYTHING.get(ValueLayout.JAVA_BYTE, source);
            byte b = EVERYTHING.get(ValueLayout.JAVA_BYTE, source + (length >>> 1));
            byte c = EVERYTHING.get(ValueLayout.JAVA_BYTE, source + length - 1);
            EVERYTHING.set(ValueLayout.JAVA_BYTE, target, a);
            EVERYTHING.set(ValueLayout.JAVA_BYTE, target + (length >>> 1), b);
            EVERYTHING.set(ValueLayout.JAVA_BYTE, target + length - 1, c);
        } else if (length < 0) {
            throw new IllegalArgumentException("A copy of " + length + " bytes was asked for.");
        }
    }

    public static void copy(byte[] source, int offset, long target, int length) {
        check(target, length);
        MemorySegment.copy(source, offset, EVERYTHING, ValueLayout.JAVA_BYTE, target, length);
    }

    public static void copy(long source, byte[] target, int offset, int length) {
        check(source, length);
        MemorySegment.copy(EVERYTHING, ValueLayout.JAVA_BYTE, source, target, offset, length);
    }

    public static void set(long address, long length, byte value) {
        check(address, length);
        EVERYTHING.asSlice(address, length).fill(value);
    }

    public static boolean equal(long a, long b, long length) {
        check(a, length);
        check(b, length);
        if (length < 8) {
            return equalShort(a, b, (int) length);
        }
        long last = length - 8;
        for (long at = 0; at < last; at += 8) {
            if (EVERYTHING.get(LONG, a + at) != EVERYTHING.get(LONG, b + at)) {
                return false;
            }
        }
        return EVERYTHING.get(LONG, a + last) == EVERYTHING.get(LONG, b + last);
    }

    private static boolean equalShort(long a, long b, int length) {
        if (length >= 4) {
            return EVERYTHING.get(INT, a) == EVERYTHING.get(INT, b)
                    && EVERYTHING.get(INT, a + length - 4) == EVERYTHING.get(INT, b + length - 4);
        }
        for (int at = 0; at < length; at++) {
            if (rawByte(a + at) != rawByte(b + at)) {
                return false;
            }
        }
        return true;
    }

    /** Orders as memcmp does over the shared length, then the shorter first. */
    public static int compare(long a, long lengthA, long b, long lengthB) {
        check(a, lengthA);
        check(b, lengthB);
        long shared = Math.min(lengthA, lengthB);
        long at = 0;
        for (; at + 8 <= shared; at += 8) {
            long x = EVERYTHING.get(LONG, a + at);
            long y = EVERYTHING.get(LONG, b + at);
            if (x != y) {
                return Long.compareUnsigned(Long.reverseBytes(x), Long.reverseBytes(y));
            }
        }
        for (; at < shared; at++) {
            int order = Byte.compareUnsigned(rawByte(a + at), rawByte(b + at));
            if (order != 0) {
                return order;
            }
        }
        return Long.compare(lengthA, lengthB);
    }

    /** A view for callers that need a segment; it allocates, so not for the hot path. */
    public static MemorySegment segment(long address, long length) {
        check(address, length);
        return EVERYTHING.asSlice(address, length);
    }

    /** Reads eight bytes in order to have them in the cache; use what it returns, or it is not. */
    public static long touch(long address) {
        return rawLong(address);
    }

    /** Unchecked: for prefetching and for the allocator's own words in free blocks. */
    static long rawLong(long address) {
        return EVERYTHING.get(LONG, address);
    }

    static short rawShort(long address) {
        return EVERYTHING.get(SHORT, address);
    }

    static void rawPutShort(long address, short value) {
        EVERYTHING.set(SHORT, address, value);
    }

    static void rawSet(long address, long length, byte value) {
        EVERYTHING.asSlice(address, length).fill(value);
    }

    private static byte rawByte(long address) {
        return EVERYTHING.get(ValueLayout.JAVA_BYTE, address);
    }

    private static void check(long address, long length) {
        if (CHECKED) {
            Shadow.check(address, length);
        }
    }
}
