// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.bitmap;

import dev.sigrun.memory.Memory;

/**
 * Integers of 1 to 64 bits at any bit of a string, the most significant bit first. What lies behind
 * the string's end reads as zeros. Any thread.
 */
final class BitInteger {
    private BitInteger() {}

    /**
     * Reads an integer without sign.
     *
     * @param address address of the string
     * @param length length of the string in bytes
     * @param offset position of the first bit
     * @param bits width
     */
    static long unsigned(long address, int length, long offset, int bits) {
        long at = offset >>> 3;
        int skip = (int) (offset & 7);
        // Up to 71 bits are concerned: eight bytes, and a ninth of which some bits move in.
        long word = eightBytes(address, length, at);
        if (skip > 0) {
            word = word << skip | byteAt(address, length, at + Long.BYTES) >>> 8 - skip;
        }
        return word >>> Long.SIZE - bits;
    }

    /** Reads an integer with sign; the parameters are those of {@link #unsigned}. */
    static long signed(long address, int length, long offset, int bits) {
        int unused = Long.SIZE - bits;
        return unsigned(address, length, offset, bits) << unused >> unused;
    }

    private static long eightBytes(long address, int length, long at) {
        if (at <= length - (long) Long.BYTES) {
            return Long.reverseBytes(Memory.getLong(address + at));
        }
        long word = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            word = word << 8 | byteAt(address, length, at + i);
        }
        return word;
    }

    private static long byteAt(long address, int length, long at) {
        return at < length ? Memory.getByte(address + at) & 0xFF : 0;
    }

    /**
     * Writes the lowest bits of a value over an integer, all of which lies in the string.
     *
     * @param address address of the string
     * @param offset position of the first bit
     * @param bits width
     */
    static void put(long address, long offset, int bits, long value) {
        long first = offset >>> 3;
        long last = offset + bits - 1;
        // The last byte holds the value's lowest bits, perhaps with others to their right.
        int shift = 7 - (int) (last & 7);
        long left = value << shift;
        long mask = ones(bits) << shift;
        long spill = shift == 0 ? 0 : value >>> Long.SIZE - shift;
        long spillMask = shift == 0 ? 0 : ones(bits) >>> Long.SIZE - shift;
        for (long at = last >>> 3; at >= first; at--) {
            int kept = Memory.getByte(address + at) & (int) ~mask;
            Memory.putByte(address + at, (byte) (kept | (int) (left & mask)));
            left = left >>> 8 | spill << Long.SIZE - 8;
            mask = mask >>> 8 | spillMask << Long.SIZE - 8;
            spill = 0;
            spillMask = 0;
        }
    }

    private static long ones(int bits) {
        return -1L >>> Long.SIZE - bits;
    }
}
