// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

import java.util.random.RandomGenerator;

/**
 * Owner thread only. The ways through a table other than by key.
 *
 * <p>While a visitor runs, segments keep their size and entries their place, so that a visitor's
 * removals leave holes and no more; the sizes are put right when the visitor is done.
 */
final class Walk {
    /** Tries for a random slot before looking along from the last one. */
    private static final int TRIES_MAX = 100;

    /** Buckets a sample looks at at most, for each entry wanted. */
    private static final int SAMPLE_BUCKETS_MAX = 16;

    private Walk() {}

    static long scan(Table table, long cursor, EntryVisitor visitor, boolean markedOnly) {
        int index = table.index(cursor);
        long word = table.directory[index];
        int depth = Segment.depth(word);
        long prefix = depth == 0 ? 0 : cursor & (-1L << (64 - depth));
        long next = depth == 0 ? 0 : prefix + (1L << (64 - depth));
        if (table.counts[table.first(index)] == 0) {
            if (table.visiting == 0 && Segment.buckets(word) > 0) {
                Reshape.relax(table, index);
            }
            return next;
        }
        int home = Segment.home(word, cursor);
        if (home + 1 < Segment.homes(word)) {
            next = prefix | Segment.homeStart(word, home + 1);
        }
        long before = table.size;
        table.visiting++;
        try {
            long start = prefix | Segment.homeStart(word, home);
            int wanted = markedOnly ? 0 : -1;
            range(table, word, home, cursor, cursor == start, wanted, visitor);
            if (Segment.spilled(word)) {
                spilled(table.spills[table.first(index)], cursor, next, visitor);
            }
        } finally {
            table.visiting--;
        }
        if (table.size != before && table.visiting == 0) {
            Reshape.relax(table, table.index(cursor));
        }
        return next;
    }

    /**
     * The entries whose home is this bucket and whose hash is not below {@code from}. Only where
     * strays may be among them, or the range is cut short because the segment has changed since the
     * cursor was given out, are their hashes asked for.
     *
     * @param wanted slots that are shown whether marked or not: all bits or none
     */
    private static void range(
            Table table,
            long word,
            int home,
            long from,
            boolean whole,
            int wanted,
            EntryVisitor visitor) {
        boolean strays = home > 0 && Bucket.passedAt(table.bucket(word, home - 1)) != 0;
        boolean all = whole && !strays;
        for (int at = home; ; at++) {
            long bucket = table.bucket(word, at);
            boolean further = Bucket.passedAt(bucket) != 0;
            for (int rest = wanted | Bucket.marksAt(bucket); ; rest &= rest - 1) {
                int slot = Integer.numberOfTrailingZeros(rest);
                if (slot >= Bucket.SLOTS) {
                    break;
                }
                if (Bucket.tagAt(bucket, slot) == 0) {
                    continue;
                }
                long entry = table.entry(bucket, slot);
                if (!(all && at == home)) {
                    long hash = table.layout.hash(entry);
                    if (Segment.home(word, hash) != home || Long.compareUnsigned(hash, from) < 0) {
                        continue;
                    }
                }
                visitor.visit(entry);
            }
            if (!further) {
                return;
            }
        }
    }

    private static void spilled(long list, long from, long next, EntryVisitor visitor) {
        for (int at = Spill.length(list) - 1; at >= 0; at--) {
            long hash = Spill.hash(list, at);
            long entry = Spill.entry(list, at);
            if (entry != 0
                    && Long.compareUnsigned(hash, from) >= 0
                    && (next == 0 || Long.compareUnsigned(hash, next) < 0)) {
                visitor.visit(entry);
            }
        }
    }

    static void visitHash(Table table, long hash, EntryVisitor visitor) {
        int index = table.index(hash);
        long word = table.directory[index];
        long pattern = Bucket.pattern(hash);
        table.visiting++;
        try {
            for (int at = Segment.home(word, hash); ; at++) {
                long bucket = table.bucket(word, at);
                long last = Memory.getLong(bucket + 8);
                long hits =
                        Bucket.hits(Memory.getLong(bucket), pattern)
                                | Bucket.lastHits(last, pattern);
                for (; hits != 0; hits &= hits - 1) {
                    long entry = table.entry(bucket, Bucket.slot(hits));
                    if (table.layout.hash(entry) == hash) {
                        visitor.visit(entry);
                    }
                }
                if (Bucket.passed(last) == 0) {
                    break;
                }
            }
            if (Segment.spilled(word)) {
                spilled(table.spills[table.first(index)], hash, hash + 1, visitor);
            }
        } finally {
            table.visiting--;
        }
    }

    static void forEach(Table table, EntryVisitor visitor) {
        long before = table.size;
        table.visiting++;
        try {
            int width;
            for (int first = 0; first < table.directory.length; first += width) {
                long word = table.directory[first];
                width = table.width(word);
                for (int at = 0; at < Segment.buckets(word); at++) {
                    bucket(table, table.bucket(word, at), visitor);
                }
                if (Segment.spilled(word)) {
                    spilled(table.spills[first], 0, 0, visitor);
                }
            }
        } finally {
            table.visiting--;
        }
        if (table.size != before && table.visiting == 0) {
            relaxAll(table);
        }
    }

    private static void bucket(Table table, long bucket, EntryVisitor visitor) {
        for (int slot = 0; slot < Bucket.SLOTS; slot++) {
            if (Bucket.tagAt(bucket, slot) != 0) {
                visitor.visit(table.entry(bucket, slot));
            }
        }
    }

    /** By hash and not by place, since the directory may be halved meanwhile. */
    private static void relaxAll(Table table) {
        long hash = 0;
        do {
            Reshape.relax(table, table.index(hash));
            int depth = Segment.depth(table.directory[table.index(hash)]);
            hash = depth == 0 ? 0 : (hash & (-1L << (64 - depth))) + (1L << (64 - depth));
        } while (hash != 0);
    }

    static long random(Table table, RandomGenerator random) {
        if (table.size == 0) {
            return 0;
        }
        long position = 0;
        for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
            position = random.nextLong();
            int index = table.index(position);
            long word = table.directory[index];
            int buckets = Segment.buckets(word);
            if (buckets == 0) {
                continue;
            }
            if (Segment.spilled(word)) {
                long entry = randomSpilled(table, table.first(index), random);
                if (entry != 0) {
                    return entry;
                }
            }
            int slot = random.nextInt(buckets * Bucket.SLOTS);
            long bucket = table.bucket(word, slot / Bucket.SLOTS);
            if (Bucket.tagAt(bucket, slot % Bucket.SLOTS) != 0) {
                return table.entry(bucket, slot % Bucket.SLOTS);
            }
        }
        return next(table, table.first(table.index(position)));
    }

    /** Zero by the chance that an entry of the segment is not a spilled one. */
    private static long randomSpilled(Table table, int first, RandomGenerator random) {
        long list = table.spills[first];
        int at = random.nextInt(Math.max(1, table.counts[first]));
        return at < Spill.length(list) ? Spill.entry(list, at) : 0;
    }

    /** The first entry from a segment on, around the end of the table. */
    private static long next(Table table, int first) {
        int at = first;
        do {
            long word = table.directory[at];
            for (int number = 0; number < Segment.buckets(word); number++) {
                long bucket = table.bucket(word, number);
                for (int slot = 0; slot < Bucket.SLOTS; slot++) {
                    if (Bucket.tagAt(bucket, slot) != 0) {
                        return table.entry(bucket, slot);
                    }
                }
            }
            at = (at + table.width(word)) & (table.directory.length - 1);
        } while (at != first);
        return 0;
    }

    static int sample(Table table, long randomHash, long[] into, int count) {
        int found = 0;
        int index = table.index(randomHash);
        int at = table.first(index);
        int origin = at;
        long word = table.directory[at];
        int number = Segment.home(word, randomHash);
        int skipped = number;
        long budget = Math.max(64L, (long) count * SAMPLE_BUCKETS_MAX);
        boolean around = false;
        while (found < count && budget-- > 0) {
            int end = around && at == origin ? skipped : Segment.buckets(word);
            if (number < end) {
                found = fill(table, table.bucket(word, number++), into, found, count);
                continue;
            }
            if (around && at == origin) {
                break;
            }
            if (Segment.spilled(word)) {
                found = fillSpilled(table.spills[at], into, found, count);
            }
            at = (at + table.width(word)) & (table.directory.length - 1);
            word = table.directory[at];
            number = 0;
            around |= at == origin;
        }
        return found;
    }

    private static int fill(Table table, long bucket, long[] into, int found, int count) {
        int filled = found;
        for (int slot = 0; slot < Bucket.SLOTS && filled < count; slot++) {
            if (Bucket.tagAt(bucket, slot) != 0) {
                into[filled++] = table.entry(bucket, slot);
            }
        }
        return filled;
    }

    private static int fillSpilled(long list, long[] into, int found, int count) {
        int filled = found;
        for (int at = Spill.length(list) - 1; at >= 0 && filled < count; at--) {
            long entry = Spill.entry(list, at);
            if (entry != 0) {
                into[filled++] = entry;
            }
        }
        return filled;
    }

    static boolean drain(Table table, EntryVisitor freeing, int budget) {
        int left = budget;
        while (table.drainIndex < table.directory.length) {
            int first = table.drainIndex;
            long word = table.directory[first];
            for (; table.drainBucket < Segment.buckets(word); table.drainBucket++) {
                if (left <= 0) {
                    return false;
                }
                // An empty bucket costs too, if less; it must not be free, or a pause has no end.
                left -= 1 + empty(table, table.bucket(word, table.drainBucket), freeing);
            }
            long list = table.spillAt(first);
            for (int at = Spill.length(list) - 1; at >= 0; at--) {
                if (left-- <= 0) {
                    return false;
                }
                long entry = Spill.entry(list, at);
                Spill.remove(list, at);
                if (entry != 0) {
                    table.size--;
                    freeing.visit(entry);
                }
            }
            int width = table.width(word);
            Reshape.discard(table, first);
            table.setWord(first, Segment.word(0, 0, Segment.depth(word)));
            table.counts[first] = 0;
            table.drainIndex += width;
            table.drainBucket = 0;
        }
        Reshape.reset(table);
        table.drainIndex = 0;
        return true;
    }

    private static int empty(Table table, long bucket, EntryVisitor freeing) {
        int emptied = 0;
        for (int slot = 0; slot < Bucket.SLOTS; slot++) {
            if (Bucket.tagAt(bucket, slot) != 0) {
                long entry = table.entry(bucket, slot);
                Bucket.clear(bucket, slot);
                table.size--;
                emptied++;
                freeing.visit(entry);
            }
        }
        return emptied;
    }

    static Table.Statistics statistics(Table table) {
        int segments = 0;
        long buckets = 0;
        long spilled = 0;
        int width;
        for (int first = 0; first < table.directory.length; first += width) {
            long word = table.directory[first];
            width = table.width(word);
            segments++;
            buckets += Segment.buckets(word);
            long list = table.spillAt(first);
            for (int at = Spill.length(list) - 1; at >= 0; at--) {
                spilled += Spill.entry(list, at) == 0 ? 0 : 1;
            }
        }
        double load = buckets == 0 ? 0 : (double) table.size / (buckets * Bucket.SLOTS);
        return new Table.Statistics(
                table.directory.length, segments, buckets, table.size, spilled, load);
    }
}
