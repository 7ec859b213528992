// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.MemoryExhausted;

/** Owner thread only. Makes, copies and frees dictionaries as a whole. */
final class Whole {
    /** Says that a dictionary is being freed; no dictionary has so many segments. */
    private static final int FREEING = -1;

    private final Room room;
    private final int stride;
    private final Item item = new Item();

    Whole(Room room, int stride) {
        this.room = room;
        this.stride = stride;
    }

    void create(long root) {
        Root.clear(root);
        long directory = room.take(root, Root.directoryBytes(0));
        long segment;
        try {
            segment = room.take(root, Segment.bytes(0));
        } catch (MemoryExhausted | OutOfMemoryError e) {
            room.give(root, directory, Root.directoryBytes(0));
            throw e;
        }
        Segment.create(segment, 0, 0, Segment.NEVER);
        Segment.fill(segment, 0, 1, 0);
        Memory.putLong(directory, segment);
        Root.directory(root, directory, 0);
    }

    // ---- freeing ----

    /**
     * Frees from the directory's end on, so that the entries that are left are the first ones.
     * Their number stands where the number of elements stood, since nobody asks for that any more.
     */
    boolean freeSome(long root, int steps) {
        int depth = Root.depth(root);
        boolean begun = Root.deepest(root) == FREEING;
        long entries = begun ? Root.count(root) : 1L << depth;
        int left = steps;
        while (entries > 0 && left > 0) {
            long segment = Root.entry(root, entries - 1);
            entries -= 1L << (depth - Segment.depth(segment));
            left -= freeSegment(root, segment);
        }
        if (entries == 0) {
            room.give(root, Root.directory(root), Root.directoryBytes(depth));
            return true;
        }
        Root.deepest(root, FREEING);
        Root.addCount(root, entries - Root.count(root));
        return false;
    }

    private int freeSegment(long root, long segment) {
        int steps = 1;
        int slot = 0;
        while (slot < Segment.slots(segment)) {
            long bucket = Segment.bucket(segment, slot);
            slot += Segment.span(segment, slot);
            if (bucket != 0) {
                steps += freeBucket(root, bucket);
            }
        }
        room.give(root, segment, Segment.bytes(Segment.bits(segment)));
        return steps;
    }

    private int freeBucket(long root, long bucket) {
        int steps = 1;
        long at = bucket + Bucket.HEADER_BYTES;
        while (at < Bucket.end(bucket)) {
            steps += Element.isOutside(at) ? 1 : 0;
            room.giveOutside(root, at);
            at += Element.size(at);
        }
        room.giveBucket(root, bucket);
        return steps;
    }

    // ---- copying ----

    void copy(long root, long target) {
        Root.clear(target);
        int depth = Root.depth(root);
        long directory = room.take(target, Root.directoryBytes(depth));
        Root.directory(target, directory, depth);
        long done = 0;
        try {
            while (done < 1L << depth) {
                done = copySegment(root, target, done);
            }
        } catch (MemoryExhausted | OutOfMemoryError e) {
            giveSegments(target, done);
            room.give(target, directory, Root.directoryBytes(depth));
            throw e;
        }
        Root.addCount(target, Root.count(root));
        Root.addTimed(target, Root.timed(root));
        Root.deepest(target, Root.deepest(root));
        Root.noteFullest(target, Root.fullest(root));
    }

    private void giveSegments(long root, long entries) {
        int depth = Root.depth(root);
        long index = 0;
        while (index < entries) {
            long segment = Root.entry(root, index);
            index += 1L << (depth - Segment.depth(segment));
            freeSegment(root, segment);
        }
    }

    /** Copies one segment and returns the index of the entry behind its own. */
    private long copySegment(long root, long target, long index) {
        long segment = Root.entry(root, index);
        int bits = Segment.bits(segment);
        int depth = Segment.depth(segment);
        long copy = room.take(target, Segment.bytes(bits));
        Segment.create(copy, depth, bits, Segment.earliestMillis(segment));
        Segment.fill(copy, 0, 1 << bits, 0);
        try {
            int slot = 0;
            while (slot < 1 << bits) {
                int span = Segment.span(segment, slot);
                long bucket = Segment.bucket(segment, slot);
                Segment.fill(copy, slot, span, bucket == 0 ? 0 : copyBucket(target, bucket));
                slot += span;
            }
        } catch (MemoryExhausted | OutOfMemoryError e) {
            freeSegment(target, copy);
            throw e;
        }
        long entries = 1L << (Root.depth(root) - depth);
        for (long entry = index; entry < index + entries; entry++) {
            Memory.putLong(Root.directory(target) + (entry << 3), copy);
        }
        return index + entries;
    }

    private long copyBucket(long target, long bucket) {
        int used = Bucket.used(bucket);
        int count = Bucket.count(bucket);
        long copy = room.createBucket(target, used, count);
        long at = bucket + Bucket.HEADER_BYTES;
        try {
            for (int index = 0; index < count; index++) {
                long from = at;
                at = Bucket.skip(at, stride);
                Memory.copy(from, Bucket.end(copy), at - from);
                copyOutside(target, Bucket.end(copy), (int) (at - from));
                Bucket.append(copy, Bucket.tagAt(bucket, index), (int) (at - from));
            }
        } catch (MemoryExhausted | OutOfMemoryError e) {
            freeBucket(target, copy);
            throw e;
        }
        return copy;
    }

    /** Gives the elements just copied blocks of their own where the originals have some. */
    private void copyOutside(long target, long from, int bytes) {
        long at = from;
        while (at < from + bytes) {
            if (Element.isOutside(at)) {
                try {
                    long block = room.takeOutside(target, item.element(at));
                    Element.putOutside(Element.plain(at), block, item.length());
                } catch (MemoryExhausted | OutOfMemoryError e) {
                    giveOutside(target, from, at);
                    throw e;
                }
            }
            at += Element.size(at);
        }
    }

    private void giveOutside(long target, long from, long to) {
        long at = from;
        while (at < to) {
            room.giveOutside(target, at);
            at += Element.size(at);
        }
    }
}
