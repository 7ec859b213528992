// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.kernel.base.Check;
import dev.sigrun.kernel.base.Slice;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.MemoryExhausted;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.key.NotifyClass;

/**
 * Where a key's entry is, and how it gives way to another: the part of {@link StoredKey} that knows
 * of tables and blocks. It remembers the entry's address together with the store's generation, and
 * looks the entry up again when another key's change may have moved it. Owner thread only.
 */
abstract class LocatedEntry {
    final Store store;
    final Slice name = new Slice();
    final KeyCell cell = new KeyCell(this);
    Database db;
    long hash;
    long entry;
    long generation;
    boolean nameInEntry;

    /** Whether this key has been counted as changed since it was looked up. */
    boolean counted;

    /** Whether it was said, before anything changed, that the key may change. */
    boolean changeable;

    LocatedEntry(Store store) {
        this.store = store;
    }

    void begin(Database database, long keyHash, Bytes keyName) {
        db = database;
        hash = keyHash;
        name.wrap(keyName);
        nameInEntry = false;
        counted = false;
        changeable = false;
    }

    /** Says that the key is going to change, in place or otherwise, before it does. */
    void mayChange() {
        changeable = true;
        store.beforeChange(db, hash);
    }

    /** A key is one change, however often a command changes it. */
    void countOnce() {
        if (!counted) {
            counted = true;
            store.stats().dirty++;
        }
    }

    void locate() {
        entry = db.find(hash, name.address(), name.length());
        generation = store.generation();
    }

    /** The entry's address, 0 when the key is absent. */
    long entry() {
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

    StoredType storedType(long at) {
        boolean embedded = Entry.isEmbedded(Entry.kind(at));
        return store.types().at(embedded ? Entry.embeddedType(at) : Entry.objectType(at));
    }

    void putInline(long expiry, long bytes, int length) {
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

    static boolean fitsInPlace(long old, long expiry, int length) {
        return Entry.kind(old) == Entry.INLINE
                && Entry.expiry(old) == expiry
                && Entry.bytesLength(old) == length;
    }

    void putExternal(long expiry, long block, int length, int capacity) {
        try {
            long at = putFixed(Entry.EXTERNAL, 0, expiry);
            Memory.putLong(at, block);
            Memory.putInt(at + 8, length);
            Memory.putInt(at + 12, capacity);
            finishFixed();
        } catch (MemoryExhausted e) {
            store.allocator().free(block, capacity);
            throw e;
        }
    }

    /** The entry that {@link #putFixed} has written and {@link #finishFixed} puts in place. */
    long pending;

    long putFixed(int kind, int payload, long expiry) {
        int keyLength = name.length();
        pending = store.allocator().allocate(Entry.sizeFor(kind, expiry != -1, keyLength, payload));
        return Entry.write(
                pending, kind, clock(entry()), expiry, name.address(), keyLength, payload);
    }

    void finishFixed() {
        replace(entry(), pending);
        pending = 0;
    }

    int clock(long old) {
        return old == 0 || !store.accessClock().isLfu()
                ? store.accessClock().fresh()
                : Entry.clock(old);
    }

    /** Puts an entry into the table; when there is no room for it, the entry is given back. */
    void insert(long fresh) {
        store.beforeChange(db, hash);
        try {
            db.insert(hash, fresh);
        } catch (MemoryExhausted e) {
            store.allocator().free(fresh, Entry.size(fresh));
            throw e;
        }
    }

    void replace(long old, long fresh) {
        if (old == 0) {
            insert(fresh);
            store.listener().event(NotifyClass.NEW, "new", db.index(), name);
        } else {
            db.replace(hash, old, fresh);
            store.freeing().value(old, true);
            store.allocator().free(old, Entry.size(old));
            store.entryMoved();
        }
        stand(fresh);
    }

    /** Stands on an entry of the same key. */
    void stand(long fresh) {
        entry = fresh;
        generation = store.generation();
        if (nameInEntry) {
            name.wrap(Entry.keyAddress(fresh), Entry.keyLength(fresh));
        }
    }

    void changed() {
        Check.that(changeable, "a key that changes was opened for writing");
        countOnce();
        store.listener().modified(db.index(), name);
    }

    void putObject(StoredType stored, Object value, long expiry) {
        int slot = store.objects().add(value);
        stored.added();
        try {
            Entry.writeObject(putFixed(Entry.OBJECT, 0, expiry), slot, stored.id());
            finishFixed();
        } catch (MemoryExhausted e) {
            store.freeing().object(stored, store.objects().remove(slot), false);
            throw e;
        }
    }

    /** Writes the entry anew with or without room for an expiry; the value's own part is kept. */
    void rewrite(long old, long expiry) {
        long fresh = Entries.copyWithExpiry(store.allocator(), old, expiry);
        store.freeing().moved(old, fresh);
        db.replace(hash, old, fresh);
        store.allocator().free(old, Entry.size(old));
        store.entryMoved();
        stand(fresh);
    }

    StoredType typeAt(long at) {
        return storedType(at);
    }

    /** The plugin's value: a heap object, or the key's cell. */
    Object valueAt(long at) {
        return Entry.kind(at) == Entry.OBJECT
                ? store.objects().get(Entry.objectSlot(at))
                : cell.over(at);
    }

    /** Puts into the table where the entry is that stood elsewhere before. */
    void moved(long old, long fresh) {
        store.freeing().moved(old, fresh);
        db.moved(hash, old, fresh);
        store.entryMoved();
        stand(fresh);
    }
}
