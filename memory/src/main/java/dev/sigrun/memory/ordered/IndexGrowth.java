// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import dev.sigrun.memory.Memory;

/**
 * Owner thread only. Makes room in the index: blocks grow, then split; a segment's slots double up
 * to a number, then the segment splits, for which the directory may have to double. Each of these
 * is whole in itself and takes its memory before it changes anything.
 */
final class IndexGrowth {
    /** A segment has at most 2 to this many slots, which is what one growth has to copy. */
    static final int SEGMENT_BITS_MAX = 7;

    /** So many bits of a hash are kept in an order that splitting can go by. */
    private static final int DEPTH_MAX = 32;

    private static final int ROOM_MAX = 0xfff0;

    private final Account account;

    IndexGrowth(Account account) {
        this.account = account;
    }

    /** Makes sure that the block of a hash has room for one entry more. */
    void reserve(long root, long hash) {
        while (!hasRoom(root, hash)) {
            long segment = IndexWord.segment(root, hash);
            int blockDepth = IndexWord.depth(IndexWord.slot(segment, hash));
            if (blockDepth < IndexWord.sizeBits(segment)) {
                splitBlock(segment, hash);
            } else if (blockDepth < SEGMENT_BITS_MAX) {
                doubleSegment(root, hash, segment);
            } else {
                splitSegment(root, hash, segment);
            }
        }
    }

    /** Makes room if that takes no split. */
    private boolean hasRoom(long root, long hash) {
        long segment = IndexWord.segment(root, hash);
        if (segment == 0) {
            long slots = account.allocate(Long.BYTES);
            Memory.putLong(slots, 0);
            segment = IndexWord.of(slots, 0, 0);
            Root.directory(root, segment);
        }
        long slot = IndexWord.slot(segment, hash);
        long block = IndexWord.address(slot);
        if (block == 0) {
            long made = allocateBlock(IndexBlock.STEP);
            setSlots(segment, hash, IndexWord.depth(slot), made);
            return true;
        }
        int room = IndexBlock.room(block);
        if (IndexBlock.count(block) < room) {
            return true;
        }
        int depth = IndexWord.depth(segment) + IndexWord.depth(slot);
        if (room >= IndexBlock.ENTRIES_MAX && maySplit(root, depth)) {
            return false;
        }
        growBlock(segment, hash, block);
        return true;
    }

    /**
     * Whether a block may get a deeper one. With a proper hash there are far fewer blocks than
     * members; the limit is for members whose bits are equal, which no depth would part.
     */
    private static boolean maySplit(long root, int depth) {
        return depth < DEPTH_MAX && 1L << depth <= Root.size(root);
    }

    private long allocateBlock(int room) {
        long block = account.allocate(IndexBlock.bytes(room));
        IndexBlock.init(block, room);
        return block;
    }

    private void freeBlock(long block) {
        account.free(block, IndexBlock.bytes(IndexBlock.room(block)));
    }

    private void growBlock(long segment, long hash, long block) {
        int room = IndexBlock.room(block);
        int more = IndexBlock.roomFor(room + Math.max(IndexBlock.STEP, room >>> 4));
        if (more > ROOM_MAX) {
            throw new IllegalStateException("Too many members have equal hashes.");
        }
        long made = allocateBlock(more);
        IndexBlock.addAll(made, block);
        setSlots(segment, hash, IndexWord.depth(IndexWord.slot(segment, hash)), made);
        freeBlock(block);
    }

    /** Lets all slots of a block lead to another one. */
    static void setSlots(long segment, long hash, int depth, long block) {
        int span = 1 << (IndexWord.sizeBits(segment) - depth);
        int first = IndexWord.slotIndex(segment, hash) & -span;
        IndexWord.fill(IndexWord.address(segment), first, span, IndexWord.of(block, depth));
    }

    private void splitBlock(long segment, long hash) {
        long slot = IndexWord.slot(segment, hash);
        long block = IndexWord.address(slot);
        int depth = IndexWord.depth(slot);
        int bit = IndexWord.depth(segment) + depth;
        int ones = IndexBlock.countOnes(block, bit);
        int zeros = IndexBlock.count(block) - ones;
        long left = zeros == 0 ? 0 : allocateBlock(IndexBlock.roomFor(zeros));
        long right = 0;
        boolean done = false;
        try {
            right = ones == 0 ? 0 : allocateBlock(IndexBlock.roomFor(ones));
            done = true;
        } finally {
            if (!done && left != 0) {
                freeBlock(left);
            }
        }
        IndexBlock.part(block, bit, left, right);
        int span = 1 << (IndexWord.sizeBits(segment) - depth);
        int first = IndexWord.slotIndex(segment, hash) & -span;
        int half = span >>> 1;
        long slots = IndexWord.address(segment);
        IndexWord.fill(slots, first, half, IndexWord.of(left, depth + 1));
        IndexWord.fill(slots, first + half, half, IndexWord.of(right, depth + 1));
        freeBlock(block);
    }

    private void doubleSegment(long root, long hash, long segment) {
        int bits = IndexWord.sizeBits(segment);
        long slots = account.allocate(16L << bits);
        for (int i = 0; i < 1 << bits; i++) {
            IndexWord.fill(slots, 2 * i, 2, IndexWord.slotAt(segment, i));
        }
        int depth = IndexWord.depth(segment);
        setDirectory(root, hash, depth, IndexWord.of(slots, depth, bits + 1));
        account.free(IndexWord.address(segment), 8L << bits);
    }

    /** Lets all entries of the directory that share so many bits lead to a segment. */
    static void setDirectory(long root, long hash, int depth, long segment) {
        int directoryDepth = Root.depth(root);
        long span = 1L << (directoryDepth - depth);
        long first = IndexWord.leading(hash, directoryDepth) & -span;
        for (long i = first; i < first + span; i++) {
            Memory.putLong(Root.directoryEntry(root, i), segment);
        }
    }

    private void splitSegment(long root, long hash, long segment) {
        int depth = IndexWord.depth(segment);
        if (depth == Root.depth(root)) {
            doubleDirectory(root);
        }
        int bits = IndexWord.sizeBits(segment);
        int half = 1 << (bits - 1);
        long left = account.allocate((long) half << 3);
        long right = 0;
        try {
            right = account.allocate((long) half << 3);
        } finally {
            if (right == 0) {
                account.free(left, (long) half << 3);
            }
        }
        copyHalf(segment, 0, half, left);
        copyHalf(segment, half, half, right);
        long bit = Long.MIN_VALUE >>> depth;
        setDirectory(root, hash & ~bit, depth + 1, IndexWord.of(left, depth + 1, bits - 1));
        setDirectory(root, hash | bit, depth + 1, IndexWord.of(right, depth + 1, bits - 1));
        if (depth + 1 == Root.depth(root)) {
            Root.deepest(root, Root.deepest(root) + 2);
        }
        account.free(IndexWord.address(segment), 8L << bits);
    }

    private static void copyHalf(long segment, int from, int count, long slots) {
        for (int i = 0; i < count; i++) {
            long slot = IndexWord.slotAt(segment, from + i);
            long word = IndexWord.of(IndexWord.address(slot), IndexWord.depth(slot) - 1);
            Memory.putLong(slots + ((long) i << 3), word);
        }
    }

    private void doubleDirectory(long root) {
        int depth = Root.depth(root);
        long entries = 1L << depth;
        long directory = account.allocate(16L << depth);
        for (long i = 0; i < entries; i++) {
            long word = Memory.getLong(Root.directoryEntry(root, i));
            Memory.putLong(directory + (i << 4), word);
            Memory.putLong(directory + (i << 4) + 8, word);
        }
        if (depth > 0) {
            account.free(Root.directory(root), 8L << depth);
        }
        Root.directory(root, directory);
        Root.depth(root, depth + 1);
        Root.deepest(root, 0);
    }
}
