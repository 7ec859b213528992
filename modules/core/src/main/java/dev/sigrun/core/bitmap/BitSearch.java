// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.bitmap;

import dev.sigrun.memory.Memory;

/** Finds the first bit of a kind in memory, a word of 64 bits at a time. Any thread. */
final class BitSearch {
    private BitSearch() {}

    /**
     * The position of the first bit of a kind; -1 when there is none.
     *
     * @param address address of the byte that holds bit 0
     * @param from position of the first bit to look at
     * @param to position of the last bit to look at, not before the first
     * @param bit 0 or 1
     */
    static long first(long address, long from, long to, int bit) {
        // With all bits turned where a zero is wanted, the search is always for a one.
        long turn = bit == 1 ? 0 : -1L;
        long at = from >>> 3;
        long last = to >>> 3;
        int head = (Memory.getByte(address + at) ^ (int) turn) & 0xFF >>> (int) (from & 7);
        long found = head == 0 ? -1 : 8 * at + inByte(head);
        at++;
        while (found < 0 && at + Long.BYTES <= last + 1) {
            long word = Memory.getLong(address + at) ^ turn;
            if (word != 0) {
                found = 8 * at + Long.numberOfLeadingZeros(Long.reverseBytes(word));
            }
            at += Long.BYTES;
        }
        while (found < 0 && at <= last) {
            int tail = (Memory.getByte(address + at) ^ (int) turn) & 0xFF;
            if (tail != 0) {
                found = 8 * at + inByte(tail);
            }
            at++;
        }
        // What was found in the last byte may lie behind the range; then there is nothing in it.
        return found <= to ? found : -1;
    }

    private static int inByte(int bits) {
        return Integer.numberOfLeadingZeros(bits) - 24;
    }
}
