// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import dev.sigrun.memory.Memory;

/**
 * Owner thread only. The block format that leaves and inner nodes of the tree share; see {@link
 * Leaf} and {@link Branch} for what is in it.
 *
 * <pre>
 *   0  number of entries, a byte
 *   1  size of the block in units of 16 bytes, a byte
 *   2  level, a byte: 0 for a leaf
 *   3  a byte for the epoch of snapshots
 *   4  the leaf's number in the {@link LeafTable}, four bytes
 *   8  columns of a few bytes for each entry; those of one of them say where the entry's text
 *      ends, and in the top bit have a mark
 *      the texts, one behind the other
 * </pre>
 *
 * <p>Columns make a search touch few cache lines, and the ends make it a binary one for members
 * with equal scores too. A block is as long as its content in steps of 16 bytes, so the columns'
 * places follow from the number of entries, and whatever adds entries builds a new block.
 */
final class Page {
    static final int HEADER = 8;

    /** The top bit of an end. */
    static final int MARK = 0x8000;

    /** Bytes of an end, and of nothing else in a column. */
    static final int END_BYTES = 2;

    private static final int UNIT_SHIFT = 4;

    /** Bytes of an entry in each column. */
    private static final int[] LEAF_COLUMNS = {1, END_BYTES, 8};

    private static final int[] BRANCH_COLUMNS = {8, 8, 8, END_BYTES};

    private Page() {}

    static int count(long page) {
        return Memory.getByte(page) & 0xff;
    }

    static void count(long page, int count) {
        Memory.putByte(page, (byte) count);
    }

    /** Bytes of the block, as they were asked for. */
    static int bytes(long page) {
        return (Memory.getByte(page + 1) & 0xff) << UNIT_SHIFT;
    }

    static void bytes(long page, int bytes) {
        Memory.putByte(page + 1, (byte) (bytes >>> UNIT_SHIFT));
    }

    static int level(long page) {
        return Memory.getByte(page + 2);
    }

    static boolean isLeaf(long page) {
        return level(page) == 0;
    }

    static void header(long page, int count, int bytes, int level) {
        count(page, count);
        bytes(page, bytes);
        Memory.putByte(page + 2, (byte) level);
        Memory.putByte(page + 3, (byte) 0);
        Memory.putInt(page + 4, 0);
    }

    static int[] columns(int level) {
        return level == 0 ? LEAF_COLUMNS : BRANCH_COLUMNS;
    }

    /** Bytes of an entry without its text. */
    static int stride(int level) {
        return level == 0 ? Leaf.STRIDE : Branch.STRIDE;
    }

    static int used(int level, int entries, int textBytes) {
        return HEADER + entries * stride(level) + textBytes;
    }

    static int used(long page) {
        int count = count(page);
        return used(level(page), count, textBytes(page, 0, count));
    }

    /** The block size for so many bytes. */
    static int rounded(int used) {
        return (used + 15) & -16;
    }

    static long ends(long page, int level, int count) {
        return page + HEADER + (long) count * (level == 0 ? Leaf.ENDS_AT : Branch.ENDS_AT);
    }

    static long texts(long page, int level, int count) {
        return page + HEADER + (long) count * stride(level);
    }

    /** Where an entry's text begins, given the column of ends. */
    static int start(long ends, int index) {
        return index == 0 ? 0 : end(ends, index - 1);
    }

    static int end(long ends, int index) {
        return Memory.getShort(ends + ((long) index << 1)) & (MARK - 1);
    }

    static boolean isMarked(long ends, int index) {
        return Memory.getShort(ends + ((long) index << 1)) < 0;
    }

    /** Bytes of text of the entries from one index up to another. */
    static int textBytes(long page, int from, int to) {
        if (from == to) {
            return 0;
        }
        long ends = ends(page, level(page), count(page));
        return end(ends, to - 1) - start(ends, from);
    }
}
