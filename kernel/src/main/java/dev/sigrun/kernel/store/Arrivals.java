// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.kernel.base.Check;
import dev.sigrun.kernel.base.Slice;
import dev.sigrun.kernel.rdb.ModuleId;
import dev.sigrun.kernel.rdb.ModuleValueCodec;
import dev.sigrun.kernel.rdb.RdbFormat;
import dev.sigrun.kernel.rdb.RdbInput;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.MemoryExhausted;
import dev.sigrun.spi.type.CommandEmitter;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.ValueContext;

/**
 * Puts keys that come from a file into a database: quietly, since nobody is told of them and
 * nothing counts as changed. A key that is there already is the caller's to find before. Owner
 * thread only.
 */
public final class Arrivals implements AutoCloseable {
    private final Store store;
    private final StoredKey key;
    private final Slice name = new Slice();
    private final RdbInput input = new RdbInput();

    /** Puts keys into databases of a store, those beside it included. */
    public Arrivals(Store store) {
        this.store = store;
        this.key = new StoredKey(store);
    }

    /** Removes a key that another takes the place of. */
    public void remove(Database db, long hash, long entry) {
        store.unlink(db, hash, entry, false);
    }

    /** The length of the key of an entry that {@link ReadyEntry} has written. */
    public static int keyLength(long ready) {
        return Entry.keyLength(ready);
    }

    /** Address of that key. */
    public static long keyAddress(long ready) {
        return Entry.keyAddress(ready);
    }

    /**
     * The bits of an access clock.
     *
     * @param access idle seconds, a frequency as {@code -2 - frequency}, or -1 for neither
     */
    public int clock(long access) {
        AccessClock clock = store.accessClock();
        if (access <= -2 && clock.isLfu()) {
            return clock.clockForFrequency((int) (-2 - access));
        }
        return access >= 0 && !clock.isLfu() ? clock.clockForIdle(access) : clock.fresh();
    }

    /**
     * Adds an entry that {@link ReadyEntry} has written.
     *
     * @throws MemoryExhausted when there is no room; nothing has changed then
     */
    public void add(Database db, long hash, long ready, int length, int clock) {
        long entry = store.allocator().allocate(length);
        Memory.copy(ready, entry, length);
        Entry.clock(entry, clock);
        try {
            db.insert(hash, entry);
        } catch (MemoryExhausted e) {
            store.allocator().free(entry, length);
            throw e;
        }
    }

    /**
     * Adds a string whose bytes are in a block of the store's allocator, which the store owns then
     * in any case.
     */
    public void addString(
            Database db,
            long hash,
            long keyAddress,
            int keyLength,
            long block,
            int length,
            long expiry,
            int clock) {
        begin(db, hash, keyAddress, keyLength);
        StoreListener hearer = quiet();
        try {
            if (ReadyEntry.isPossible(length)) {
                try {
                    key.putInline(expiry, block, length);
                } finally {
                    store.allocator().free(block, Math.max(length, 1));
                }
            } else {
                key.putExternal(expiry, block, length, length);
            }
        } finally {
            store.listener(hearer);
        }
        Entry.clock(key.entry, clock);
    }

    /**
     * Adds a value that is decoded from bytes that hold just it.
     *
     * @param isFollowed whether the bytes are the first part of it, and {@link #addElements} is to
     *     add more
     * @return false when it has no elements, so that nothing was added
     * @throws RdbException when the bytes are damaged; nothing was added
     */
    public boolean addValue(
            Database db,
            long hash,
            long keyAddress,
            int keyLength,
            int layout,
            long bytes,
            long length,
            boolean isFollowed,
            long expiry,
            int clock)
            throws RdbException {
        begin(db, hash, keyAddress, keyLength);
        StoreListener hearer = quiet();
        try {
            input.wrap(bytes, length).followed(isFollowed);
            StoredType stored;
            Object value;
            if (layout == RdbFormat.TYPE_MODULE_2) {
                StoredTypes.Reader reader = reader(input.peekModuleId());
                stored = reader.type();
                value =
                        ModuleValueCodec.read(
                                input, stored.type(), reader.codec(), context(stored));
            } else {
                stored = nativeReader(layout);
                value = stored.type().spec().nativeCodec().decode(context(stored), layout, input);
                if (value == null) {
                    return false;
                }
            }
            key.put(stored, value, expiry);
        } finally {
            store.releaseCell();
            store.listener(hearer);
        }
        Entry.clock(key.entry, clock);
        return true;
    }

    /**
     * Adds elements to the value that was added last, of which only the first have come yet.
     *
     * @param isFollowed whether there are yet more
     * @throws RdbException when the bytes are damaged; the value has some of the elements
     */
    public void addElements(
            Database db,
            long hash,
            long keyAddress,
            int keyLength,
            int layout,
            long bytes,
            long length,
            boolean isFollowed)
            throws RdbException {
        begin(db, hash, keyAddress, keyLength);
        long entry = key.entry();
        Check.that(entry != 0, "elements are added to a value that is there");
        StoredType stored = nativeReader(layout);
        Object value = key.valueAt(entry);
        ValueContext context = context(stored);
        input.wrap(bytes, length).followed(isFollowed);
        stored.type().spec().nativeCodec().decodeMore(context, value, layout, input);
        if (stored.type().hasExpiringElements(context(stored), value)) {
            key.elementsExpire(true);
        }
    }

    /**
     * Says by which commands a value that is no string would be made.
     *
     * @param entry the key's entry
     */
    public void retell(
            Database db,
            long hash,
            long keyAddress,
            int keyLength,
            long entry,
            CommandEmitter out) {
        begin(db, hash, keyAddress, keyLength);
        StoredType stored = key.typeAt(entry);
        stored.type().rewrite(context(stored), key.valueAt(entry), out);
    }

    private StoredType nativeReader(int layout) throws RdbException {
        StoredType stored = store.types().nativeReader(layout);
        if (stored == null) {
            throw new RdbException(
                    RdbException.Reason.UNKNOWN_TYPE, "No type here reads RDB type " + layout);
        }
        return stored;
    }

    private StoredTypes.Reader reader(long id) throws RdbException {
        String wireName = ModuleId.name(id);
        StoredTypes.Reader reader = store.types().reader(wireName);
        if (reader == null) {
            throw new RdbException(
                    RdbException.Reason.UNKNOWN_TYPE,
                    "The RDB file contains module data I can't load: no matching module type '"
                            + wireName
                            + "'");
        }
        return reader;
    }

    private ValueContext context(StoredType stored) {
        return store.context(stored, key.name(), key.dbIndex());
    }

    private void begin(Database db, long hash, long keyAddress, int keyLength) {
        key.begin(db, hash, name.wrap(keyAddress, keyLength));
        key.locate();
    }

    /** Nobody hears of a key that was there before, seen from outside. */
    private StoreListener quiet() {
        StoreListener hearer = store.listener();
        store.listener(StoreListener.NONE);
        return hearer;
    }

    @Override
    public void close() {
        input.close();
        key.free();
    }
}
