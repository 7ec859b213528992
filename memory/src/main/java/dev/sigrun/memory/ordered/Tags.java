// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import dev.sigrun.memory.Memory;

/**
 * Any thread. A byte of the hash for each entry of a leaf or of a block of the index, eight of
 * which are compared in one word.
 */
final class Tags {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private Tags() {}

    /** The byte of a hash that is kept as a tag. */
    static int of(long hash) {
        return (int) (hash >>> 24) & 0xff;
    }

    static long pattern(int tag) {
        return tag * ONES;
    }

    /**
     * A high bit for each of eight tags that equals the pattern's, and sometimes one too many. All
     * eight bytes must be readable, also when fewer are tags.
     *
     * @param from index of the first tag, below the number of tags
     */
    static long hits(long tags, int from, int count, long pattern) {
        long difference = Memory.getLong(tags + from) ^ pattern;
        long hits = (difference - ONES) & ~difference & HIGHS;
        int left = count - from;
        return left < 8 ? hits & ((1L << (left << 3)) - 1) : hits;
    }

    /** The entry of the first of the hits. */
    static int first(int from, long hits) {
        return from + (Long.numberOfTrailingZeros(hits) >>> 3);
    }
}
