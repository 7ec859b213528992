// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.MemoryExhausted;

/**
 * Owner thread only. Makes room where a bucket is full, by one step at a time: a bucket that has
 * several slots is split in two; else the slots of its segment double; else the segment is split,
 * and before that, if need be, the directory doubles. No step touches more than one bucket's
 * elements and one segment's slots, the directory aside, of which one entry stands for some five
 * hundred elements. A step that fails for want of memory has changed nothing.
 */
final class Growth {
    /** More bits of the hash than this are never needed: the memory would be long full. */
    private static final int DEPTH_MAX = 56;

    private final Room room;
    private final int stride;
    private final long k0;
    private final long k1;

    Growth(Room room, int stride, long k0, long k1) {
        this.room = room;
        this.stride = stride;
        this.k0 = k0;
        this.k1 = k1;
    }

    /** One step towards a bucket for this hash that has fewer elements. */
    void step(long root, long hash) {
        long segment = Root.segment(root, hash);
        int slot = Segment.slot(segment, hash);
        int span = Segment.span(segment, slot);
        int depth = Segment.bucketDepth(segment, span);
        if (depth > DEPTH_MAX) {
            throw new IllegalStateException("Too many hashes share their first bits.");
        }
        if (span > 1) {
            splitBucket(root, segment, slot & -span, span, depth);
        } else if (Segment.bits(segment) < Segment.BITS_MAX) {
            doubleSlots(root, hash, segment);
        } else {
            if (Segment.depth(segment) == Root.depth(root)) {
                doubleDirectory(root);
            }
            splitSegment(root, hash, segment);
        }
    }

    private void splitBucket(long root, long segment, int slot, int span, int depth) {
        long bucket = Segment.bucket(segment, slot);
        int count = Bucket.count(bucket);
        int half = span >> 1;
        long right = right(bucket, depth);
        int rightCount = Long.bitCount(right);
        if (rightCount == 0 || rightCount == count) {
            Segment.fill(segment, rightCount == 0 ? slot + half : slot, half, 0);
            return;
        }
        int rightBytes = bytesOf(bucket, right);
        int leftBytes = Bucket.elementBytes(bucket) - rightBytes;
        long one = room.createBucket(root, Bucket.HEADER_BYTES + leftBytes, count - rightCount);
        long other;
        try {
            other = room.createBucket(root, Bucket.HEADER_BYTES + rightBytes, rightCount);
        } catch (MemoryExhausted | OutOfMemoryError e) {
            room.giveBucket(root, one);
            throw e;
        }
        long at = bucket + Bucket.HEADER_BYTES;
        for (int index = 0; index < count; index++) {
            int bytes = (int) (Bucket.skip(at, stride) - at);
            boolean goesRight = (right >>> index & 1) != 0;
            pour(goesRight ? other : one, Bucket.tagAt(bucket, index), at, bytes);
            at += bytes;
        }
        Segment.fill(segment, slot, half, one);
        Segment.fill(segment, slot + half, half, other);
        room.giveBucket(root, bucket);
    }

    /** A bit for each element whose hash has the bit that follows the first {@code depth}. */
    private long right(long bucket, int depth) {
        int count = Bucket.count(bucket);
        long at = bucket + Bucket.HEADER_BYTES;
        long right = 0;
        for (int index = 0; index < count; index++) {
            right |= (Item.hash(at, k0, k1) << depth >>> 63) << index;
            at = Bucket.skip(at, stride);
        }
        return right;
    }

    private int bytesOf(long bucket, long chosen) {
        int count = Bucket.count(bucket);
        long at = bucket + Bucket.HEADER_BYTES;
        int bytes = 0;
        for (int index = 0; index < count; index++) {
            long behind = Bucket.skip(at, stride);
            bytes += (chosen >>> index & 1) != 0 ? (int) (behind - at) : 0;
            at = behind;
        }
        return bytes;
    }

    private static void pour(long bucket, int tag, long from, int bytes) {
        Memory.copy(from, Bucket.end(bucket), bytes);
        Bucket.append(bucket, tag, bytes);
    }

    private void doubleSlots(long root, long hash, long segment) {
        int bits = Segment.bits(segment);
        int depth = Segment.depth(segment);
        long larger = room.take(root, Segment.bytes(bits + 1));
        Segment.create(larger, depth, bits + 1, Segment.earliestMillis(segment));
        for (int slot = 0; slot < 1 << bits; slot++) {
            Segment.fill(larger, slot << 1, 2, Segment.bucket(segment, slot));
        }
        Root.point(root, hash, depth, larger);
        room.give(root, segment, Segment.bytes(bits));
    }

    private void doubleDirectory(long root) {
        int depth = Root.depth(root);
        long directory = Root.directory(root);
        long larger = room.take(root, Root.directoryBytes(depth + 1));
        for (long index = 0; index < 1L << depth; index++) {
            long segment = Root.entry(root, index);
            Memory.putLong(larger + (index << 4), segment);
            Memory.putLong(larger + (index << 4) + 8, segment);
        }
        Root.directory(root, larger, depth + 1);
        Root.deepest(root, 0);
        room.give(root, directory, Root.directoryBytes(depth));
    }

    /** Each half of the slots becomes a segment; the buckets stay as they are. */
    private void splitSegment(long root, long hash, long segment) {
        int bits = Segment.bits(segment) - 1;
        int depth = Segment.depth(segment) + 1;
        long one = room.take(root, Segment.bytes(bits));
        long other;
        try {
            other = room.take(root, Segment.bytes(bits));
        } catch (MemoryExhausted | OutOfMemoryError e) {
            room.give(root, one, Segment.bytes(bits));
            throw e;
        }
        long bit = Long.MIN_VALUE >>> (depth - 1);
        fillHalf(one, segment, 0, depth, bits);
        fillHalf(other, segment, 1 << bits, depth, bits);
        Root.point(root, hash & ~bit, depth, one);
        Root.point(root, hash | bit, depth, other);
        if (depth == Root.depth(root)) {
            Root.deepest(root, Root.deepest(root) + 2);
        }
        room.give(root, segment, Segment.bytes(bits + 1));
    }

    private static void fillHalf(long half, long segment, int from, int depth, int bits) {
        Segment.create(half, depth, bits, Segment.earliestMillis(segment));
        for (int slot = 0; slot < 1 << bits; slot++) {
            Segment.fill(half, slot, 1, Segment.bucket(segment, from + slot));
        }
    }
}
