// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import dev.sigrun.memory.Memory;

/**
 * Owner thread only. The few bytes in the caller's memory on which all blocks of one sorted set
 * hang. They may be moved about between two operations.
 *
 * <pre>
 *   0  the tree's top page; 0 when there are no members
 *   8  number of members; while the set is being freed, entries of the directory that are left
 *  16  bytes of all blocks
 *  24  the leaf table, see {@link LeafTable}
 *  32  number of leaves
 *  36  leaves that the table has room for
 *  40  the index's directory, or its only segment's word, see {@link MemberIndex}
 *  48  the directory's depth
 *  52  segments of the index that are as deep as the directory
 * </pre>
 */
final class Root {
    static final int BYTES = 56;

    private static final int SIZE_AT = 8;
    private static final int HELD_AT = 16;
    private static final int TABLE_AT = 24;
    private static final int LEAVES_AT = 32;
    private static final int ROOM_AT = 36;
    private static final int DIRECTORY_AT = 40;
    private static final int DEPTH_AT = 48;
    private static final int DEEPEST_AT = 52;

    private Root() {}

    static long top(long root) {
        return Memory.getLong(root);
    }

    static void top(long root, long page) {
        Memory.putLong(root, page);
    }

    static long size(long root) {
        return Memory.getLong(root + SIZE_AT);
    }

    static void size(long root, long members) {
        Memory.putLong(root + SIZE_AT, members);
    }

    static long held(long root) {
        return Memory.getLong(root + HELD_AT);
    }

    static void hold(long root, long change) {
        Memory.putLong(root + HELD_AT, held(root) + change);
    }

    static long table(long root) {
        return Memory.getLong(root + TABLE_AT);
    }

    static void table(long root, long address) {
        Memory.putLong(root + TABLE_AT, address);
    }

    static int leaves(long root) {
        return Memory.getInt(root + LEAVES_AT);
    }

    static void leaves(long root, int leaves) {
        Memory.putInt(root + LEAVES_AT, leaves);
    }

    static int room(long root) {
        return Memory.getInt(root + ROOM_AT);
    }

    static void room(long root, int leaves) {
        Memory.putInt(root + ROOM_AT, leaves);
    }

    static long directory(long root) {
        return Memory.getLong(root + DIRECTORY_AT);
    }

    static void directory(long root, long word) {
        Memory.putLong(root + DIRECTORY_AT, word);
    }

    static int depth(long root) {
        return Memory.getInt(root + DEPTH_AT);
    }

    static void depth(long root, int depth) {
        Memory.putInt(root + DEPTH_AT, depth);
    }

    static int deepest(long root) {
        return Memory.getInt(root + DEEPEST_AT);
    }

    static void deepest(long root, int segments) {
        Memory.putInt(root + DEEPEST_AT, segments);
    }

    /** The address of a word of the directory; of its only one when there is no directory. */
    static long directoryEntry(long root, long index) {
        return depth(root) == 0 ? root + DIRECTORY_AT : directory(root) + (index << 3);
    }
}
