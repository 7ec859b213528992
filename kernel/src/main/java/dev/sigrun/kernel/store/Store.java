// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.kernel.base.Check;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.base.Slice;
import dev.sigrun.kernel.measure.LatencyMonitor;
import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.EntryLayout;
import dev.sigrun.memory.SipHash;
import dev.sigrun.memory.Table;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.type.DataType;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * All databases and what they share: the allocator, the hash, the types, the time, expiry, eviction
 * and lazy free.
 *
 * <p>The time stands still while a command runs: {@link #advance} moves it. {@link #generation}
 * moves whenever an entry is freed or moves, and whoever remembers an entry's address looks it up
 * again then. Owner thread only.
 */
public final class Store {
    private final Allocator allocator;
    private final Clock clock;
    private final LatencyMonitor latency;
    private final RandomGenerator random;
    private final long hashKey0;
    private final long hashKey1;
    private final Database[] databases;
    private final ObjectSlots objects = new ObjectSlots();
    private final StoredTypes types = new StoredTypes();
    private final StoreStats stats = new StoreStats();
    private final AccessClock accessClock;
    private final Freeing freeing;
    private final StoreValueContext valueContext;
    private final Slice expiredName = new Slice();
    private final EntryLayout layout = new EntryKeys(this);
    private StoreListener listener = StoreListener.NONE;
    private Cut cut;
    private long nowMillis;
    private long generation;
    private boolean importing;
    private boolean following;
    private boolean byOrigin;
    private final OwnExpiries ownExpiries = new OwnExpiries(this);
    private BooleanSupplier paused = () -> false;
    private boolean seenBySource;
    private boolean verifyChecksums = true;
    private boolean strictVersions = true;

    /**
     * Makes empty databases.
     *
     * @param databaseCount number of databases
     * @param hashKey0 half of the key of the hash, which keeps clients from choosing collisions
     * @param hashKey1 the other half
     */
    public Store(
            Allocator allocator,
            Clock clock,
            RandomGenerator random,
            int databaseCount,
            long hashKey0,
            long hashKey1) {
        this.allocator = allocator;
        this.clock = clock;
        this.latency = new LatencyMonitor(clock);
        this.random = random;
        this.hashKey0 = hashKey0;
        this.hashKey1 = hashKey1;
        this.accessClock = new AccessClock(random);
        this.valueContext = new StoreValueContext(allocator);
        this.freeing = new Freeing(this, clock);
        this.databases = new Database[databaseCount];
        for (int i = 0; i < databaseCount; i++) {
            databases[i] = new Database(i, allocator, layout);
        }
        advance();
    }

    /** Keeps what held the owner for long. */
    public LatencyMonitor latency() {
        return latency;
    }

    /** Says who hears of events. */
    public void listener(StoreListener hearer) {
        listener = hearer;
    }

    StoreListener listener() {
        return listener;
    }

    /** Takes the time that holds until the next call. */
    public void advance() {
        nowMillis = clock.unixMillis();
        accessClock.advance(nowMillis);
    }

    /** Milliseconds since the Unix epoch, as of the last {@link #advance}. */
    public long nowMillis() {
        return nowMillis;
    }

    /** The hash of a key. */
    public long hash(long key, int keyLength) {
        return SipHash.hash12(key, keyLength, hashKey0, hashKey1);
    }

    /** Number of databases. */
    public int databaseCount() {
        return databases.length;
    }

    /** A database by its number. */
    public Database database(int index) {
        return databases[index];
    }

    /** Counters. */
    public StoreStats stats() {
        return stats;
    }

    /** The types of plugins. */
    public StoredTypes types() {
        return types;
    }

    /** The meaning of the access clock. */
    public AccessClock accessClock() {
        return accessClock;
    }

    /** The allocator of everything off the heap. */
    public Allocator allocator() {
        return allocator;
    }

    /** The source of randomness. */
    public RandomGenerator random() {
        return random;
    }

    /**
     * Cuts: all keys as they are now will be shown to the taker. There is one cut at a time.
     *
     * @param taker is shown keys by {@link Cut#walk}, and in between whenever one is about to
     *     change
     */
    public Cut cut(Cut.Taker taker) {
        Check.that(cut == null, "one cut is under way at a time");
        cut = new Cut(this, taker);
        return cut;
    }

    @SuppressWarnings("ReferenceEquality") // It is the one that is under way or not.
    void cutEnded(Cut ended) {
        if (cut == ended) {
            cut = null;
        }
    }

    /** A key is about to be changed, removed or made: who has yet to be shown it sees it now. */
    void beforeChange(Database db, long hash) {
        if (cut != null) {
            cut.beforeChange(db.table(), hash);
        }
    }

    /** A long string that {@link SavedEntries#pinString} has given out is not read any more. */
    public void releaseString(long block) {
        freeing.pins().release(block);
    }

    /** The way that values go. */
    Freeing freeing() {
        return freeing;
    }

    ObjectSlots objects() {
        return objects;
    }

    /** Moves whenever an entry is freed or moves. */
    public long generation() {
        return generation;
    }

    void entryMoved() {
        generation++;
    }

    /** Forgets a type that no value has, down to the context that its methods were lent last. */
    public void forget(DataType<?> type) {
        types.remove(type);
        valueContext.of(null, null, -1);
    }

    /** Gives back the cell of a value that was made and then not taken. */
    void releaseCell() {
        valueContext.releaseCell();
    }

    StoreValueContext context(StoredType type) {
        return valueContext.of(type, null, -1);
    }

    StoreValueContext context(StoredType type, Bytes key, int db) {
        return valueContext.of(type, key, db);
    }

    /**
     * Begins or ends the import of somebody else's keys. Who sends them says when they go:
     * meanwhile keys past their time are hidden but stay, unless they are written to.
     */
    public void importing(boolean yes) {
        importing = yes;
        seenBySource = false;
    }

    /** Whether keys are being imported. */
    public boolean isImporting() {
        return importing;
    }

    /**
     * Says whether the data is that of a primary, who says when keys go: meanwhile keys past their
     * time are hidden but stay, unless they are written to.
     */
    public void following(boolean yes) {
        if (yes && !following) {
            ownExpiries.clear();
        }
        following = yes;
    }

    /** The keys of a replica whose time to live its primary does not know of. */
    public OwnExpiries ownExpiries() {
        return ownExpiries;
    }

    /** A key got a time to live. */
    void timed(Database db, Bytes name) {
        if (following && !byOrigin) {
            ownExpiries.remember(db.index(), name);
        }
    }

    /** Says who knows whether nothing may change at the moment. */
    public void pausedWhile(BooleanSupplier isPaused) {
        paused = isPaused;
    }

    /** Whether the data is that of a primary, who says when keys go. */
    public boolean isFollowing() {
        return following;
    }

    /** Whether keys past their time stay where they are, seen or unseen. */
    boolean keepsExpired() {
        return importing || following || paused.getAsBoolean();
    }

    /** Says for the command at hand whether it is the import's source that asks, who sees all. */
    public void seenBySource(boolean yes) {
        byOrigin = false;
        seenBySource = yes && importing && !following;
    }

    /** Says that the command at hand is a primary's or a file's, which know what there is. */
    public void seenByOrigin() {
        byOrigin = true;
        seenBySource = true;
    }

    /** Whether the checksums of payloads are verified, as they are unless a test forgoes it. */
    public void verifyChecksums(boolean yes) {
        verifyChecksums = yes;
    }

    public boolean verifiesChecksums() {
        return verifyChecksums;
    }

    /**
     * Whether payloads of newer versions and of other products are refused, as they are at first.
     */
    public void strictVersions(boolean yes) {
        strictVersions = yes;
    }

    public boolean hasStrictVersions() {
        return strictVersions;
    }

    /** Whether an entry is past its time for whom the command at hand is. */
    public boolean isPastItsTime(long entry) {
        return Entry.hasExpiry(entry) && nowMillis > Entry.expiry(entry) && !seenBySource;
    }

    /** Removes an entry that is past its time. */
    void expire(Database db, long hash, long entry) {
        stats.expiredKeys++;
        expiredName.wrap(Entry.keyAddress(entry), Entry.keyLength(entry));
        listener.expired(db.index(), expiredName);
        listener.event(NotifyClass.EXPIRED, "expired", db.index(), expiredName);
        listener.modified(db.index(), expiredName);
        long begin = latency.begin();
        unlink(db, hash, entry, true);
        latency.end("expire-del", begin);
    }

    /** Takes an entry out of its table and frees it with its value. */
    void unlink(Database db, long hash, long entry, boolean background) {
        beforeChange(db, hash);
        db.remove(hash, entry);
        freeing.value(entry, background);
        allocator.free(entry, Entry.size(entry));
        generation++;
    }

    /**
     * Empties a database.
     *
     * @param background whether the entries are freed step by step afterwards
     * @return number of keys that were removed
     */
    public long flush(int index, boolean background) {
        listener.flushing(index);
        Database db = databases[index];
        long removed = db.size();
        if (removed > 0) {
            Table table = db.detach();
            if (cut == null || !cut.keeps(table)) {
                freeing.table(table);
            }
            generation++;
            if (!background) {
                freeing.later().run(Long.MAX_VALUE / 2);
            }
        }
        stats.dirty += removed;
        listener.flushed(index);
        return removed;
    }

    /** Makes empty databases beside these. */
    public SecondSet secondSet() {
        Database[] second = new Database[databases.length];
        for (int i = 0; i < second.length; i++) {
            second[i] = new Database(i, allocator, layout);
        }
        return new SecondSet(this, second);
    }

    /** Exchanges two databases. */
    public void swap(int one, int other) {
        databases[one].swap(databases[other]);
        generation++;
        stats.dirty++;
        listener.swapped(one, other);
    }

    /** Frees for about this long what waits to be freed. */
    public void freeSome(long nanosMax) {
        if (!freeing.later().isIdle()) {
            freeing.later().run(nanosMax);
        }
    }

    /** Whether values wait to be freed. */
    public boolean isFreeing() {
        return !freeing.later().isIdle();
    }

    /** Bytes off the heap that keys, values and tables take. */
    public long usedBytes() {
        return allocator.usedBytes();
    }
}
