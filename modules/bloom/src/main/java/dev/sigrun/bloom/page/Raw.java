// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.page;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Any thread. Access to memory by plain addresses, little-endian and unaligned.
 *
 * <p>One segment covers the whole address space, so that an access compiles to a move. Nothing
 * guards against a wrong address: callers have validated lengths when they made the block.
 */
public final class Raw {
    @SuppressWarnings("restricted") // Views of single blocks would cost a check for every bit.
    private static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Raw() {}

    /** The byte at an address. */
    public static byte getByte(long address) {
        return EVERYTHING.get(ValueLayout.JAVA_BYTE, address);
    }

    /** Changes the byte at an address. */
    public static void putByte(long address, byte value) {
        EVERYTHING.set(ValueLayout.JAVA_BYTE, address, value);
    }

    /** Four bytes at an address. */
    public static int getInt(long address) {
        return EVERYTHING.get(INT, address);
    }

    /** Changes four bytes at an address. */
    public static void putInt(long address, int value) {
        EVERYTHING.set(INT, address, value);
    }

    /** Eight bytes at an address. */
    public static long getLong(long address) {
        return EVERYTHING.get(LONG, address);
    }

    /** Changes eight bytes at an address. */
    public static void putLong(long address, long value) {
        EVERYTHING.set(LONG, address, value);
    }

    /** Copies memory; the two may overlap. */
    public static void copy(long source, long target, long bytes) {
        MemorySegment.copy(EVERYTHING, source, EVERYTHING, target, bytes);
    }

    /** Copies memory to an array. */
    public static void copyOut(long source, byte[] target, int offset, int bytes) {
        MemorySegment.copy(EVERYTHING, ValueLayout.JAVA_BYTE, source, target, offset, bytes);
    }

    /** Clears memory. */
    public static void zero(long address, long bytes) {
        EVERYTHING.asSlice(address, bytes).fill((byte) 0);
    }

    /** Whether two stretches of memory have the same content. */
    public static boolean equal(long one, long other, long bytes) {
        return EVERYTHING.asSlice(one, bytes).mismatch(EVERYTHING.asSlice(other, bytes)) == -1;
    }

    /** Compares two stretches of memory byte by byte, as unsigned numbers. */
    public static int compare(long one, int oneBytes, long other, int otherBytes) {
        MemorySegment left = EVERYTHING.asSlice(one, oneBytes);
        MemorySegment right = EVERYTHING.asSlice(other, otherBytes);
        long at = left.mismatch(right);
        if (at < 0 || at == oneBytes || at == otherBytes) {
            return Integer.compare(oneBytes, otherBytes);
        }
        return Byte.compareUnsigned(getByte(one + at), getByte(other + at));
    }

    /** The double at an address. */
    public static double getDouble(long address) {
        return Double.longBitsToDouble(getLong(address));
    }

    /** Changes the double at an address. */
    public static void putDouble(long address, double value) {
        putLong(address, Double.doubleToRawLongBits(value));
    }
}
