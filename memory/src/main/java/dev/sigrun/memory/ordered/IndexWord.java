// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import dev.sigrun.memory.Memory;

/** Owner thread only. The words of the directory and of segments; see {@link MemberIndex}. */
final class IndexWord {
    private static final int DEPTH_SHIFT = 48;
    private static final int SIZE_SHIFT = 56;
    private static final long ADDRESS = (1L << DEPTH_SHIFT) - 1;

    private IndexWord() {}

    static long of(long address, int depth) {
        return address | ((long) depth << DEPTH_SHIFT);
    }

    static long of(long address, int depth, int sizeBits) {
        return of(address, depth) | ((long) sizeBits << SIZE_SHIFT);
    }

    static long address(long word) {
        return word & ADDRESS;
    }

    /** For a segment the bits that all its hashes share; for a block the bits beyond those. */
    static int depth(long word) {
        return (int) (word >>> DEPTH_SHIFT) & 0x3f;
    }

    /** A segment has two to this many slots. */
    static int sizeBits(long word) {
        return (int) (word >>> SIZE_SHIFT) & 0xf;
    }

    /** The number that so many leading bits of a hash make; written so that none are no special. */
    static long leading(long hash, int bits) {
        return (hash >>> 1) >>> (63 - bits);
    }

    /** The directory's word for a hash. */
    static long segment(long root, long hash) {
        return Memory.getLong(Root.directoryEntry(root, leading(hash, Root.depth(root))));
    }

    /** Number of the slot where a hash belongs in its segment. */
    static int slotIndex(long segment, long hash) {
        return (int) leading(hash << depth(segment), sizeBits(segment));
    }

    /** The slot's word. */
    static long slot(long segment, long hash) {
        return Memory.getLong(address(segment) + ((long) slotIndex(segment, hash) << 3));
    }

    static long slotAt(long segment, int index) {
        return Memory.getLong(address(segment) + ((long) index << 3));
    }

    /** Sets the slots from one index on. */
    static void fill(long words, int from, int count, long word) {
        for (int i = from; i < from + count; i++) {
            Memory.putLong(words + ((long) i << 3), word);
        }
    }
}
