// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Any thread. Access to memory by plain addresses, little-endian and unaligned.
 *
 * <p>One segment covers the whole address space, so that an access compiles to a move. Nothing
 * guards against a wrong address: callers have validated lengths when a layer was made.
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

    static void putByte(long address, byte value) {
        EVERYTHING.set(ValueLayout.JAVA_BYTE, address, value);
    }

    /** Four bytes at an address. */
    public static int getInt(long address) {
        return EVERYTHING.get(INT, address);
    }

    static void putInt(long address, int value) {
        EVERYTHING.set(INT, address, value);
    }

    /** Eight bytes at an address. */
    public static long getLong(long address) {
        return EVERYTHING.get(LONG, address);
    }

    static void putLong(long address, long value) {
        EVERYTHING.set(LONG, address, value);
    }

    static void copy(long source, long target, long bytes) {
        MemorySegment.copy(EVERYTHING, source, EVERYTHING, target, bytes);
    }

    /** Copies memory to an array. */
    public static void copyOut(long source, byte[] target, int offset, int bytes) {
        MemorySegment.copy(EVERYTHING, ValueLayout.JAVA_BYTE, source, target, offset, bytes);
    }

    static void zero(long address, long bytes) {
        EVERYTHING.asSlice(address, bytes).fill((byte) 0);
    }
}
