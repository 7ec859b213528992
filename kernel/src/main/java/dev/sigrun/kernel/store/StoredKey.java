// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.kernel.base.Check;
import dev.sigrun.kernel.base.Decimal;
import dev.sigrun.kernel.base.Slice;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Access;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.RdbException;

/**
 * A key at hand: the store's side of {@link Key}. It is a flyweight; a command takes a few from a
 * pool. It remembers the entry's address together with the store's generation, and looks the entry
 * up again when another key's change may have moved it. Owner thread only.
 */
public final class StoredKey implements Key {
    private final Store store;
    private final Slice name = new Slice();
    private final Slice content = new Slice();
    private final long digits;
    private Database db;
    private long hash;
    private long entry;
    private long generation;
    private boolean nameInEntry;

    /** Makes a flyweight over nothing. */
    public StoredKey(Store store) {
        this.store = store;
        this.digits = store.allocator().allocate(Decimal.LENGTH_MAX + 4);
    }

    /**
     * Looks a key up.
     *
     * @param keyHash what {@link Store#hash} gives for the name
     * @param access flags of {@link Access}
     */
    public StoredKey open(Database database, long keyHash, Bytes keyName, int access) {
        begin(database, keyHash, keyName);
        locate();
        return finish(access);
    }

    /**
     * Looks a key up whose entry has been found already, with nothing freed or moved since.
     *
     * @param foundEntry what {@link Database#find} has given for the name, not 0
     */
    public StoredKey openFound(
            Database database, long keyHash, Bytes keyName, int access, long foundEntry) {
        begin(database, keyHash, keyName);
        entry = foundEntry;
        generation = store.generation();
        return finish(access);
    }

    private void begin(Database database, long keyHash, Bytes keyName) {
        db = database;
        hash = keyHash;
        name.wrap(keyName);
        nameInEntry = false;
    }

    private StoredKey finish(int access) {
        if (entry != 0 && (access & Access.EXPIRED_TOO) == 0 && store.isPastItsTime(entry)) {
            // What is written must not come to stand beside what is hidden.
            if (!store.isImporting() || (access & Access.WRITE) != 0) {
                store.expire(db, hash, entry);
            }
            entry = 0;
            generation = store.generation();
        }
        count(access);
        return this;
    }

    private void count(int access) {
        if (entry != 0) {
            if ((access & Access.NO_TOUCH) == 0) {
                touch();
            }
            if ((access & (Access.WRITE | Access.NO_STATS)) == 0) {
                store.stats().keyspaceHits++;
            }
        } else if ((access & (Access.WRITE | Access.NO_STATS)) == 0) {
            store.stats().keyspaceMisses++;
            store.listener().event(NotifyClass.KEY_MISS, "keymiss", db.index(), name);
        }
    }

    /** Stands on an entry that a scan has found. */
    StoredKey over(Database database, long foundEntry) {
        db = database;
        entry = foundEntry;
        generation = store.generation();
        nameInEntry = true;
        name.wrap(Entry.keyAddress(foundEntry), Entry.keyLength(foundEntry));
        hash = store.hash(name.address(), name.length());
        return this;
    }

    private void locate() {
        entry = db.find(hash, name.address(), name.length());
        generation = store.generation();
    }

    /** The entry's address, 0 when the key is absent. */
    private long entry() {
        if (generation != store.generation()) {
            Check.that(!nameInEntry, "a scanned key is not used after another key was changed");
            locate();
            if (entry != 0 && store.isPastItsTime(entry)) {
                entry = 0;
            }
        }
        return entry;
    }

    Store store() {
        return store;
    }

    /** The database that the key is in. */
    public int dbIndex() {
        return db.index();
    }

    @Override
    public Bytes name() {
        return name;
    }

    @Override
    public boolean isPresent() {
        return entry() != 0;
    }

    @Override
    public String typeName() {
        long at = entry();
        if (at == 0) {
            return "none";
        }
        return Entry.isString(Entry.kind(at)) ? "string" : storedType(at).type().spec().name();
    }

    @Override
    public boolean isString() {
        long at = entry();
        return at != 0 && Entry.isString(Entry.kind(at));
    }

    private StoredType storedType(long at) {
        return store.types().at(Entry.objectType(at));
    }

    private static void requireString(long at) throws CommandException {
        if (!Entry.isString(Entry.kind(at))) {
            throw CommandException.WRONG_TYPE;
        }
    }

    @Override
    public Bytes string() throws CommandException {
        long at = entry();
        if (at == 0) {
            return null;
        }
        int kind = Entry.kind(at);
        if (kind == Entry.INLINE || kind == Entry.INLINE_CHANGED || kind == Entry.EXTERNAL) {
            return content.wrap(Entry.bytesAddress(at), Entry.bytesLength(at));
        }
        requireString(at);
        return content.wrap(digits, Decimal.write(Entry.integer(at), digits));
    }

    @Override
    public int stringLength() throws CommandException {
        long at = entry();
        if (at == 0) {
            return 0;
        }
        requireString(at);
        return Entry.kind(at) == Entry.INTEGER
                ? Decimal.length(Entry.integer(at))
                : Entry.bytesLength(at);
    }

    @Override
    public long integer(long absent) throws CommandException {
        long at = entry();
        if (at == 0) {
            return absent;
        }
        requireString(at);
        if (Entry.kind(at) == Entry.INTEGER) {
            return Entry.integer(at);
        }
        long bytes = Entry.bytesAddress(at);
        int length = Entry.bytesLength(at);
        if (!Decimal.isLong(bytes, length)) {
            throw CommandException.NOT_AN_INTEGER;
        }
        return Decimal.parse(bytes, length);
    }

    @Override
    public void setString(Bytes value, boolean keepTtl) {
        long bytes = value.address();
        int length = value.length();
        if (length <= Decimal.LENGTH_MAX && Decimal.isLong(bytes, length)) {
            setInteger(Decimal.parse(bytes, length), keepTtl);
            return;
        }
        long expiry = keepTtl ? expireAtMillis() : -1;
        if (length > Entry.INLINE_BYTES_MAX) {
            long block = store.allocator().allocate(length);
            Memory.copy(bytes, block, length);
            putExternal(expiry, block, length, length);
        } else {
            putInline(expiry, bytes, length);
        }
        changed();
    }

    private void putInline(long expiry, long bytes, int length) {
        long old = entry();
        if (old != 0 && fitsInPlace(old, expiry, length)) {
            // The value has the same length: nothing in the entry moves but its bytes.
            Memory.copy(bytes, Entry.valueAddress(old), length);
            return;
        }
        int keyLength = name.length();
        long fresh =
                store.allocator()
                        .allocate(Entry.sizeFor(Entry.INLINE, expiry != -1, keyLength, length));
        long at =
                Entry.write(
                        fresh, Entry.INLINE, clock(old), expiry, name.address(), keyLength, length);
        Memory.copy(bytes, at, length);
        replace(old, fresh);
    }

    private static boolean fitsInPlace(long old, long expiry, int length) {
        return Entry.kind(old) == Entry.INLINE
                && Entry.expiry(old) == expiry
                && Entry.bytesLength(old) == length;
    }

    private void putExternal(long expiry, long block, int length, int capacity) {
        long at = putFixed(Entry.EXTERNAL, 0, expiry);
        Memory.putLong(at, block);
        Memory.putInt(at + 8, length);
        Memory.putInt(at + 12, capacity);
        finishFixed();
    }

    /** The entry that {@link #putFixed} has written and {@link #finishFixed} puts in place. */
    private long pending;

    private long putFixed(int kind, int payload, long expiry) {
        int keyLength = name.length();
        pending = store.allocator().allocate(Entry.sizeFor(kind, expiry != -1, keyLength, payload));
        return Entry.write(
                pending, kind, clock(entry()), expiry, name.address(), keyLength, payload);
    }

    private void finishFixed() {
        replace(entry(), pending);
        pending = 0;
    }

    private int clock(long old) {
        return old == 0 || !store.accessClock().isLfu()
                ? store.accessClock().fresh()
                : Entry.clock(old);
    }

    private void replace(long old, long fresh) {
        if (old == 0) {
            db.insert(hash, fresh);
            store.listener().event(NotifyClass.NEW, "new", db.index(), name);
        } else {
            db.replace(hash, old, Entry.hasExpiry(old), fresh);
            store.freeValue(old, true);
            store.allocator().free(old, Entry.size(old));
            store.entryMoved();
        }
        stand(fresh);
    }

    /** Stands on an entry of the same key. */
    private void stand(long fresh) {
        entry = fresh;
        generation = store.generation();
        if (nameInEntry) {
            name.wrap(Entry.keyAddress(fresh), Entry.keyLength(fresh));
        }
    }

    private void changed() {
        store.stats().dirty++;
        store.listener().modified(db.index(), name);
    }

    @Override
    public void setString(byte[] value, boolean keepTtl) {
        long block = store.allocator().allocate(Math.max(value.length, 1));
        try {
            Memory.copy(value, 0, block, value.length);
            setString(new Slice().wrap(block, value.length), keepTtl);
        } finally {
            store.allocator().free(block, Math.max(value.length, 1));
        }
    }

    @Override
    public void setInteger(long value, boolean keepTtl) {
        long expiry = keepTtl ? expireAtMillis() : -1;
        int code = Entry.integerCode(value);
        long old = entry();
        if (old != 0
                && Entry.kind(old) == Entry.INTEGER
                && Entry.expiry(old) == expiry
                && Entry.flags(old) >>> 6 == code) {
            Entry.writeInteger(Entry.valueAddress(old), value, code);
        } else {
            Entry.writeInteger(putFixed(Entry.INTEGER, code, expiry), value, code);
            finishFixed();
        }
        changed();
    }

    @Override
    public Bytes growString(int length) throws CommandException {
        long old = entry();
        if (old != 0) {
            requireString(old);
        }
        Strings.grow(this, old, length);
        changed();
        long at = entry();
        return content.wrap(Entry.bytesAddress(at), Entry.bytesLength(at));
    }

    /** Replaces the value by bytes in the entry, whose content the caller has at hand. */
    long putChanged(long expiry, int length) {
        return putFixed(Entry.INLINE_CHANGED, length, expiry);
    }

    void finishChanged() {
        finishFixed();
    }

    void putBlock(long expiry, long block, int length, int capacity) {
        putExternal(expiry, block, length, capacity);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // A type is the one object that was registered.
    public <V> V value(DataType<V> type) throws CommandException {
        long at = entry();
        if (at == 0) {
            return null;
        }
        if (Entry.kind(at) != Entry.OBJECT || storedType(at).type() != type) {
            throw CommandException.WRONG_TYPE;
        }
        return type.spec().valueClass().cast(store.objects().get(Entry.objectSlot(at)));
    }

    @Override
    public <V> void setValue(DataType<V> type, V value) {
        StoredType stored = store.types().find(type);
        Check.that(stored != null, "a value's type is registered");
        putObject(stored, value, -1);
        changed();
    }

    private void putObject(StoredType stored, Object value, long expiry) {
        int slot = store.objects().add(value);
        stored.added();
        Entry.writeObject(putFixed(Entry.OBJECT, 0, expiry), slot, stored.id());
        finishFixed();
    }

    @Override
    public void markModified() {
        changed();
    }

    @Override
    public boolean remove(boolean background) {
        long at = entry();
        if (at == 0) {
            return false;
        }
        store.stats().dirty++;
        store.listener().modified(db.index(), name);
        store.unlink(db, hash, at, background);
        entry = 0;
        generation = store.generation();
        if (nameInEntry) {
            name.expire();
        }
        return true;
    }

    @Override
    public long expireAtMillis() {
        long at = entry();
        return at == 0 ? -1 : Entry.expiry(at);
    }

    @Override
    public void expireAt(long unixMillis) {
        long at = entry();
        Check.that(at != 0, "only a present key gets a time to live");
        if (Entry.hasExpiry(at)) {
            Entry.expiry(at, unixMillis);
        } else {
            rewrite(at, unixMillis);
        }
        changed();
    }

    @Override
    public boolean persist() {
        long at = entry();
        if (at == 0 || !Entry.hasExpiry(at)) {
            return false;
        }
        rewrite(at, -1);
        changed();
        return true;
    }

    /** Writes the entry anew with or without room for an expiry; the value's own part is kept. */
    private void rewrite(long old, long expiry) {
        long fresh = Entries.copyWithExpiry(store.allocator(), old, expiry);
        db.replace(hash, old, Entry.hasExpiry(old), fresh);
        store.allocator().free(old, Entry.size(old));
        store.entryMoved();
        stand(fresh);
    }

    @Override
    public void moveTo(Key target) {
        StoredKey to = (StoredKey) target;
        long old = entry();
        Check.that(
                old != 0 && !to.isPresent(), "a value moves from a present key to an absent one");
        long fresh = Entries.copyUnderName(store.allocator(), old, to.name, Entry.expiry(old));
        store.listener().modified(db.index(), name);
        db.remove(hash, old);
        store.allocator().free(old, Entry.size(old));
        store.entryMoved();
        entry = 0;
        generation = store.generation();
        to.db.insert(to.hash, fresh);
        to.stand(fresh);
        to.changed();
    }

    @Override
    public void copyTo(Key target) throws CommandException {
        StoredKey to = (StoredKey) target;
        long old = entry();
        Check.that(old != 0 && !to.isPresent(), "a value is copied to an absent key");
        if (Entry.kind(old) != Entry.OBJECT) {
            to.setString(string(), false);
            if (Entry.hasExpiry(entry())) {
                to.rewrite(to.entry(), Entry.expiry(entry()));
            }
            return;
        }
        StoredType stored = storedType(old);
        Object value = store.objects().get(Entry.objectSlot(old));
        Object copy = stored.type().copy(store.context(stored, to.name, to.db.index()), value);
        if (copy == null) {
            throw CommandException.of("not supported for this module key");
        }
        to.putObject(stored, copy, Entry.expiry(entry()));
        to.changed();
    }

    @Override
    public byte[] dump() {
        return Payloads.dump(this, entry());
    }

    @Override
    public void restore(Bytes payload) throws RdbException {
        Payloads.restore(this, payload);
    }

    StoredType typeAt(long at) {
        return storedType(at);
    }

    Object objectAt(long at) {
        return store.objects().get(Entry.objectSlot(at));
    }

    void setObject(StoredType stored, Object value) {
        putObject(stored, value, -1);
        changed();
    }

    @Override
    public void touch() {
        long at = entry();
        if (at != 0) {
            Entry.clock(at, store.accessClock().accessed(Entry.clock(at)));
        }
    }

    @Override
    public void idleSeconds(long seconds) {
        long at = entry();
        if (at != 0 && !store.accessClock().isLfu()) {
            Entry.clock(at, store.accessClock().clockForIdle(seconds));
        }
    }

    @Override
    public void frequency(int value) {
        long at = entry();
        if (at != 0 && store.accessClock().isLfu()) {
            Entry.clock(at, store.accessClock().clockForFrequency(value));
        }
    }

    @Override
    public void notify(int notifyClass, String event) {
        if (notifyClass == NotifyClass.EXPIRED) {
            // A command that finds the wanted time already past expires the key, as the clock does.
            store.stats().expiredKeys++;
        }
        store.listener().event(notifyClass, event, db.index(), name);
    }

    /**
     * What {@code OBJECT}, {@code MEMORY} and {@code DEBUG} say of this key; it must be present.
     */
    public KeyFacts facts() {
        return new KeyFacts(this, entry());
    }

    /** Ends the loan of everything this flyweight has given out. */
    public void expireLoans() {
        name.expire();
        content.expire();
    }
}
