// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

/**
 * Owner thread only. Entries on their way into one new segment, or into two by the next hash bit.
 *
 * <p>The old blocks are only read. So a pour that fails, for want of memory or of room, is
 * abandoned and has changed nothing; one that succeeds is installed after the old blocks are freed.
 */
final class Pour {
    /** Instead of a number of buckets: there is no second segment. */
    static final int NONE = -1;

    /** Buckets whose entries are all read before the first is hashed: misses then overlap. */
    private static final int AHEAD = 4;

    private final Table table;
    private final int depth;
    private final boolean maySpill;
    private final long[] words = new long[2];
    private final long[] spills = new long[2];
    private final int[] counts = new int[2];
    private final int targets;

    Pour(Table table, int depth, int lowBuckets, int highBuckets, boolean maySpill) {
        this.table = table;
        this.depth = depth;
        this.maySpill = maySpill;
        targets = highBuckets == NONE ? 1 : 2;
        words[0] = segment(lowBuckets);
        if (targets == 2) {
            try {
                words[1] = segment(highBuckets);
            } catch (MemoryExhausted exhausted) {
                free(0);
                throw exhausted;
            }
        }
    }

    private long segment(int buckets) {
        if (buckets == 0) {
            return Segment.word(0, 0, depth);
        }
        long bytes = (long) buckets * Bucket.BYTES;
        long block = table.allocator.allocate(bytes);
        Memory.set(block, bytes, (byte) 0);
        return Segment.word(block - table.allocator.base(), buckets, depth);
    }

    /** Pours all of a segment. False when an entry found no bucket and may not be spilled. */
    boolean from(int first) {
        try {
            return buckets(table.directory[first]) && spilled(table.spillAt(first));
        } catch (MemoryExhausted exhausted) {
            abandon();
            throw exhausted;
        }
    }

    private boolean buckets(long word) {
        int buckets = Segment.buckets(word);
        for (int at = 0; at < buckets; at++) {
            if (at % AHEAD == 0) {
                touch(table, word, at, Math.min(buckets, at + AHEAD));
            }
            long bucket = table.bucket(word, at);
            for (long left = Bucket.occupied(bucket); left != 0; left &= left - 1) {
                long entry = table.entry(bucket, Bucket.slot(left));
                if (!pour(table.layout.hash(entry), entry)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void touch(Table table, long word, int from, int to) {
        long sum = 0;
        for (int at = from; at < to; at++) {
            long bucket = table.bucket(word, at);
            for (long left = Bucket.occupied(bucket); left != 0; left &= left - 1) {
                sum += Memory.rawLong(table.entry(bucket, Bucket.slot(left)));
            }
        }
        table.touched = sum;
    }

    private boolean spilled(long list) {
        for (int at = Spill.length(list) - 1; at >= 0; at--) {
            long entry = Spill.entry(list, at);
            if (entry != 0 && !pour(Spill.hash(list, at), entry)) {
                return false;
            }
        }
        return true;
    }

    private boolean pour(long hash, long entry) {
        int target = targets == 1 ? 0 : high(hash, depth);
        if (!table.place(words[target], hash, table.allocator.reference(entry))) {
            if (!maySpill) {
                return false;
            }
            spills[target] = Spill.add(table.allocator, spills[target], hash, entry);
            words[target] |= Segment.SPILLED;
        }
        counts[target]++;
        return true;
    }

    /** The last of the bits that a segment of this depth has in common. */
    private static int high(long hash, int depth) {
        return (int) (hash >>> (64 - depth)) & 1;
    }

    /** Of a segment's entries, how many would go into the second of two. */
    static int highShare(Table table, int first, int depth) {
        long word = table.directory[first];
        int share = 0;
        for (int at = 0; at < Segment.buckets(word); at++) {
            long bucket = table.bucket(word, at);
            for (long left = Bucket.occupied(bucket); left != 0; left &= left - 1) {
                long entry = table.entry(bucket, Bucket.slot(left));
                share += high(table.layout.hash(entry), depth);
            }
        }
        long list = table.spillAt(first);
        for (int at = Spill.length(list) - 1; at >= 0; at--) {
            share += Spill.entry(list, at) == 0 ? 0 : high(Spill.hash(list, at), depth);
        }
        return share;
    }

    /** Frees what was built. */
    void abandon() {
        for (int target = 0; target < targets; target++) {
            free(target);
        }
    }

    private void free(int target) {
        int buckets = Segment.buckets(words[target]);
        if (buckets > 0) {
            table.allocator.free(table.bucket(words[target], 0), (long) buckets * Bucket.BYTES);
        }
        Spill.free(table.allocator, spills[target]);
    }

    /** Enters what was built into the directory, from this place on. */
    void install(int first) {
        int at = first;
        for (int target = 0; target < targets; target++) {
            long word = words[target];
            table.setWord(at, word);
            table.counts[at] = counts[target];
            if (spills[target] != 0 && table.spills == null) {
                table.spills = new long[table.directory.length];
            }
            if (table.spills != null) {
                table.spills[at] = spills[target];
            }
            table.memoryBytes +=
                    Spill.memoryBytes(spills[target])
                            + (Segment.buckets(word) == 0
                                    ? 0
                                    : Allocator.usableSize(
                                            (long) Segment.buckets(word) * Bucket.BYTES));
            at += table.width(word);
        }
    }
}
