// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import dev.sigrun.memory.Memory;

/**
 * Owner thread only. Gives the index's memory back when members go: blocks shrink and join, a
 * segment's slots halve, segments join, the directory halves. All of it only saves memory, so each
 * step is left out when the memory that it needs itself is not to be had.
 */
final class IndexDecline {
    /** Blocks and segments join when the result has room left, lest they split again at once. */
    private static final int JOINED_MAX = IndexBlock.ENTRIES_MAX * 3 / 8;

    private static final int JOINED_BITS_MAX = IndexGrowth.SEGMENT_BITS_MAX - 3;

    private final Account account;

    IndexDecline(Account account) {
        this.account = account;
    }

    /** Looks after a block from which an entry was taken. */
    void removed(long root, long hash, long block) {
        int count = IndexBlock.count(block);
        if (count == 0) {
            long segment = IndexWord.segment(root, hash);
            int depth = IndexWord.depth(IndexWord.slot(segment, hash));
            IndexGrowth.setSlots(segment, hash, depth, 0);
            freeBlock(block);
        } else if (IndexBlock.room(block) - count >= 2 * IndexBlock.STEP) {
            shrink(root, hash, block);
        }
        if (count <= JOINED_MAX / 2 && count % IndexBlock.STEP == 0) {
            joinBlocks(root, hash);
        }
    }

    private void freeBlock(long block) {
        account.free(block, IndexBlock.bytes(IndexBlock.room(block)));
    }

    /** A block with the entries of two others, of which the second may be 0; or 0. */
    private long buildBlock(long first, long second, int entries) {
        int room = IndexBlock.roomFor(entries);
        long made = account.allocateIfPossible(IndexBlock.bytes(room));
        if (made != 0) {
            IndexBlock.init(made, room);
            IndexBlock.addAll(made, first);
            if (second != 0) {
                IndexBlock.addAll(made, second);
            }
        }
        return made;
    }

    private void shrink(long root, long hash, long block) {
        long made = buildBlock(block, 0, IndexBlock.count(block));
        if (made != 0) {
            long segment = IndexWord.segment(root, hash);
            int depth = IndexWord.depth(IndexWord.slot(segment, hash));
            IndexGrowth.setSlots(segment, hash, depth, made);
            freeBlock(block);
        }
    }

    private void joinBlocks(long root, long hash) {
        while (joinWithNeighbour(root, hash)) {
            long segment = IndexWord.segment(root, hash);
            if (halveSegment(root, hash, segment)) {
                joinSegments(root, hash);
            }
        }
    }

    private boolean joinWithNeighbour(long root, long hash) {
        long segment = IndexWord.segment(root, hash);
        long slot = IndexWord.slot(segment, hash);
        int depth = IndexWord.depth(slot);
        if (depth == 0) {
            return false;
        }
        int span = 1 << (IndexWord.sizeBits(segment) - depth);
        int other = (IndexWord.slotIndex(segment, hash) & -span) ^ span;
        long otherSlot = IndexWord.slotAt(segment, other);
        long block = IndexWord.address(slot);
        long otherBlock = IndexWord.address(otherSlot);
        int entries = count(block) + count(otherBlock);
        if (IndexWord.depth(otherSlot) != depth || entries > JOINED_MAX) {
            return false;
        }
        long joined = block == 0 ? otherBlock : block;
        if (block != 0 && otherBlock != 0) {
            joined = buildBlock(block, otherBlock, entries);
            if (joined == 0) {
                return false;
            }
            freeBlock(block);
            freeBlock(otherBlock);
        }
        IndexGrowth.setSlots(segment, hash, depth - 1, joined);
        return true;
    }

    private static int count(long block) {
        return block == 0 ? 0 : IndexBlock.count(block);
    }

    /** Halves the number of slots when no block needs them all; says whether it did. */
    private boolean halveSegment(long root, long hash, long segment) {
        int bits = IndexWord.sizeBits(segment);
        if (bits == 0) {
            return false;
        }
        for (int i = 0; i < 1 << bits; i++) {
            if (IndexWord.depth(IndexWord.slotAt(segment, i)) == bits) {
                return false;
            }
        }
        long slots = account.allocateIfPossible(4L << bits);
        if (slots == 0) {
            return false;
        }
        for (int i = 0; i < 1 << (bits - 1); i++) {
            Memory.putLong(slots + ((long) i << 3), IndexWord.slotAt(segment, 2 * i));
        }
        int depth = IndexWord.depth(segment);
        IndexGrowth.setDirectory(root, hash, depth, IndexWord.of(slots, depth, bits - 1));
        account.free(IndexWord.address(segment), 8L << bits);
        return true;
    }

    private void joinSegments(long root, long hash) {
        long segment = IndexWord.segment(root, hash);
        int depth = IndexWord.depth(segment);
        if (depth == 0 || IndexWord.sizeBits(segment) > JOINED_BITS_MAX) {
            return;
        }
        long bit = Long.MIN_VALUE >>> (depth - 1);
        long left = IndexWord.segment(root, hash & ~bit);
        long right = IndexWord.segment(root, hash | bit);
        int bits = 1 + Math.max(IndexWord.sizeBits(left), IndexWord.sizeBits(right));
        if (IndexWord.depth(left) != depth
                || IndexWord.depth(right) != depth
                || bits > JOINED_BITS_MAX + 1) {
            return;
        }
        long slots = account.allocateIfPossible(8L << bits);
        if (slots == 0) {
            return;
        }
        spread(left, slots, bits - 1);
        spread(right, slots + (4L << bits), bits - 1);
        IndexGrowth.setDirectory(root, hash, depth - 1, IndexWord.of(slots, depth - 1, bits));
        account.free(IndexWord.address(left), 8L << IndexWord.sizeBits(left));
        account.free(IndexWord.address(right), 8L << IndexWord.sizeBits(right));
        if (depth == Root.depth(root)) {
            Root.deepest(root, Root.deepest(root) - 2);
            halveDirectory(root);
        }
    }

    /** Writes the slots of a segment as 2 to {@code bits} slots of one that is twice as wide. */
    private static void spread(long segment, long slots, int bits) {
        int shift = bits - IndexWord.sizeBits(segment);
        for (int i = 0; i < 1 << bits; i++) {
            long slot = IndexWord.slotAt(segment, i >>> shift);
            long word = IndexWord.of(IndexWord.address(slot), IndexWord.depth(slot) + 1);
            Memory.putLong(slots + ((long) i << 3), word);
        }
    }

    private void halveDirectory(long root) {
        while (Root.depth(root) > 0 && Root.deepest(root) == 0) {
            int depth = Root.depth(root) - 1;
            long old = Root.directory(root);
            long directory = depth == 0 ? Memory.getLong(old) : copyEvery(old, depth);
            if (directory == 0) {
                return;
            }
            Root.directory(root, directory);
            Root.depth(root, depth);
            account.free(old, 16L << depth);
            int deepest = 0;
            for (long i = 0; i < 1L << depth; i++) {
                long segment = Memory.getLong(Root.directoryEntry(root, i));
                deepest += IndexWord.depth(segment) == depth ? 1 : 0;
            }
            Root.deepest(root, deepest);
        }
    }

    private long copyEvery(long old, int depth) {
        long directory = account.allocateIfPossible(8L << depth);
        for (long i = 0; directory != 0 && i < 1L << depth; i++) {
            Memory.putLong(directory + (i << 3), Memory.getLong(old + (i << 4)));
        }
        return directory;
    }

    /**
     * Frees a part of the index; entries of the directory that are left are counted in the root.
     */
    long release(long root, long steps) {
        long done = 0;
        long left = Root.size(root);
        while (left > 0 && done < steps) {
            long segment = Memory.getLong(Root.directoryEntry(root, left - 1));
            left -= 1L << (Root.depth(root) - IndexWord.depth(segment));
            done += releaseSegment(segment);
        }
        Root.size(root, left);
        if (left == 0 && Root.depth(root) > 0) {
            account.free(Root.directory(root), 8L << Root.depth(root));
        }
        return done;
    }

    private long releaseSegment(long segment) {
        int bits = IndexWord.sizeBits(segment);
        long blocks = 1;
        int at = 0;
        while (at < 1 << bits) {
            long slot = IndexWord.slotAt(segment, at);
            if (IndexWord.address(slot) != 0) {
                freeBlock(IndexWord.address(slot));
                blocks++;
            }
            at += 1 << (bits - IndexWord.depth(slot));
        }
        account.free(IndexWord.address(segment), 8L << bits);
        return blocks;
    }
}
