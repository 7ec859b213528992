// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.base.HeapShare;
import dev.sigrun.kernel.store.Database;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.spi.Bytes;
import java.util.HashMap;
import java.util.Map;

/**
 * The keys that clients watch, so that a transaction which relies on them does not run once they
 * have changed. Owner thread only.
 *
 * <p>A key that expires has changed, unless its time was over already when the watch began: such a
 * key could not be seen then, and cannot be seen afterwards. While nobody watches, all of this
 * costs one comparison a change.
 */
public final class WatchedKeys {
    private final Store store;
    private final WatchedKey sought = new WatchedKey();
    private Map<WatchedKey, WatchedKey> keys = new HashMap<>();
    private final HeapShare room = new HeapShare(4, 192);
    private int clients;

    WatchedKeys(Store store) {
        this.store = store;
    }

    /** Number of keys that somebody watches. */
    public int keys() {
        return keys.size();
    }

    /** How many watches there may be. */
    public HeapShare room() {
        return room;
    }

    /** Number of clients that watch keys. */
    public int clients() {
        return clients;
    }

    // ---- what happens to keys ----

    /** A key was changed, or is going. */
    public void modified(int db, Bytes key) {
        WatchedKey watched = find(db, key);
        WatchedKey.Watch watch = watched == null ? null : watched.first();
        while (watch != null) {
            WatchedKey.Watch next = watch.next();
            if (watch.leaving) {
                watch.leaving = false;
            } else if (!watch.expired) {
                watch.transaction().overtake();
                // It is lost anyway, and need not hear of further changes.
                unwatch(watch.transaction());
            }
            watch = next;
        }
    }

    /** A key is about to go because its time has come or memory is short. */
    public void leaving(int db, Bytes key) {
        WatchedKey watched = find(db, key);
        WatchedKey.Watch watch = watched == null ? null : watched.first();
        while (watch != null) {
            watch.leaving = watch.expired;
            watch.expired = false;
            watch = watch.next();
        }
    }

    /** All keys of a database are about to go. */
    public void flushing(int db) {
        if (!keys.isEmpty()) {
            replaced(db, store.database(db), null);
        }
    }

    /** Two databases have exchanged their content. */
    public void swapped(int one, int other) {
        if (!keys.isEmpty()) {
            replaced(one, store.database(other), store.database(one));
            replaced(other, store.database(one), store.database(other));
        }
    }

    /**
     * A database has other content.
     *
     * @param before what it had
     * @param now what it has; null for nothing
     */
    private void replaced(int db, Database before, Database now) {
        for (WatchedKey key : keys.values()) {
            if (key.db() == db) {
                long old = find(before, key);
                long fresh = now == null ? 0 : find(now, key);
                if (old != 0 || fresh != 0) {
                    boolean hidden = fresh != 0 && store.isPastItsTime(fresh);
                    replaced(key, old != 0, fresh != 0, hidden);
                }
            }
        }
    }

    private static void replaced(WatchedKey key, boolean wasThere, boolean isThere, boolean past) {
        WatchedKey.Watch watch = key.first();
        while (watch != null) {
            if (watch.expired && !isThere) {
                watch.expired = false;
            } else if (past && (watch.expired || !wasThere)) {
                watch.expired = true;
            } else {
                watch.transaction().overtake();
            }
            watch = watch.next();
        }
    }

    private static long find(Database db, WatchedKey key) {
        return db.find(key.hash(), key.name(), key.nameLength());
    }

    private WatchedKey find(int db, Bytes key) {
        if (keys.isEmpty()) {
            return null;
        }
        long hash = store.hash(key.address(), key.length());
        return keys.get(sought.at(db, hash, key.address(), key.length()));
    }

    // ---- watching ----

    /**
     * Lets a client watch a key.
     *
     * @throws dev.sigrun.memory.MemoryExhausted when there is no room for its name
     */
    void watch(Transaction transaction, int db, long name, int nameLength) {
        sought.at(db, store.hash(name, nameLength), name, nameLength);
        if (transaction.watches().containsKey(sought)) {
            return;
        }
        WatchedKey key = keys.get(sought);
        if (key == null) {
            key = sought.kept(store.allocator());
            keys.put(key, key);
        }
        if (transaction.watches().isEmpty()) {
            clients++;
        }
        WatchedKey.Watch watch = key.add(transaction);
        watch.expired = isPastItsTime(key);
        transaction.watches().put(key, watch);
        room.took(1);
    }

    private boolean isPastItsTime(WatchedKey key) {
        long entry = find(store.database(key.db()), key);
        return entry != 0 && store.isPastItsTime(entry);
    }

    /** Whether a key has come past its time since the client watches it. */
    boolean isAnyExpired(Transaction transaction) {
        for (WatchedKey.Watch watch : transaction.watches().values()) {
            if (!watch.expired && isPastItsTime(watch.key())) {
                return true;
            }
        }
        return false;
    }

    /** Ends all watches of a client. */
    void unwatch(Transaction transaction) {
        if (transaction.watches().isEmpty()) {
            return;
        }
        clients--;
        room.gave(transaction.watches().size());
        for (WatchedKey.Watch watch : transaction.watches().values()) {
            WatchedKey key = watch.key();
            key.remove(watch);
            if (key.first() == null) {
                keys.remove(key);
                key.free(store.allocator());
            }
        }
        transaction.unwatched();
        if (keys.isEmpty()) {
            // The table of a map that was large once stays so.
            keys = new HashMap<>();
        }
    }
}
