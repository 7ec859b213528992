// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.bitmap;

import dev.sigrun.memory.Memory;

/**
 * Counts the ones in memory. Any thread.
 *
 * <p>Four words a turn, each with a sum of its own, so that no count waits for another: the loop
 * runs at the speed of the population-count instruction.
 */
final class Population {
    private static final int TURN_BYTES = 4 * Long.BYTES;

    private Population() {}

    /** The number of ones in a range of bytes. */
    static long count(long address, long length) {
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        long at = address;
        long end = address + length;
        for (; end - at >= TURN_BYTES; at += TURN_BYTES) {
            a += Long.bitCount(Memory.getLong(at));
            b += Long.bitCount(Memory.getLong(at + 8));
            c += Long.bitCount(Memory.getLong(at + 16));
            d += Long.bitCount(Memory.getLong(at + 24));
        }
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            a += Long.bitCount(Memory.getLong(at));
        }
        for (; at < end; at++) {
            b += Integer.bitCount(Memory.getByte(at) & 0xFF);
        }
        return a + b + c + d;
    }
}
