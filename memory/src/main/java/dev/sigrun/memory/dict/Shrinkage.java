// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.MemoryExhausted;

/**
 * Owner thread only. Undoes what {@link Growth} did where elements have become few: two buckets of
 * the same range become one, the slots of a segment halve when every bucket has two of them, two
 * segments of few slots become one, and the directory halves when no segment needs its depth. All
 * limits are well below those of growth, so that nothing goes back and forth.
 */
final class Shrinkage {
    /** Two buckets with so many elements together are joined. */
    private static final int JOIN_COUNT_MAX = 20;

    /** Two buckets with so many bytes of elements together are joined. */
    private static final int JOIN_BYTES_MAX = 640;

    /** Two segments of at most 2^4 slots each are joined. */
    private static final int JOIN_BITS_MAX = 4;

    /** A neighbour costs a cache miss, so it is looked at after every fourth removal only. */
    private static final int COUNT_MASK = 3;

    private final Room room;

    Shrinkage(Room room) {
        this.room = room;
    }

    /** Looks whether to shrink, after an element with this hash is gone. */
    void settle(long root, long hash) {
        long segment = Root.segment(root, hash);
        int slot = Segment.slot(segment, hash);
        long bucket = Segment.bucket(segment, slot);
        int count = countOf(bucket);
        if ((count & COUNT_MASK) != 0 || count > JOIN_COUNT_MAX) {
            return;
        }
        try {
            joinBuckets(root, segment, slot);
            while (halveSlots(root, hash) || joinSegments(root, hash) || halveDirectory(root)) {
                // Each is one step, and there are only so many down to a single empty slot.
            }
        } catch (MemoryExhausted | OutOfMemoryError e) {
            // A removal must not fail for want of memory: what was not done yet can wait.
        }
    }

    private static int countOf(long bucket) {
        return bucket == 0 ? 0 : Bucket.count(bucket);
    }

    private static int bytesOf(long bucket) {
        return bucket == 0 ? 0 : Bucket.elementBytes(bucket);
    }

    private void joinBuckets(long root, long segment, int slot) {
        int slots = Segment.slots(segment);
        int span = Segment.span(segment, slot);
        while (span < slots) {
            int first = slot & -span;
            int neighbour = first ^ span;
            long one = Segment.bucket(segment, first);
            long other = Segment.bucket(segment, neighbour);
            boolean few =
                    Segment.isAll(segment, neighbour, span, other)
                            && countOf(one) + countOf(other) <= JOIN_COUNT_MAX
                            && bytesOf(one) + bytesOf(other) <= JOIN_BYTES_MAX;
            if (!few) {
                return;
            }
            long joined = join(root, one, other);
            Segment.fill(segment, Math.min(first, neighbour), span << 1, joined);
            span = Segment.span(segment, slot);
        }
    }

    private long join(long root, long one, long other) {
        if (one == 0 || other == 0) {
            return one + other;
        }
        int bytes = Bucket.elementBytes(one) + Bucket.elementBytes(other);
        int count = Bucket.count(one) + Bucket.count(other);
        long joined = room.createBucket(root, Bucket.HEADER_BYTES + bytes, count);
        pour(joined, one);
        pour(joined, other);
        room.giveBucket(root, one);
        room.giveBucket(root, other);
        return joined;
    }

    private static void pour(long target, long source) {
        int bytes = Bucket.elementBytes(source);
        Memory.copy(source + Bucket.HEADER_BYTES, Bucket.end(target), bytes);
        for (int index = 0; index < Bucket.count(source); index++) {
            // All bytes come with the first tag; they are in place already.
            Bucket.append(target, Bucket.tagAt(source, index), index == 0 ? bytes : 0);
        }
    }

    private boolean halveSlots(long root, long hash) {
        long segment = Root.segment(root, hash);
        int bits = Segment.bits(segment);
        if (bits == 0 || !isPaired(segment)) {
            return false;
        }
        int depth = Segment.depth(segment);
        long smaller = room.take(root, Segment.bytes(bits - 1));
        Segment.create(smaller, depth, bits - 1, Segment.earliestMillis(segment));
        for (int slot = 0; slot < 1 << (bits - 1); slot++) {
            Segment.fill(smaller, slot, 1, Segment.bucket(segment, slot << 1));
        }
        Root.point(root, hash, depth, smaller);
        room.give(root, segment, Segment.bytes(bits));
        return true;
    }

    private static boolean isPaired(long segment) {
        for (int slot = 0; slot < Segment.slots(segment); slot += 2) {
            if (Segment.bucket(segment, slot) != Segment.bucket(segment, slot + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean joinSegments(long root, long hash) {
        long segment = Root.segment(root, hash);
        int depth = Segment.depth(segment);
        if (depth == 0 || Segment.bits(segment) > JOIN_BITS_MAX) {
            return false;
        }
        long bit = Long.MIN_VALUE >>> (depth - 1);
        long left = Root.segment(root, hash & ~bit);
        long right = Root.segment(root, hash | bit);
        if (Segment.depth(left) != Segment.depth(right)
                || Math.max(Segment.bits(left), Segment.bits(right)) > JOIN_BITS_MAX) {
            return false;
        }
        int bits = Math.max(Segment.bits(left), Segment.bits(right)) + 1;
        long joined = room.take(root, Segment.bytes(bits));
        Segment.create(
                joined,
                depth - 1,
                bits,
                Math.min(Segment.earliestMillis(left), Segment.earliestMillis(right)));
        fillHalf(joined, left, 0, bits - 1);
        fillHalf(joined, right, 1 << (bits - 1), bits - 1);
        Root.point(root, hash, depth - 1, joined);
        if (depth == Root.depth(root)) {
            Root.deepest(root, Root.deepest(root) - 2);
        }
        room.give(root, left, Segment.bytes(Segment.bits(left)));
        room.give(root, right, Segment.bytes(Segment.bits(right)));
        return true;
    }

    private static void fillHalf(long joined, long segment, int from, int bits) {
        int times = 1 << (bits - Segment.bits(segment));
        for (int slot = 0; slot < Segment.slots(segment); slot++) {
            Segment.fill(joined, from + slot * times, times, Segment.bucket(segment, slot));
        }
    }

    private boolean halveDirectory(long root) {
        int depth = Root.depth(root);
        if (depth == 0 || Root.deepest(root) > 0) {
            return false;
        }
        long directory = Root.directory(root);
        long smaller = room.take(root, Root.directoryBytes(depth - 1));
        int deepest = 0;
        long last = 0;
        for (long index = 0; index < 1L << (depth - 1); index++) {
            long segment = Root.entry(root, index << 1);
            Memory.putLong(smaller + (index << 3), segment);
            // A segment of this very depth has an entry that its neighbour does not share.
            if ((index & 1) == 0) {
                last = segment;
            } else if (segment != last) {
                deepest += 2;
            }
        }
        Root.directory(root, smaller, depth - 1);
        Root.deepest(root, deepest);
        room.give(root, directory, Root.directoryBytes(depth));
        return true;
    }
}
