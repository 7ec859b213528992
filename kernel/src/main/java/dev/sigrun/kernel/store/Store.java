// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.kernel.base.Check;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.base.Slice;
import dev.sigrun.kernel.measure.LatencyMonitor;
import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.EntryLayout;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.SipHash;
import dev.sigrun.memory.Table;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
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
    /** A plugin's value that takes at least this many steps to free is freed in the background. */
    private static final long FREE_EFFORT_MAX = 64;

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
    private final LazyFree lazyFree;
    private final StoreValueContext valueContext;
    private final LooseCell departing;
    private final Slice expiredName = new Slice();
    private final EntryLayout layout = new Layout();
    private StoreListener listener = StoreListener.NONE;
    private Cut cut;
    private final List<WalkedValue> walked = new ArrayList<>();
    private final Pins pins = new Pins(this);
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
        this.departing = new LooseCell(allocator);
        this.lazyFree = new LazyFree(this, clock);
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

    /** Blocks of strings that others read. */
    Pins pins() {
        return pins;
    }

    /** A long string that {@link SavedEntries#pinString} has given out is not read any more. */
    public void releaseString(long block) {
        pins.release(block);
    }

    /** Values that are being encoded in steps. */
    List<WalkedValue> walked() {
        return walked;
    }

    private WalkedValue walkedAt(long entry) {
        for (int i = 0; i < walked.size(); i++) {
            if (walked.get(i).isAt(entry)) {
                return walked.get(i);
            }
        }
        return null;
    }

    /** An entry stands elsewhere, with its value, or the bytes of its value do. */
    void valueMoved(long old, long fresh) {
        if (!walked.isEmpty()) {
            WalkedValue value = walkedAt(old);
            if (value != null) {
                value.moved(fresh);
            }
        }
    }

    /** Frees a value that is no key's any more, step by step. */
    void free(StoredType type, LooseCell value) {
        lazyFree.add(type, value);
    }

    /** Frees the entries of a table that is no database's any more, step by step. */
    void free(Table table) {
        lazyFree.add(table);
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
        freeValue(entry, background);
        allocator.free(entry, Entry.size(entry));
        generation++;
    }

    /** Frees what an entry's value holds outside of the entry. */
    void freeValue(long entry, boolean background) {
        int kind = Entry.kind(entry);
        if (kind == Entry.EXTERNAL) {
            long value = Entry.valueAddress(entry);
            pins.free(Memory.getLong(value), Memory.getInt(value + 12));
        } else if (kind == Entry.OBJECT) {
            StoredType type = types.at(Entry.objectType(entry));
            freeObject(type, objects.remove(Entry.objectSlot(entry)), background);
        } else if (Entry.isEmbedded(kind)) {
            freeEmbedded(entry, background);
            EmbeddedValues.freeBlock(allocator, entry);
        }
    }

    private void freeEmbedded(long entry, boolean background) {
        WalkedValue walk = walked.isEmpty() ? null : walkedAt(entry);
        if (walk != null) {
            walk.depart();
            return;
        }
        StoredType type = types.at(Entry.embeddedType(entry));
        StoreValueContext context = context(type);
        LooseCell cell = departing.over(Entry.cellAddress(entry), Entry.cellLength(entry));
        if (background && type.type().freeEffort(context, cell) >= FREE_EFFORT_MAX) {
            // The entry goes now; what hangs on the value goes step by step, from a copy of it.
            LooseCell kept = new LooseCell(allocator).begin(cell.length());
            Memory.copy(cell.address(), kept.address(), cell.length());
            lazyFree.add(type, kept);
        } else {
            type.type().free(context, cell);
            type.freed();
        }
        cell.release();
    }

    void freeObject(StoredType type, Object value, boolean background) {
        StoreValueContext context = context(type);
        if (background && type.type().freeEffort(context, value) >= FREE_EFFORT_MAX) {
            lazyFree.add(type, value);
        } else {
            type.type().free(context, value);
            type.freed();
        }
    }

    /** Frees an entry whose table is being drained. */
    void freeDetached(long entry) {
        freeValue(entry, false);
        allocator.free(entry, Entry.size(entry));
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
                free(table);
            }
            generation++;
            if (!background) {
                lazyFree.run(Long.MAX_VALUE / 2);
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

    void freeLater(Table full) {
        lazyFree.add(full);
        generation++;
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
        if (!lazyFree.isIdle()) {
            lazyFree.run(nanosMax);
        }
    }

    /** Whether values wait to be freed. */
    public boolean isFreeing() {
        return !lazyFree.isIdle();
    }

    /** Bytes off the heap that keys, values and tables take. */
    public long usedBytes() {
        return allocator.usedBytes();
    }

    private final class Layout implements EntryLayout {
        @Override
        public long hash(long entry) {
            return Store.this.hash(Entry.keyAddress(entry), Entry.keyLength(entry));
        }

        @Override
        public boolean isMarked(long entry) {
            // What expires is looked for among everything, by the active expiry and by eviction.
            return Entry.hasExpiry(entry) || Entry.elementsExpire(entry);
        }

        @Override
        public boolean matches(long entry, long key, int keyLength) {
            return Entry.keyEquals(entry, key, keyLength);
        }
    }
}
