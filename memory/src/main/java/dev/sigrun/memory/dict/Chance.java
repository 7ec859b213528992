// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

import java.util.random.RandomGenerator;

/**
 * Owner thread only. Picks an element of a dictionary so that each has the same chance: a hash at
 * random names a bucket, a place at random among as many as the fullest bucket could have, times
 * the smaller range it would be in, names an element or none; and so on until there is one. That
 * takes a few tries. Where whole ranges of hashes have been emptied it would take many: then all
 * buckets are counted.
 */
final class Chance {
    private static final int TRIES_MAX = 4096;

    private Chance() {}

    static long pick(long root, int stride, RandomGenerator random) {
        if (Root.count(root) == 0) {
            return 0;
        }
        int fullest = Root.fullest(root);
        int finest = finestDepth(root);
        for (int left = TRIES_MAX; left > 0; left--) {
            long hash = random.nextLong();
            long segment = Root.segment(root, hash);
            int slot = Segment.slot(segment, hash);
            long bucket = Segment.bucket(segment, slot);
            if (bucket == 0) {
                continue;
            }
            int depth = Segment.bucketDepth(segment, Segment.span(segment, slot));
            long places = (long) fullest << (finest - depth);
            long chosen = random.nextLong(places);
            if (chosen < Bucket.count(bucket)) {
                return Bucket.element(bucket, (int) chosen, stride);
            }
        }
        return count(root, stride, random.nextLong(Root.count(root)));
    }

    /** A depth that no bucket's is larger than. */
    private static int finestDepth(long root) {
        int depth = Root.depth(root);
        return depth == 0 ? Segment.bits(Root.entry(root, 0)) : depth + Segment.BITS_MAX;
    }

    /** The element with an index in the order of hashes. */
    private static long count(long root, int stride, long index) {
        long left = index;
        long hash = 0;
        while (true) {
            long segment = Root.segment(root, hash);
            int slot = Segment.slot(segment, hash);
            long bucket = Segment.bucket(segment, slot);
            int count = bucket == 0 ? 0 : Bucket.count(bucket);
            if (left < count) {
                return Bucket.element(bucket, (int) left, stride);
            }
            left -= count;
            int depth = Segment.bucketDepth(segment, Segment.span(segment, slot));
            hash += Long.MIN_VALUE >>> (depth - 1);
        }
    }
}
