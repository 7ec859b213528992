// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.MemoryExhausted;

/**
 * Owner thread only. Takes and gives back the blocks of dictionaries and keeps each root's account.
 * Whatever changes a bucket comes by {@link #open} first: that is the one place where another block
 * may take a bucket's place.
 */
final class Room {
    /** A bucket gives room back when it has so many bytes too many. */
    private static final int SPARE_BYTES_MAX = 64;

    private final Blocks blocks;

    Room(Blocks blocks) {
        this.blocks = blocks;
    }

    long take(long root, long bytes) {
        long address = blocks.allocate(bytes);
        Root.addHeld(root, Allocator.usableSize(bytes));
        return address;
    }

    void give(long root, long address, long bytes) {
        blocks.free(address, bytes);
        Root.addHeld(root, -Allocator.usableSize(bytes));
    }

    private long resize(long root, long address, long oldBytes, long newBytes) {
        long moved = blocks.resize(address, oldBytes, newBytes);
        Root.addHeld(root, Allocator.usableSize(newBytes) - Allocator.usableSize(oldBytes));
        return moved;
    }

    /** A bucket without elements but with room for them. */
    long createBucket(long root, int used, int count) {
        int capacity = Bucket.capacity(used, count);
        long bucket = take(root, capacity);
        Bucket.create(bucket, capacity);
        return bucket;
    }

    void giveBucket(long root, long bucket) {
        give(root, bucket, Bucket.capacity(bucket));
    }

    /**
     * The bucket of a slot, ready to be changed and to take so much more. A slot without a bucket
     * gets one.
     *
     * @return the bucket, which the slot has now
     */
    long open(long root, long segment, int slot, int moreBytes, int moreCount) {
        long bucket = Segment.bucket(segment, slot);
        if (bucket == 0) {
            bucket = createBucket(root, Bucket.HEADER_BYTES + moreBytes, moreCount);
            put(segment, slot, bucket);
            return bucket;
        }
        int used = Bucket.used(bucket) + moreBytes;
        int count = Bucket.count(bucket) + moreCount;
        int capacity = Bucket.capacity(bucket);
        if (used + count <= capacity) {
            return bucket;
        }
        int newCapacity = Bucket.capacity(used, count);
        long moved = resize(root, bucket, capacity, newCapacity);
        Bucket.moveTags(moved, newCapacity);
        put(segment, slot, moved);
        return moved;
    }

    /** Puts a bucket into all the slots of the one that has stood there. */
    private static void put(long segment, int slot, long bucket) {
        int span = Segment.span(segment, slot);
        Segment.fill(segment, slot & -span, span, bucket);
    }

    /** Gives back the room that a bucket no longer needs, and the bucket when it is empty. */
    void trim(long root, long segment, int slot) {
        long bucket = Segment.bucket(segment, slot);
        if (Bucket.count(bucket) == 0) {
            put(segment, slot, 0);
            giveBucket(root, bucket);
            return;
        }
        int capacity = Bucket.capacity(bucket);
        int needed = Bucket.capacity(Bucket.used(bucket), Bucket.count(bucket));
        if (capacity - needed < SPARE_BYTES_MAX) {
            return;
        }
        Bucket.moveTags(bucket, needed);
        try {
            long moved = resize(root, bucket, capacity, needed);
            put(segment, slot, moved);
        } catch (MemoryExhausted | OutOfMemoryError e) {
            // A removal must not fail for want of memory: the block stays larger than it need be.
            Bucket.moveTags(bucket, capacity);
        }
    }

    /** A block with a copy of an item's content when that does not go into a bucket; else 0. */
    long takeOutside(long root, Item item) {
        if (!item.isLong()) {
            return 0;
        }
        long block = take(root, item.length());
        Memory.copy(item.address(), block, item.length());
        return block;
    }

    /** Gives back the block that an element's content stands in, if it has one. */
    void giveOutside(long root, long element) {
        if (Element.isOutside(element)) {
            give(root, Element.address(element), Element.length(element));
        }
    }
}
