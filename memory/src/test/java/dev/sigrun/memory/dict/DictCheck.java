// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.Allocator;
import java.util.HashSet;
import java.util.Set;

/** Walks a whole dictionary and asserts everything that must hold between its parts. */
final class DictCheck {
    private final long root;
    private final int stride;
    private final long k0;
    private final long k1;
    private final Set<Long> blocks = new HashSet<>();
    private long count;
    private long timed;
    private long held;
    private long segments;
    private int deepest;

    private DictCheck(long root, int stride, long k0, long k1) {
        this.root = root;
        this.stride = stride;
        this.k0 = k0;
        this.k1 = k1;
    }

    /** Asserts, and returns the number of segments. */
    static long verify(long root, int stride, long k0, long k1) {
        DictCheck check = new DictCheck(root, stride, k0, k1);
        check.directory();
        return check.segments;
    }

    private void block(long address, long bytes) {
        assertTrue(blocks.add(address), "two parts share a block");
        held += Allocator.usableSize(bytes);
    }

    private void directory() {
        int depth = Root.depth(root);
        block(Root.directory(root), Root.directoryBytes(depth));
        long index = 0;
        while (index < 1L << depth) {
            long segment = Root.entry(root, index);
            int own = Segment.depth(segment);
            assertTrue(own <= depth, "a segment is deeper than the directory");
            deepest += depth > 0 && own == depth ? 1 : 0;
            long entries = 1L << (depth - own);
            assertEquals(0, index % entries, "a segment's entries begin askew");
            for (long at = index; at < index + entries; at++) {
                assertEquals(segment, Root.entry(root, at));
            }
            segment(segment, depth == 0 ? 0 : index << (64 - depth));
            index += entries;
        }
        assertEquals(Root.count(root), count);
        assertEquals(Root.timed(root), timed);
        assertEquals(Root.held(root), held);
        assertEquals(Root.deepest(root), deepest);
    }

    private void segment(long segment, long start) {
        segments++;
        block(segment, Segment.bytes(Segment.bits(segment)));
        int slot = 0;
        while (slot < Segment.slots(segment)) {
            int span = Segment.span(segment, slot);
            assertEquals(0, slot % span, "a bucket's slots begin askew");
            long bucket = Segment.bucket(segment, slot);
            assertTrue(Segment.isAll(segment, slot, span, bucket));
            if (bucket != 0) {
                int depth = Segment.bucketDepth(segment, span);
                int shift = 64 - Segment.depth(segment) - Segment.bits(segment);
                long from = start + (shift == 64 ? 0 : (long) slot << shift);
                bucket(segment, bucket, from, depth);
            }
            slot += span;
        }
    }

    private void bucket(long segment, long bucket, long from, int depth) {
        block(bucket, Bucket.capacity(bucket));
        int own = Bucket.count(bucket);
        assertTrue(own <= Bucket.COUNT_MAX);
        assertTrue(own <= Root.fullest(root));
        assertTrue(Bucket.used(bucket) + own <= Bucket.capacity(bucket));
        long at = bucket + Bucket.HEADER_BYTES;
        for (int index = 0; index < own; index++) {
            long hash = Item.hash(at, k0, k1);
            assertEquals(Bucket.tag(hash), Bucket.tagAt(bucket, index));
            assertTrue(depth == 0 || (hash ^ from) >>> (64 - depth) == 0, "a hash is astray");
            assertTrue(!Element.isTimed(at), "a key has a time");
            element(at);
            at += Element.size(at);
            if (stride == 2) {
                element(at);
                if (Element.isTimed(at)) {
                    timed++;
                    assertTrue(Element.expiryMillis(at) >= Segment.earliestMillis(segment));
                }
                at += Element.size(at);
            }
        }
        assertEquals(Bucket.end(bucket), at);
        count += own;
    }

    private void element(long at) {
        assertEquals(
                !Element.isInteger(at) && Element.length(at) > Element.LITERAL_MAX,
                Element.isOutside(at));
        if (Element.isOutside(at)) {
            block(Element.address(at), Element.length(at));
        }
    }
}
