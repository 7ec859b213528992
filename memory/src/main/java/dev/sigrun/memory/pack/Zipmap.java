// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.pack;

import dev.sigrun.memory.Memory;

/**
 * Confined to one thread. Reads the first of the formats for small hashes, which is still met in
 * very old files. A cursor: {@link #open} checks the whole, {@link #next} then goes through it.
 *
 * <p>A byte with the number of pairs, the pairs, and a byte 0xFF. A pair is the name's length (1
 * byte, or 0xFE and 4 bytes), the name, the value's length, a byte that says how many unused bytes
 * follow the value, the value, and those.
 */
public final class Zipmap {
    private static final int END = 0xFF;
    private static final int LONG_LENGTH = 0xFE;

    private int count;
    private long next;

    // The pair at hand.
    private long name;
    private int nameLength;
    private long value;
    private int valueLength;

    /**
     * Begins to read hostile bytes, when all of them are sound and there is a pair.
     *
     * @param bytes number of bytes; reads none behind them
     * @return whether they are; else there is nothing to read
     */
    public boolean open(long address, long bytes) {
        count = 0;
        next = 0;
        if (bytes < 2 || (Memory.getByte(address + bytes - 1) & 0xFF) != END) {
            return false;
        }
        long end = address + bytes - 1;
        long at = address + 1;
        int pairs = 0;
        while ((Memory.getByte(at) & 0xFF) != END) {
            at = decode(at, end);
            if (at == 0) {
                return false;
            }
            pairs++;
        }
        int said = Memory.getByte(address) & 0xFF;
        if (pairs == 0 || (said != LONG_LENGTH && said != pairs)) {
            return false;
        }
        count = pairs;
        next = address + 1;
        return true;
    }

    /** Number of pairs. */
    public int count() {
        return count;
    }

    /** Moves to the next pair, when there is one. */
    public boolean next() {
        if (next == 0 || (Memory.getByte(next) & 0xFF) == END) {
            return false;
        }
        // All pairs were seen to lie before the end when this was opened.
        next = decode(next, Long.MAX_VALUE);
        return true;
    }

    /** Where the name of the pair at hand is. */
    public long nameAddress() {
        return name;
    }

    /** The length of the name of the pair at hand. */
    public int nameLength() {
        return nameLength;
    }

    /** Where the value of the pair at hand is. */
    public long valueAddress() {
        return value;
    }

    /** The length of the value of the pair at hand. */
    public int valueLength() {
        return valueLength;
    }

    /** Takes a pair's parts and gives the address behind it, or 0 when it is broken. */
    private long decode(long pair, long end) {
        long bytes = length(pair, end);
        name = pair + lengthBytes(pair);
        if (bytes < 0 || bytes > end - name) {
            return 0;
        }
        nameLength = (int) bytes;

        long head = name + bytes;
        bytes = length(head, end);
        long spare = head + lengthBytes(head);
        if (bytes < 0) {
            return 0;
        }
        value = spare + 1;
        long taken = bytes + (Memory.getByte(spare) & 0xFF);
        if (taken > end - value) {
            return 0;
        }
        valueLength = (int) bytes;
        return value + taken;
    }

    private static int lengthBytes(long at) {
        return (Memory.getByte(at) & 0xFF) < LONG_LENGTH ? 1 : 5;
    }

    /** A length, or -1 when it does not end before the last place, or is longer than it must be. */
    private static long length(long at, long end) {
        if (at + lengthBytes(at) > end) {
            return -1;
        }
        int first = Memory.getByte(at) & 0xFF;
        if (first < LONG_LENGTH) {
            return first;
        }
        long length = Memory.getInt(at + 1) & 0xFFFFFFFFL;
        return length < LONG_LENGTH ? -1 : length;
    }
}
