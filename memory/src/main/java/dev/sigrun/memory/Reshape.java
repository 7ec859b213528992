// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

/**
 * Owner thread only. How a table's segments grow, split, shrink and join.
 *
 * <p>Each step builds new blocks beside the old ones and then changes the directory, so that
 * running out of memory leaves all as it was. A segment grows through the sizes of {@link Segment}
 * and then splits in two of about half the size. It shrinks when little more than half full, to a
 * size that leaves room: what one insert did, one remove does not undo. A step handles at most
 * 2,560 entries (spilled ones aside), which bounds the pause.
 */
final class Reshape {
    /** How many bits longer than even hashes need the directory may become: a bound on waste. */
    private static final int DEPTH_SLACK = 8;

    private static final int DEPTH_MAX = 26;

    /** Shrinking begins below this share of a segment's entries, in percent. */
    private static final int SHRINK_BELOW = 55;

    /** What shrinking and joining leave is at most this full, in percent. */
    private static final int SHRINK_TO = 85;

    /** Two segments join when they have together at most this share of the maximum. */
    private static final int JOIN_BELOW = 60;

    /** Halves of a split get a size which an even share fills to this degree, in percent. */
    private static final int SPLIT_TO = 95;

    /** A segment of this many buckets, half empty, yet with no room is the work of like hashes. */
    private static final int UNEVEN_FROM = 16;

    private Reshape() {}

    /** Makes room where a hash belongs. False when that would not help: the entry must spill. */
    static boolean enlarge(Table table, int index, boolean full) {
        long word = table.directory[index];
        int buckets = Segment.buckets(word);
        int first = table.first(index);
        int count = table.counts[first];
        if (!full && uneven(count, buckets)) {
            return false;
        }
        if (buckets < Segment.BUCKETS_MAX) {
            rebuild(table, first, Segment.larger(buckets));
            return true;
        }
        int depth = Segment.depth(word);
        int even = 64 - Long.numberOfLeadingZeros(table.size >>> 10);
        if (depth >= Math.min(DEPTH_MAX, even + DEPTH_SLACK)) {
            return false;
        }
        if (depth == 63 - table.shift) {
            widen(table);
            first <<= 1;
        }
        split(table, first);
        return true;
    }

    private static boolean uneven(int count, int buckets) {
        return buckets >= UNEVEN_FROM && count * 2 < Segment.entriesMax(buckets);
    }

    /**
     * Whether to look for a smaller size after this one of many removals. Where keys are removed in
     * the order of a scan, as when they expire, what is left is crowded in a part of the segment
     * and fits in no smaller one: the vain attempt must not follow each single removal.
     */
    static boolean isDue(long word, int count) {
        int step = Segment.buckets(word) / 4;
        return step <= 1 || count % step == 0;
    }

    /** After a removal: joins or shrinks the segment if little is left in it. */
    static void relax(Table table, int index) {
        int first = table.first(index);
        while (true) {
            long word = table.directory[first];
            int buckets = Segment.buckets(word);
            int count = table.counts[first];
            if (buckets > 0 && count * 100 >= Segment.entriesMax(buckets) * SHRINK_BELOW) {
                return;
            }
            try {
                int joined = join(table, first);
                if (joined < 0) {
                    int target = Segment.fitting(count, SHRINK_TO);
                    if (target < buckets) {
                        rebuild(table, first, target);
                    }
                    return;
                }
                first = joined;
            } catch (MemoryExhausted wait) {
                // Shrinking needs a new block first. There will be another removal.
                return;
            }
        }
    }

    /** Joins a segment with the one it was split from, and returns where; -1 if it must not be. */
    private static int join(Table table, int first) {
        long word = table.directory[first];
        int depth = Segment.depth(word);
        if (depth == 0) {
            return -1;
        }
        int width = table.width(word);
        int other = first ^ width;
        long otherWord = table.directory[other];
        int count = table.counts[first] + table.counts[other];
        if (Segment.depth(otherWord) != depth
                || count * 100 > Segment.entriesMax(Segment.BUCKETS_MAX) * JOIN_BELOW) {
            return -1;
        }
        int target = Math.min(first, other);
        gather(table, first, other, depth - 1, Segment.fitting(count, SHRINK_TO));
        if (depth == 63 - table.shift) {
            table.deepest -= 2;
            while (table.deepest == 0 && table.shift < 63) {
                narrow(table);
                target >>>= 1;
            }
        }
        return target;
    }

    private static void rebuild(Table table, int first, int buckets) {
        gather(table, first, first, Segment.depth(table.directory[first]), buckets);
    }

    /** Moves the entries of one segment, or two, into a new one of at least so many buckets. */
    private static void gather(Table table, int first, int other, int depth, int buckets) {
        int count = table.counts[first] + (other == first ? 0 : table.counts[other]);
        for (int size = buckets; ; size = Segment.larger(size)) {
            boolean tight = size == Segment.BUCKETS_MAX || uneven(count, size);
            Pour pour = new Pour(table, depth, size, Pour.NONE, tight);
            if (pour.from(first) && (other == first || pour.from(other))) {
                discard(table, first);
                if (other != first) {
                    discard(table, other);
                    table.counts[Math.max(first, other)] = 0;
                }
                pour.install(Math.min(first, other));
                return;
            }
            pour.abandon();
        }
    }

    private static void split(Table table, int first) {
        long word = table.directory[first];
        int depth = Segment.depth(word) + 1;
        int count = table.counts[first];
        int half = Segment.fitting((count + 1) / 2, SPLIT_TO);
        Pour pour = new Pour(table, depth, half, half, false);
        if (!pour.from(first)) {
            pour.abandon();
            int high = Pour.highShare(table, first, depth);
            int lowBuckets = Segment.fitting(count - high, SPLIT_TO);
            int highBuckets = Segment.fitting(high, SPLIT_TO);
            pour = new Pour(table, depth, lowBuckets, highBuckets, true);
            boolean _ = pour.from(first);
        }
        discard(table, first);
        pour.install(first);
        if (depth == 63 - table.shift) {
            table.deepest += 2;
        }
    }

    static void discard(Table table, int first) {
        long word = table.directory[first];
        int buckets = Segment.buckets(word);
        if (buckets > 0) {
            long bytes = (long) buckets * Bucket.BYTES;
            table.allocator.free(table.bucket(word, 0), bytes);
            table.memoryBytes -= Allocator.usableSize(bytes);
        }
        if (Segment.spilled(word)) {
            table.memoryBytes -= Spill.memoryBytes(table.spills[first]);
            Spill.free(table.allocator, table.spills[first]);
            table.spills[first] = 0;
        }
    }

    /** Doubles the directory. */
    private static void widen(Table table) {
        int length = table.directory.length;
        long[] directory = new long[length * 2];
        int[] counts = new int[length * 2];
        long[] spills = table.spills == null ? null : new long[length * 2];
        for (int at = 0; at < length; at++) {
            directory[at * 2] = table.directory[at];
            directory[at * 2 + 1] = table.directory[at];
            counts[at * 2] = table.counts[at];
            if (spills != null) {
                spills[at * 2] = table.spills[at];
            }
        }
        adopt(table, directory, counts, spills);
        table.shift--;
        table.deepest = 0;
    }

    /** Halves the directory, whose last bit no segment uses. */
    private static void narrow(Table table) {
        int length = table.directory.length / 2;
        long[] directory = new long[length];
        int[] counts = new int[length];
        long[] spills = table.spills == null ? null : new long[length];
        int deepest = 0;
        for (int at = 0; at < length; at++) {
            directory[at] = table.directory[at * 2];
            counts[at] = table.counts[at * 2];
            if (spills != null) {
                spills[at] = table.spills[at * 2];
            }
            if (Segment.depth(directory[at]) == 62 - table.shift) {
                deepest++;
            }
        }
        adopt(table, directory, counts, spills);
        table.shift++;
        table.deepest = deepest;
    }

    private static void adopt(Table table, long[] directory, int[] counts, long[] spills) {
        table.directory = directory;
        table.counts = counts;
        table.spills = spills;
    }

    /** Makes the table what it was when new; its blocks are already gone. */
    static void reset(Table table) {
        adopt(table, new long[1], new int[1], null);
        table.shift = 63;
        table.deepest = 1;
    }
}
