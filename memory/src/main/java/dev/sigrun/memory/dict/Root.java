// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

import dev.sigrun.memory.Memory;

/**
 * Owner thread only. The fixed-size beginning of a dictionary, and the directory that hangs on it.
 *
 * <pre>
 *   0  address of the directory (8)
 *   8  number of elements or pairs (8)
 *  16  bytes of all blocks, as the allocator counts them (8)
 *  24  number of pairs that end at some time (8)
 *  32  number of segments that one directory entry alone points at (4)
 *  36  depth: the directory has 2^depth entries (1)
 *  37  no bucket has ever had more elements than this (1)
 *  38  unused (2)
 * </pre>
 *
 * <p>An entry of the directory is the address of a {@link Segment}, and belongs to all hashes that
 * begin with its index as bits. A segment of a smaller depth has several entries next to each
 * other.
 */
final class Root {
    static final int BYTES = 40;

    private static final int COUNT = 8;
    private static final int HELD = 16;
    private static final int TIMED = 24;
    private static final int DEEPEST = 32;
    private static final int DEPTH = 36;
    private static final int FULLEST = 37;

    private Root() {}

    static long directory(long root) {
        return Memory.getLong(root);
    }

    static void directory(long root, long address, int depth) {
        Memory.putLong(root, address);
        Memory.putByte(root + DEPTH, (byte) depth);
    }

    static long directoryBytes(int depth) {
        return 8L << depth;
    }

    static int depth(long root) {
        return Memory.getByte(root + DEPTH);
    }

    static long count(long root) {
        return Memory.getLong(root + COUNT);
    }

    static void addCount(long root, long change) {
        Memory.putLong(root + COUNT, Memory.getLong(root + COUNT) + change);
    }

    static long held(long root) {
        return Memory.getLong(root + HELD);
    }

    static void addHeld(long root, long change) {
        Memory.putLong(root + HELD, Memory.getLong(root + HELD) + change);
    }

    static long timed(long root) {
        return Memory.getLong(root + TIMED);
    }

    static void addTimed(long root, long change) {
        Memory.putLong(root + TIMED, Memory.getLong(root + TIMED) + change);
    }

    static int deepest(long root) {
        return Memory.getInt(root + DEEPEST);
    }

    static void deepest(long root, int count) {
        Memory.putInt(root + DEEPEST, count);
    }

    static int fullest(long root) {
        return Memory.getByte(root + FULLEST);
    }

    static void noteFullest(long root, int count) {
        if (count > fullest(root)) {
            Memory.putByte(root + FULLEST, (byte) count);
        }
    }

    /** The index of the directory's entry for a hash; the two shifts bring depth 0 to index 0. */
    static long index(int depth, long hash) {
        return (hash >>> 1) >>> (63 - depth);
    }

    static long entry(long root, long index) {
        return Memory.getLong(directory(root) + (index << 3));
    }

    /** The segment where a hash belongs. */
    static long segment(long root, long hash) {
        return entry(root, index(depth(root), hash));
    }

    /** Lets all entries for the hashes that begin as this one, as far as depth says, point here. */
    static void point(long root, long hash, int depth, long segment) {
        int extra = depth(root) - depth;
        long entries = 1L << extra;
        long at = directory(root) + ((index(depth, hash) << extra) << 3);
        for (long index = 0; index < entries; index++) {
            Memory.putLong(at + (index << 3), segment);
        }
    }

    /** A root without anything. */
    static void clear(long root) {
        for (int at = 0; at < BYTES; at += 8) {
            Memory.putLong(root + at, 0);
        }
    }
}
