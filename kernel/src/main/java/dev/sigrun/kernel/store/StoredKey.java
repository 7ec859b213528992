// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.kernel.base.Check;
import dev.sigrun.kernel.base.Slice;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.MemoryExhausted;
import dev.sigrun.memory.number.Decimal;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Access;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.RdbException;

/**
 * A key at hand: the store's side of {@link Key}. It is a flyweight; a command takes a few from a
 * pool. It remembers the entry's address together with the store's generation, and looks the entry
 * up again when another key's change may have moved it. Owner thread only.
 */
public final class StoredKey extends LocatedEntry implements Key {
    private final Slice content = new Slice();
    private final long digits;

    /** Makes a flyweight over nothing. */
    public StoredKey(Store store) {
        super(store);
        this.digits = store.allocator().allocate(Decimal.BYTES_MAX + 4);
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

    private StoredKey finish(int access) {
        if ((access & Access.WRITE) != 0) {
            mayChange();
        }
        if (entry != 0 && (access & Access.EXPIRED_TOO) == 0 && store.isPastItsTime(entry)) {
            // What is written must not come to stand beside what is hidden.
            if (!store.keepsExpired() || (access & Access.WRITE) != 0) {
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
        counted = false;
        changeable = false;
        name.wrap(Entry.keyAddress(foundEntry), Entry.keyLength(foundEntry));
        hash = store.hash(name.address(), name.length());
        return this;
    }

    @Override
    public Bytes name() {
        return name;
    }

    @Override
    public boolean isPresent() {
        return entry() != 0;
    }

    /** Whether the key is there although its time is over; only where that was asked for. */
    public boolean isPastItsTime() {
        return entry() != 0 && store.isPastItsTime(entry);
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
        return Entry.isInteger(Entry.kind(at))
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
        if (Entry.isInteger(Entry.kind(at))) {
            return Entry.integer(at);
        }
        long bytes = Entry.bytesAddress(at);
        int length = Entry.bytesLength(at);
        if (!Decimal.isInteger(bytes, length)) {
            throw CommandException.NOT_AN_INTEGER;
        }
        return Decimal.value(bytes, length);
    }

    @Override
    public void setString(Bytes value, boolean keepTtl) {
        setString(value.address(), value.length(), keepTtl);
    }

    @Override
    public void setString(long bytes, int length, boolean keepTtl) {
        putString(bytes, length, keepTtl ? expireAtMillis() : -1);
    }

    void putString(long bytes, int length, long expiry) {
        if (length <= Decimal.BYTES_MAX && Decimal.isInteger(bytes, length)) {
            putInteger(Decimal.value(bytes, length), expiry);
            return;
        }
        if (length > Entry.INLINE_BYTES_MAX) {
            long block = store.allocator().allocate(length);
            Memory.copy(bytes, block, length);
            putExternal(expiry, block, length, length);
        } else {
            putInline(expiry, bytes, length);
        }
        changed();
    }

    @Override
    public void setString(byte[] value, boolean keepTtl) {
        long block = store.allocator().allocate(Math.max(value.length, 1));
        try {
            Memory.copy(value, 0, block, value.length);
            setString(block, value.length, keepTtl);
        } finally {
            store.allocator().free(block, Math.max(value.length, 1));
        }
    }

    @Override
    public void setInteger(long value, boolean keepTtl) {
        putInteger(value, keepTtl ? expireAtMillis() : -1);
    }

    private void putInteger(long value, long expiry) {
        int kind = Entry.integerKind(value);
        int code = Entry.integerCode(value);
        long old = entry();
        if (old != 0
                && Entry.kind(old) == kind
                && Entry.expiry(old) == expiry
                && Entry.flags(old) >>> 6 == code) {
            Entry.writeInteger(Entry.valueAddress(old), value);
        } else {
            Entry.writeInteger(putFixed(kind, code, expiry), value);
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

    @Override
    @SuppressWarnings("ReferenceEquality") // A type is the one object that was registered.
    public <V> V value(DataType<V> type) throws CommandException {
        long at = entry();
        if (at == 0) {
            return null;
        }
        if (Entry.isString(Entry.kind(at)) || storedType(at).type() != type) {
            throw CommandException.WRONG_TYPE;
        }
        return type.spec().valueClass().cast(valueAt(at));
    }

    @Override
    public <V> void setValue(DataType<V> type, V value) {
        StoredType stored = store.types().find(type);
        Check.that(stored != null, "a value's type is registered");
        put(stored, value, -1);
        changed();
    }

    /** Makes the key hold a value, which is freed when there is no room for it. */
    void put(StoredType stored, Object value, long expiry) {
        if (value instanceof LooseCell made) {
            try {
                EmbeddedValues.create(this, stored, made.length(), expiry);
            } catch (MemoryExhausted e) {
                stored.type().free(store.context(stored), made);
                throw e;
            }
            Memory.copy(made.address(), cell.over(entry()).address(), made.length());
            made.release();
            if (stored.type().hasExpiringElements(store.context(stored, name, db.index()), cell)) {
                elementsExpire(true);
            }
        } else {
            putObject(stored, value, expiry);
        }
    }

    @Override
    public Cell newValue(DataType<Cell> type, int length) {
        StoredType stored = store.types().find(type);
        Check.that(stored != null, "a value's type is registered");
        EmbeddedValues.create(this, stored, length, -1);
        changed();
        return cell.over(entry());
    }

    @Override
    public void elementsExpire(boolean some) {
        long at = entry();
        Check.that(at != 0, "only a present key has elements");
        db.elementsExpire(hash, at, some);
    }

    @Override
    public void markModified() {
        changed();
    }

    @Override
    public void countChange() {
        store.stats().dirty++;
    }

    @Override
    public void countExpiredElements(long elements) {
        store.stats().expiredFields += elements;
    }

    @Override
    public void countChanges(long more) {
        store.stats().dirty += more;
    }

    @Override
    public boolean remove(boolean background) {
        long at = entry();
        if (at == 0) {
            return false;
        }
        countOnce();
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
        store.timed(db, name);
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

    @Override
    public void moveTo(Key target) {
        Transplants.move(this, (StoredKey) target);
    }

    @Override
    public void copyTo(Key target) throws CommandException {
        Transplants.copy(this, (StoredKey) target);
    }

    /** Tells of a value that came from elsewhere: the key counts as new even where one was. */
    void appeared() {
        store.listener().event(NotifyClass.NEW, "new", db.index(), name);
    }

    @Override
    public byte[] dump() {
        return Payloads.dump(this, entry());
    }

    @Override
    public void restore(Bytes payload) throws RdbException {
        boolean replaces = isPresent();
        Payloads.restore(this, payload);
        if (replaces) {
            appeared();
        }
    }

    @Override
    public void checkPayload(Bytes payload) throws RdbException {
        Payloads.check(this, payload);
    }

    void setObject(StoredType stored, Object value) {
        put(stored, value, -1);
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

    /** Gives back what the flyweight itself takes; it is of no use any more. */
    void free() {
        store.allocator().free(digits, Decimal.BYTES_MAX + 4);
    }

    /** Ends the loan of everything this flyweight has given out. */
    public void expireLoans() {
        name.expire();
        content.expire();
        cell.expire();
    }
}
