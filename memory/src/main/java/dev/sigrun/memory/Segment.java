// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

import java.util.Arrays;

/**
 * Any thread. What a directory's word says about a segment, and where in it a hash belongs.
 *
 * <p>A segment is a block of buckets. All hashes in it share their first {@code depth} bits; the
 * bits that follow choose the home bucket, in order, by multiplying with the number of homes. A few
 * buckets at the end are nobody's home, so that probing forward never has to wrap. The word:
 *
 * <pre>
 *   0  35 bits: the block's address, in units of 64 bytes from the region's base
 *  36  9 bits: buckets that are homes
 *  45  9 bits: buckets in all
 *  54  5 bits: depth
 *  60  1 bit: some entries found no bucket and are in a {@link Spill}
 * </pre>
 *
 * <p>An empty segment has no block: it points at the region's base, where a line of zeros reads as
 * an empty bucket.
 */
final class Segment {
    static final int BUCKETS_MAX = 256;
    static final long SPILLED = 1L << 60;

    /** The share of slots in use beyond which a segment grows. */
    private static final double LOAD_MAX = 0.92;

    private static final int HOMES_SHIFT = 36;
    private static final int BUCKETS_SHIFT = 45;
    private static final int DEPTH_SHIFT = 54;
    private static final long ADDRESS = (1L << HOMES_SHIFT) - 1;

    /** The sizes a segment goes through: those that fill a block of the allocator. */
    private static final int[] STEPS = steps();

    private static final int[] ENTRIES_MAX = entriesMax();

    private Segment() {}

    private static int[] steps() {
        int[] steps = new int[64];
        int count = 0;
        int buckets = 1;
        while (buckets <= BUCKETS_MAX) {
            steps[count++] = buckets;
            int more = buckets + Math.max(1, buckets / (buckets < 16 ? 4 : 8));
            buckets = (int) (Allocator.usableSize((long) more * Bucket.BYTES) / Bucket.BYTES);
        }
        return Arrays.copyOf(steps, count);
    }

    static long word(long offset, int buckets, int depth) {
        return (offset >>> 6)
                | ((long) homesOf(buckets) << HOMES_SHIFT)
                | ((long) buckets << BUCKETS_SHIFT)
                | ((long) depth << DEPTH_SHIFT);
    }

    /** From the region's base, in bytes. */
    static long offset(long word) {
        return (word & ADDRESS) << 6;
    }

    static int homes(long word) {
        return (int) (word >>> HOMES_SHIFT) & 0x1ff;
    }

    static int buckets(long word) {
        return (int) (word >>> BUCKETS_SHIFT) & 0x1ff;
    }

    static int depth(long word) {
        return (int) (word >>> DEPTH_SHIFT) & 0x1f;
    }

    static boolean spilled(long word) {
        return (word & SPILLED) != 0;
    }

    /** The bucket, by number, where a hash belongs. */
    static int home(long word, long hash) {
        return (int) ((((hash << depth(word)) >>> 32) * homes(word)) >>> 32);
    }

    /** The least hash whose home is this bucket, the segment's own first bits left out. */
    static long homeStart(long word, int home) {
        int homes = homes(word);
        if (homes == 0) {
            return 0;
        }
        long start = (((long) home << 32) + homes - 1) / homes;
        return (start << 32) >>> depth(word);
    }

    private static int homesOf(int buckets) {
        if (buckets < 4) {
            return buckets;
        }
        return buckets - (buckets < 16 ? 1 : buckets < 64 ? 2 : 4);
    }

    /** How many entries a segment of so many buckets is let to hold. */
    static int entriesMax(int buckets) {
        return ENTRIES_MAX[buckets];
    }

    private static int[] entriesMax() {
        int[] entries = new int[BUCKETS_MAX + 1];
        for (int buckets = 0; buckets <= BUCKETS_MAX; buckets++) {
            int slots = buckets * Bucket.SLOTS;
            entries[buckets] = buckets <= 2 ? slots : (int) (slots * LOAD_MAX);
        }
        return entries;
    }

    /** The next larger size, or the same at the maximum. */
    static int larger(int buckets) {
        int at = Arrays.binarySearch(STEPS, buckets + 1);
        int index = at < 0 ? -at - 1 : at;
        return index < STEPS.length ? STEPS[index] : buckets;
    }

    /** The smallest size that holds so many entries with that share of its slots, in percent. */
    static int fitting(int entries, int percent) {
        if (entries == 0) {
            return 0;
        }
        for (int buckets : STEPS) {
            if ((long) entries * 100 <= (long) entriesMax(buckets) * percent) {
                return buckets;
            }
        }
        return BUCKETS_MAX;
    }
}
