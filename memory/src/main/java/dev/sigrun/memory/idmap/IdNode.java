// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.idmap;

import dev.sigrun.memory.Memory;

/**
 * Owner thread only. The layout of a node: a header of eight bytes (number of entries, room for
 * entries, level), then the entries in order, each an identifier and a word.
 *
 * <p>In a leaf, which is on level 0, the word is the value. Above, it is the address of a node one
 * level below, and the identifier is a lower bound of that node's keys and an upper bound of those
 * before it; the first entry's identifier bounds nothing.
 *
 * <p>All changes of a node's content are made here.
 */
final class IdNode {
    /** With so many entries a node takes 1016 bytes, the most below a whole kibibyte. */
    static final int ENTRIES_MAX = 42;

    private static final int HEADER_BYTES = 8;
    private static final int ENTRY_BYTES = 24;
    private static final int ROOM_AT = 2;
    private static final int LEVEL_AT = 4;
    private static final int SEQ_AT = 8;
    private static final int WORD_AT = 16;

    private IdNode() {}

    static int bytes(int room) {
        return HEADER_BYTES + room * ENTRY_BYTES;
    }

    static void init(long node, int room, int level) {
        Memory.putLong(node, (long) room << (8 * ROOM_AT) | (long) level << (8 * LEVEL_AT));
    }

    static int count(long node) {
        return Memory.getShort(node);
    }

    static int room(long node) {
        return Memory.getShort(node + ROOM_AT);
    }

    static int level(long node) {
        return Memory.getByte(node + LEVEL_AT);
    }

    static long ms(long node, int index) {
        return Memory.getLong(entry(node, index));
    }

    static long seq(long node, int index) {
        return Memory.getLong(entry(node, index) + SEQ_AT);
    }

    static long word(long node, int index) {
        return Memory.getLong(entry(node, index) + WORD_AT);
    }

    private static long entry(long node, int index) {
        return node + HEADER_BYTES + (long) index * ENTRY_BYTES;
    }

    /** The first entry that is not below an identifier; the number of entries if all are. */
    static int lowerBound(long node, long ms, long seq) {
        return lowerBound(node, 0, ms, seq);
    }

    private static int lowerBound(long node, int from, long ms, long seq) {
        int low = from;
        int high = count(node);
        if (high > from && isBelow(node, high - 1, ms, seq)) {
            return high; // Most keys come in order.
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBelow(node, middle, ms, seq)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static boolean isBelow(long node, int index, long ms, long seq) {
        long entry = entry(node, index);
        int order = Long.compareUnsigned(Memory.getLong(entry), ms);
        return order < 0
                || (order == 0 && Long.compareUnsigned(Memory.getLong(entry + SEQ_AT), seq) < 0);
    }

    static boolean isAt(long node, int index, long ms, long seq) {
        return index < count(node) && ms(node, index) == ms && seq(node, index) == seq;
    }

    /** The child under which an identifier belongs. */
    static int childIndex(long node, long ms, long seq) {
        int index = lowerBound(node, 1, ms, seq);
        return isAt(node, index, ms, seq) ? index : index - 1;
    }

    static void word(long node, int index, long word) {
        Memory.putLong(entry(node, index) + WORD_AT, word);
    }

    static void room(long node, int room) {
        Memory.putShort(node + ROOM_AT, (short) room);
    }

    private static void count(long node, int count) {
        Memory.putShort(node, (short) count);
    }

    /** Puts an entry before another one. There must be room. */
    static void insert(long node, int index, long ms, long seq, long word) {
        int count = count(node);
        long entry = entry(node, index);
        Memory.copy(entry, entry + ENTRY_BYTES, (long) (count - index) * ENTRY_BYTES);
        Memory.putLong(entry, ms);
        Memory.putLong(entry + SEQ_AT, seq);
        Memory.putLong(entry + WORD_AT, word);
        count(node, count + 1);
    }

    static void remove(long node, int index) {
        int count = count(node);
        long entry = entry(node, index);
        Memory.copy(entry + ENTRY_BYTES, entry, (long) (count - index - 1) * ENTRY_BYTES);
        count(node, count - 1);
    }

    /** Drops all entries from {@code index} on. */
    static void truncate(long node, int index) {
        count(node, index);
    }

    /** Moves the entries from {@code index} on to the end of another node of the same level. */
    static void moveTail(long node, int index, long target) {
        int moved = count(node) - index;
        int there = count(target);
        Memory.copy(entry(node, index), entry(target, there), (long) moved * ENTRY_BYTES);
        count(target, there + moved);
        count(node, index);
    }

    /** Gives an entry another identifier. */
    static void key(long node, int index, long ms, long seq) {
        long entry = entry(node, index);
        Memory.putLong(entry, ms);
        Memory.putLong(entry + SEQ_AT, seq);
    }
}
