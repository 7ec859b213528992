// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.EntryLayout;
import dev.sigrun.memory.EntryVisitor;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.Table;
import java.util.random.RandomGenerator;

/** One numbered database: a table of entries. Owner thread only. */
public final class Database {
    private final int index;
    private final Allocator allocator;
    private final EntryLayout layout;
    private Table table;
    private long volatileKeys;
    private long keysWithVolatileItems;

    /** Where the active expiry goes on; a position in the table's scan order. */
    long expiryCursor;

    /** Sum and number of the times to live that the active expiry has seen, for {@code INFO}. */
    long averageTtlMillis;

    Database(int index, Allocator allocator, EntryLayout layout) {
        this.index = index;
        this.allocator = allocator;
        this.layout = layout;
        this.table = new Table(allocator, layout);
    }

    /** The database's number. */
    public int index() {
        return index;
    }

    /** Number of keys, those past their time included. */
    public long size() {
        return table.size();
    }

    /** Number of keys with a time to live. */
    public long volatileKeys() {
        return volatileKeys;
    }

    /** Number of keys whose values have elements with a time to live of their own. */
    public long keysWithVolatileItems() {
        return keysWithVolatileItems;
    }

    /** The average time to live in milliseconds, as the active expiry estimates it. */
    public long averageTtlMillis() {
        return volatileKeys == 0 ? 0 : averageTtlMillis;
    }

    /** Bytes that the table itself takes. */
    public long tableBytes() {
        return table.memoryBytes();
    }

    /** The table, for statistics. */
    public Table table() {
        return table;
    }

    /** Brings the place of a key into the cache; the result is of no use but to be used. */
    public long touchBucket(long hash) {
        return table.touchBucket(hash);
    }

    /** What is probably the key's entry, or 0; for {@link #touchEntry} and {@link #touchValue}. */
    public long likelyEntry(long hash) {
        return table.likelyEntry(hash);
    }

    /** Brings the beginning of an entry into the cache; the result is of no use but to be used. */
    public static long touchEntry(long entry) {
        return Memory.touch(entry);
    }

    /** Brings the end of an entry's value into the cache, once its beginning is there. */
    public static long touchValue(long entry) {
        return Entry.touchEnd(entry);
    }

    /** The entry with a key, or 0. */
    public long find(long hash, long key, int keyLength) {
        return table.find(hash, key, keyLength);
    }

    void insert(long hash, long entry) {
        table.insert(hash, entry);
        count(entry, 1);
    }

    /** Puts an entry in the place of another of the same key, which must still be there. */
    void replace(long hash, long oldEntry, long newEntry) {
        count(oldEntry, -1);
        table.replace(hash, oldEntry, newEntry);
        count(newEntry, 1);
    }

    private void count(long entry, int number) {
        if (Entry.hasExpiry(entry)) {
            volatileKeys += number;
        }
        if (Entry.elementsExpire(entry)) {
            keysWithVolatileItems += number;
        }
    }

    /** Takes note that an entry stands elsewhere; the old place may be gone already. */
    void moved(long hash, long oldEntry, long newEntry) {
        table.replace(hash, oldEntry, newEntry);
    }

    /** Says whether elements of an entry's value expire. */
    void elementsExpire(long hash, long entry, boolean some) {
        if (Entry.elementsExpire(entry) != some) {
            Entry.elementsExpire(entry, some);
            table.replace(hash, entry, entry);
            keysWithVolatileItems += some ? 1 : -1;
        }
    }

    void remove(long hash, long entry) {
        table.removeEntry(hash, entry);
        count(entry, -1);
    }

    long scan(long cursor, EntryVisitor visitor) {
        return table.scan(cursor, visitor);
    }

    long scanVolatile(long cursor, EntryVisitor visitor) {
        return table.scanMarked(cursor, visitor);
    }

    /** Fills {@code into} with volatile entries from a random place on; there must be some. */
    int sampleVolatile(long randomHash, long[] into, int count) {
        VolatileSample sample = new VolatileSample(into, count);
        long cursor = table.scanMarked(randomHash, sample);
        boolean wrapped = false;
        while (!sample.isFull() && !(wrapped && cursor == 0)) {
            wrapped |= cursor == 0;
            cursor = table.scanMarked(cursor, sample);
        }
        return sample.count();
    }

    long randomEntry(RandomGenerator random) {
        return table.size() == 0 ? 0 : table.randomEntry(random);
    }

    int sample(long randomHash, long[] into, int count) {
        return table.sample(randomHash, into, count);
    }

    /** Exchanges the content of two databases; their numbers stay. */
    void swap(Database other) {
        Table otherTable = other.table;
        other.table = table;
        table = otherTable;
        long otherVolatile = other.volatileKeys;
        other.volatileKeys = volatileKeys;
        volatileKeys = otherVolatile;
        long otherItems = other.keysWithVolatileItems;
        other.keysWithVolatileItems = keysWithVolatileItems;
        keysWithVolatileItems = otherItems;
        long otherAverage = other.averageTtlMillis;
        other.averageTtlMillis = averageTtlMillis;
        averageTtlMillis = otherAverage;
        expiryCursor = 0;
        other.expiryCursor = 0;
    }

    /** Takes the table with everything in it away and begins an empty one. */
    Table detach() {
        Table full = table;
        table = new Table(allocator, layout);
        volatileKeys = 0;
        keysWithVolatileItems = 0;
        averageTtlMillis = 0;
        expiryCursor = 0;
        return full;
    }
}
