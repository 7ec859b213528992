// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.base;

import dev.sigrun.memory.Memory;

/**
 * The hash slot that a key belongs to in a cluster: CRC-16/XMODEM over the key, or over what stands
 * between its first braces when that is not empty, modulo the number of slots. Any thread.
 */
public final class HashSlot {
    /** Number of slots. */
    public static final int COUNT = 1 << 14;

    private static final int POLYNOMIAL = 0x1021;
    private static final char[] TABLE = table();

    private HashSlot() {}

    private static char[] table() {
        char[] table = new char[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
            }
            table[i] = (char) crc;
        }
        return table;
    }

    /**
     * The slot of a key.
     *
     * @param key address of the first byte
     * @param length number of bytes
     */
    public static int of(long key, int length) {
        long end = key + length;
        long open = find('{', key, end);
        long close = find('}', open, end);
        if (close < end && close > open + 1) {
            return crc(open + 1, close) & COUNT - 1;
        }
        return crc(key, end) & COUNT - 1;
    }

    /** Where a byte is first found, or the end. */
    private static long find(char wanted, long from, long end) {
        long at = from;
        while (at < end && Memory.getByte(at) != wanted) {
            at++;
        }
        return at;
    }

    private static int crc(long from, long end) {
        int crc = 0;
        for (long at = from; at < end; at++) {
            crc = crc << 8 & 0xffff ^ TABLE[crc >>> 8 ^ Memory.getByte(at) & 0xff];
        }
        return crc;
    }
}
