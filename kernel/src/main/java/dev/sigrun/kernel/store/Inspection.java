// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.kernel.base.Slice;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.key.Access;
import dev.sigrun.spi.type.RdbException;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Looks at whole databases, keys past their time included, for {@code DEBUG}. Every method takes
 * time linear in the number of keys and holds the owner meanwhile. Owner thread only.
 */
public final class Inspection {
    private final Store store;
    private final StoredKey key;
    private long[] found = new long[64];
    private int foundCount;

    /** An inspection of all databases of {@code store}. */
    public Inspection(Store store) {
        this.store = store;
        this.key = new StoredKey(store);
    }

    /**
     * Shows all keys of a database.
     *
     * @param visitor sees a key that is lent for the call; must not change anything
     */
    public void visit(int index, Consumer<StoredKey> visitor) {
        Database db = store.database(index);
        long cursor = 0;
        do {
            cursor = db.scan(cursor, entry -> visitor.accept(key.over(db, entry)));
        } while (cursor != 0);
    }

    /**
     * Puts every value of a database into its serialised form and reads it back, which shows that
     * the two fit together. Keys past their time are dropped. Nobody hears of it, since nothing has
     * changed for clients.
     *
     * @return number of keys that were read back
     */
    public long reload(int index) {
        Database db = store.database(index);
        StoreListener listener = store.listener();
        long dirty = store.stats().dirty;
        long reloaded = 0;
        store.listener(StoreListener.NONE);
        try {
            long cursor = 0;
            do {
                foundCount = 0;
                // A scan must not be disturbed by inserts, so what it finds is collected first.
                cursor = db.scan(cursor, this::collect);
                for (int i = 0; i < foundCount; i++) {
                    reloaded += reload(db, found[i]) ? 1 : 0;
                }
            } while (cursor != 0);
        } finally {
            store.listener(listener);
            store.stats().dirty = dirty;
        }
        return reloaded;
    }

    private void collect(long entry) {
        if (foundCount == found.length) {
            found = Arrays.copyOf(found, foundCount * 2);
        }
        found[foundCount++] = entry;
    }

    private boolean reload(Database db, long entry) {
        boolean stale = store.isPastItsTime(entry);
        int nameLength = Entry.keyLength(entry);
        byte[] payload = stale ? new byte[0] : key.over(db, entry).dump();
        long expiry = Entry.expiry(entry);
        int clock = Entry.clock(entry);
        long block = store.allocator().allocate(Math.max(1L, (long) nameLength + payload.length));
        try {
            Memory.copy(Entry.keyAddress(entry), block, nameLength);
            Memory.copy(payload, 0, block + nameLength, payload.length);
            Slice name = new Slice().wrap(block, nameLength);
            long hash = store.hash(block, nameLength);
            store.unlink(db, hash, entry, false);
            if (!stale) {
                Slice content = new Slice().wrap(block + nameLength, payload.length);
                restore(db, hash, name, content);
                if (expiry != -1) {
                    key.expireAt(expiry);
                }
                Entry.clock(key.facts().address(), clock);
            }
            return !stale;
        } finally {
            store.allocator().free(block, Math.max(1L, (long) nameLength + payload.length));
        }
    }

    private void restore(Database db, long hash, Slice name, Slice content) {
        key.open(db, hash, name, Access.WRITE | Access.NO_TOUCH | Access.NO_STATS);
        try {
            key.restore(content);
        } catch (RdbException e) {
            throw new IllegalStateException("a value that was just written cannot be read", e);
        }
    }
}
