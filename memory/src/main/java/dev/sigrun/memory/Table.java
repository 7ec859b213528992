// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

import java.util.random.RandomGenerator;

/**
 * Owner thread only. A hash table of entries that live outside of the Java heap.
 *
 * <p>The table knows entries by address and asks an {@link EntryLayout} for their hash and key; it
 * never allocates, frees or writes one. It is extendible: the first bits of the hash choose a
 * segment through a directory, and only one segment of at most 256 buckets changes its size at a
 * time, so that no insert waits for long and memory never doubles at once. In a bucket ten one-byte
 * tags are compared eight at a time, so that a lookup touches the directory, usually one line of 64
 * bytes, and the entry.
 *
 * <p>Everything lies in the order of the hash. A scan's cursor is a hash, and means the same
 * whatever size the segments have.
 *
 * <p>Lookup, insert and remove are O(1) and allocate nothing on the Java heap, but for a doubling
 * of the directory. Equal hashes in great number make a lookup linear in them and nothing worse.
 * Inserting an entry whose key is present, or giving another hash than the layout's, breaks it.
 */
public final class Table {
    /** What DEBUG HTSTATS says. */
    public record Statistics(
            int directory, int segments, long buckets, long entries, long spilled, double load) {}

    final Allocator allocator;
    final EntryLayout layout;

    /** The words of {@link Segment}; a segment has as many in a row as its depth leaves open. */
    long[] directory = new long[1];

    /** How many entries a segment has, at the first of its places in the directory. */
    int[] counts = new int[1];

    /** The lists of {@link Spill}, at the same places; null as long as there is none. */
    long[] spills;

    /** 63 minus the number of bits that choose a place in the directory. */
    int shift = 63;

    /** Segments that use all of the directory's bits; when there is none it can be halved. */
    int deepest = 1;

    long size;
    long memoryBytes;

    /** Above 0 while a visitor runs: nothing may be inserted, and nothing changes its place. */
    int visiting;

    /** Where the bytes read ahead go, so that reading them is not left out. */
    long touched;

    int drainIndex;
    int drainBucket;

    private final long base;

    public Table(Allocator allocator, EntryLayout layout) {
        this.allocator = allocator;
        this.layout = layout;
        base = allocator.base();
    }

    /** The entry with this key, or 0. */
    public long find(long hash, long key, int keyLength) {
        long word = directory[index(hash)];
        long bucket = homeBucket(word, hash);
        long pattern = Bucket.pattern(hash);
        while (true) {
            long hits = Bucket.hits(Memory.getLong(bucket), pattern);
            for (; hits != 0; hits &= hits - 1) {
                long entry = entry(bucket, Long.numberOfTrailingZeros(hits) >>> 3);
                if (layout.matches(entry, key, keyLength)) {
                    return entry;
                }
            }
            long last = Memory.getLong(bucket + 8);
            hits = Bucket.lastHits(last, pattern);
            for (; hits != 0; hits &= hits - 1) {
                long entry = entry(bucket, Bucket.slot(hits));
                if (layout.matches(entry, key, keyLength)) {
                    return entry;
                }
            }
            if (Bucket.passed(last) == 0) {
                break;
            }
            bucket += Bucket.BYTES;
        }
        return Segment.spilled(word) ? findSpilled(hash, key, keyLength) : 0;
    }

    private long findSpilled(long hash, long key, int keyLength) {
        long list = spills[first(index(hash))];
        int at = Spill.find(layout, list, hash, key, keyLength);
        return at < 0 ? 0 : Spill.entry(list, at);
    }

    /** Adds an entry whose key is not in the table. When memory runs out, nothing has changed. */
    public void insert(long hash, long entry) {
        if (visiting != 0) {
            throw new IllegalStateException("A visitor must not insert into the table it visits.");
        }
        long reference = allocator.reference(entry);
        while (true) {
            int index = index(hash);
            long word = directory[index];
            int first = first(index);
            boolean full = counts[first] >= Segment.entriesMax(Segment.buckets(word));
            if (!full && place(word, hash, reference)) {
                counts[first]++;
                break;
            }
            if (!Reshape.enlarge(this, index, full)) {
                if (!full || !place(word, hash, reference)) {
                    spill(first, hash, entry);
                }
                counts[first]++;
                break;
            }
        }
        size++;
    }

    /** Puts an entry into the first bucket with room from its home on, if there is one. */
    boolean place(long word, long hash, long reference) {
        int home = Segment.home(word, hash);
        int buckets = Segment.buckets(word);
        long start = base + Segment.offset(word);
        for (int at = home; at < buckets; at++) {
            long bucket = start + (long) at * Bucket.BYTES;
            int slot = Bucket.vacancy(bucket);
            if (slot >= 0) {
                boolean marked = layout.isMarked(allocator.address(reference));
                Bucket.put(bucket, slot, Bucket.tag(hash), reference, marked);
                for (int passed = home; passed < at; passed++) {
                    Bucket.pass(start + (long) passed * Bucket.BYTES, 1);
                }
                return true;
            }
        }
        return false;
    }

    private void spill(int first, long hash, long entry) {
        if (spills == null) {
            spills = new long[directory.length];
        }
        memoryBytes -= Spill.memoryBytes(spills[first]);
        try {
            spills[first] = Spill.add(allocator, spills[first], hash, entry);
        } finally {
            memoryBytes += Spill.memoryBytes(spills[first]);
        }
        setWord(first, directory[first] | Segment.SPILLED);
    }

    /** Takes the entry with this key out, and returns it, or 0. A visitor may do so. */
    public long remove(long hash, long key, int keyLength) {
        long entry = find(hash, key, keyLength);
        if (entry != 0) {
            removeEntry(hash, entry);
        }
        return entry;
    }

    /** Takes this very entry out. A visitor may do so. */
    public boolean removeEntry(long hash, long entry) {
        int index = index(hash);
        int first = first(index);
        long at = locate(hash, entry);
        if (at != 0) {
            long bucket = at & -Bucket.BYTES;
            Bucket.clear(bucket, (int) at & (Bucket.BYTES - 1));
            long home = homeBucket(directory[index], hash);
            for (; home < bucket; home += Bucket.BYTES) {
                Bucket.pass(home, -1);
            }
        } else {
            int spilled = spilledAt(first, entry);
            if (spilled < 0) {
                return false;
            }
            Spill.remove(spills[first], spilled);
        }
        counts[first]--;
        size--;
        if (visiting == 0 && Reshape.isDue(directory[first], counts[first])) {
            Reshape.relax(this, index);
        }
        return true;
    }

    /** Tells the table that an entry has moved to another address. A visitor may do so. */
    public void replace(long hash, long oldEntry, long newEntry) {
        long at = locate(hash, oldEntry);
        if (at != 0) {
            long bucket = at & -Bucket.BYTES;
            int slot = (int) at & (Bucket.BYTES - 1);
            long reference = allocator.reference(newEntry);
            Bucket.put(bucket, slot, Bucket.tag(hash), reference, layout.isMarked(newEntry));
            return;
        }
        int first = first(index(hash));
        int spilled = spilledAt(first, oldEntry);
        if (spilled < 0) {
            throw new IllegalArgumentException("The entry to replace is not in the table.");
        }
        Spill.entry(spills[first], spilled, newEntry);
    }

    /** The address of the entry's bucket plus the number of its slot, or 0. */
    private long locate(long hash, long entry) {
        long bucket = homeBucket(directory[index(hash)], hash);
        long reference = allocator.reference(entry);
        long pattern = Bucket.pattern(hash);
        for (; ; bucket += Bucket.BYTES) {
            long last = Memory.getLong(bucket + 8);
            long hits =
                    Bucket.hits(Memory.getLong(bucket), pattern) | Bucket.lastHits(last, pattern);
            for (; hits != 0; hits &= hits - 1) {
                int slot = Bucket.slot(hits);
                if (Bucket.reference(bucket, slot) == reference) {
                    return bucket + slot;
                }
            }
            if (Bucket.passed(last) == 0) {
                return 0;
            }
        }
    }

    private int spilledAt(int first, long entry) {
        return Segment.spilled(directory[first]) ? Spill.find(spills[first], entry) : -1;
    }

    public long size() {
        return size;
    }

    /** The bytes of blocks that the table itself holds, entries not counted. */
    public long memoryBytes() {
        return memoryBytes;
    }

    /** Shows all entries that have this very hash, of which there is rarely more than one. */
    public void visitHash(long hash, EntryVisitor visitor) {
        Walk.visitHash(this, hash, visitor);
    }

    /** Reads the bucket where a hash belongs, so that it is in the cache for what follows. */
    public long touchBucket(long hash) {
        return Memory.rawLong(homeBucket(directory[index(hash)], hash));
    }

    /**
     * The likeliest entry for a hash, by its tag in the home bucket alone, or 0. It is a guess: the
     * caller may read it, so that it is in the cache, but must look the key up all the same.
     */
    public long likelyEntry(long hash) {
        long bucket = homeBucket(directory[index(hash)], hash);
        long pattern = Bucket.pattern(hash);
        long last = Memory.rawLong(bucket + 8);
        long hits = Bucket.hits(Memory.rawLong(bucket), pattern) | Bucket.lastHits(last, pattern);
        return hits == 0 ? 0 : entry(bucket, Bucket.slot(hits));
    }

    /**
     * Shows the visitor the entries of one bucket's range of hashes, and returns where the next
     * range begins, or 0 after the last; 0 also begins. An entry present all the time is shown at
     * least once however the table changes between calls, and exactly once if its hash range is not
     * passed again. The visitor may look up, remove and replace any entries, and free what it has
     * removed; it must not insert.
     */
    public long scan(long cursor, EntryVisitor visitor) {
        return Walk.scan(this, cursor, visitor, false);
    }

    /**
     * As {@link #scan}, but shows marked entries alone, at the cost of a look at each bucket: what
     * is rare is found quickly among much. Once in a long while an entry is shown that is not
     * marked.
     */
    public long scanMarked(long cursor, EntryVisitor visitor) {
        return Walk.scan(this, cursor, visitor, true);
    }

    /** Shows all entries, in about the order of their hashes. The visitor may do as in a scan. */
    public void forEach(EntryVisitor visitor) {
        Walk.forEach(this, visitor);
    }

    /** An entry by chance, each about as likely; 0 when there is none. */
    public long randomEntry(RandomGenerator random) {
        return Walk.random(this, random);
    }

    /** Fills in up to {@code count} different entries from around a position; returns how many. */
    public int sample(long randomHash, long[] into, int count) {
        return Walk.sample(this, randomHash, into, count);
    }

    /** Empties the table; the visitor frees the entries and must not touch the table. */
    public void clear(EntryVisitor freeing) {
        boolean _ = drain(freeing, Integer.MAX_VALUE);
    }

    /**
     * Empties the table by about {@code budget} entries, and returns whether it is empty. From the
     * first call to the one that returns true nothing else may be done with the table but asking
     * its size and memory.
     */
    public boolean drain(EntryVisitor freeing, int budget) {
        return Walk.drain(this, freeing, budget);
    }

    public Statistics statistics() {
        return Walk.statistics(this);
    }

    int index(long hash) {
        return (int) (hash >>> 1 >>> shift);
    }

    /** The first place in the directory of the segment that is at this one. */
    int first(int index) {
        return index & -width(directory[index]);
    }

    /** How many places in the directory a segment has. */
    int width(long word) {
        return 1 << (63 - shift - Segment.depth(word));
    }

    /** Sets the word of a segment at all its places. */
    void setWord(int first, long word) {
        int end = first + width(word);
        for (int at = first; at < end; at++) {
            directory[at] = word;
        }
    }

    long spillAt(int first) {
        return spills == null ? 0 : spills[first];
    }

    long bucket(long word, int number) {
        return base + Segment.offset(word) + (long) number * Bucket.BYTES;
    }

    long entry(long bucket, int slot) {
        return base + (Bucket.reference(bucket, slot) << 3);
    }

    private long homeBucket(long word, long hash) {
        return bucket(word, Segment.home(word, hash));
    }
}
