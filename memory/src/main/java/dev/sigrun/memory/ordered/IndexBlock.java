// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import dev.sigrun.memory.Memory;

/**
 * Owner thread only. The entries of the index that share the first bits of their hash, in no order.
 *
 * <pre>
 *   0  number of entries, two bytes
 *   2  entries that there is room for, two bytes
 *   4  a tag for each, one byte, see {@link Tags}
 *      a pair for each, eight bytes: the number of a leaf, and above it the hash's bits 32 to 63
 * </pre>
 */
final class IndexBlock {
    /** A block with more entries splits. */
    static final int ENTRIES_MAX = 64;

    /** The number of entries by which blocks grow and shrink. */
    static final int STEP = 4;

    private static final int HEADER = 4;
    private static final long LOW_HALF = 0xffffffffL;

    private IndexBlock() {}

    static long bytes(int room) {
        return HEADER + 9L * room;
    }

    static int count(long block) {
        return Memory.getShort(block) & 0xffff;
    }

    static void count(long block, int count) {
        Memory.putShort(block, (short) count);
    }

    static int room(long block) {
        return Memory.getShort(block + 2) & 0xffff;
    }

    static void init(long block, int room) {
        count(block, 0);
        Memory.putShort(block + 2, (short) room);
    }

    /** Room for so many entries, in whole steps. */
    static int roomFor(int entries) {
        return (entries + STEP - 1) / STEP * STEP;
    }

    static long tags(long block) {
        return block + HEADER;
    }

    static int tag(long block, int index) {
        return Memory.getByte(block + HEADER + index) & 0xff;
    }

    static long pair(long block, int index) {
        return Memory.getLong(block + HEADER + room(block) + ((long) index << 3));
    }

    static void pair(long block, int index, long pair) {
        Memory.putLong(block + HEADER + room(block) + ((long) index << 3), pair);
    }

    static long pair(int hashTop, int leaf) {
        return ((long) hashTop << 32) | (leaf & LOW_HALF);
    }

    static int hashTop(long pair) {
        return (int) (pair >>> 32);
    }

    static int leaf(long pair) {
        return (int) pair;
    }

    /** Adds an entry; there must be room. */
    static void add(long block, int tag, long pair) {
        int index = count(block);
        Memory.putByte(block + HEADER + index, (byte) tag);
        pair(block, index, pair);
        count(block, index + 1);
    }

    /** Takes an entry out; the last one takes its place. */
    static void remove(long block, int index) {
        int last = count(block) - 1;
        if (index != last) {
            Memory.putByte(block + HEADER + index, (byte) tag(block, last));
            pair(block, index, pair(block, last));
        }
        count(block, last);
    }

    /** Fills an empty block with the entries of another one. */
    static void addAll(long block, long source) {
        int entries = count(source);
        int before = count(block);
        Memory.copy(source + HEADER, block + HEADER + before, entries);
        Memory.copy(
                source + HEADER + room(source),
                block + HEADER + room(block) + ((long) before << 3),
                (long) entries << 3);
        count(block, before + entries);
    }

    /** How many entries have a bit of the hash set; 0 is the topmost. */
    static int countOnes(long block, int bit) {
        int count = count(block);
        int ones = 0;
        for (int i = 0; i < count; i++) {
            ones += hashTop(pair(block, i)) >>> (31 - bit) & 1;
        }
        return ones;
    }

    /**
     * Distributes the entries over two blocks by a bit of the hash.
     *
     * @param zeros takes those without the bit; may be 0 when there are none
     * @param ones takes those with the bit; may be 0 when there are none
     */
    static void part(long block, int bit, long zeros, long ones) {
        int count = count(block);
        for (int i = 0; i < count; i++) {
            long pair = pair(block, i);
            boolean set = (hashTop(pair) >>> (31 - bit) & 1) != 0;
            add(set ? ones : zeros, tag(block, i), pair);
        }
    }
}
