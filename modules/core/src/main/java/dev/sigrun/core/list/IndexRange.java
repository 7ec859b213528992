// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

/**
 * A range of indexes as clients give it, both ends included and negative ones from the end, cut to
 * what there is. A flyweight; confined to one thread.
 */
final class IndexRange {
    private long start;
    private long count;

    void clip(long first, long last, long length) {
        start = Math.max(0, first < 0 ? first + length : first);
        long stop = Math.min(length - 1, last < 0 ? last + length : last);
        // Either end may be so far away that their difference is beyond all numbers.
        count = stop < start ? 0 : stop - start + 1;
    }

    /** The first index; without meaning when {@link #count} is 0. */
    long start() {
        return start;
    }

    /** Number of indexes. */
    long count() {
        return count;
    }
}
