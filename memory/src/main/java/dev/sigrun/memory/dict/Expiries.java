// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

/**
 * Owner thread only. Finds the pairs of a map whose value has ended. Each segment knows a time
 * before which nothing in it ends, so only segments where something may have ended are looked
 * through; the time is set right when one has been looked through in vain.
 */
final class Expiries {
    private static final int STRIDE = 2;

    private Expiries() {}

    static long next(long root, long cursor, long nowMillis) {
        if (Root.timed(root) == 0) {
            return 0;
        }
        int rootDepth = Root.depth(root);
        long index = Root.index(rootDepth, cursor);
        int slot = Segment.slot(Root.entry(root, index), cursor);
        while (index < 1L << rootDepth) {
            long segment = Root.entry(root, index);
            if (Segment.earliestMillis(segment) <= nowMillis) {
                long found = search(segment, slot, nowMillis);
                if (found != 0) {
                    return found;
                }
            }
            slot = 0;
            int extra = rootDepth - Segment.depth(segment);
            index = ((index >>> extra) + 1) << extra;
        }
        return 0;
    }

    private static long search(long segment, int first, long nowMillis) {
        long earliestMillis = Segment.NEVER;
        int slot = first & -Segment.span(segment, first);
        boolean entire = slot == 0;
        while (slot < Segment.slots(segment)) {
            long bucket = Segment.bucket(segment, slot);
            int count = bucket == 0 ? 0 : Bucket.count(bucket);
            long at = bucket + Bucket.HEADER_BYTES;
            for (int left = count; left > 0; left--) {
                long value = at + Element.size(at);
                if (Element.isTimed(value)) {
                    long unixMillis = Element.expiryMillis(value);
                    if (unixMillis <= nowMillis) {
                        return at;
                    }
                    earliestMillis = Math.min(earliestMillis, unixMillis);
                }
                at = Bucket.skip(at, STRIDE);
            }
            slot += Segment.span(segment, slot);
        }
        if (entire) {
            Segment.earliestMillis(segment, earliestMillis);
        }
        return 0;
    }
}
