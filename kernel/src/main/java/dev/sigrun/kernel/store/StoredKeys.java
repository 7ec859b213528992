// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.memory.EntryVisitor;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.KeyVisitor;

/**
 * The flyweights that commands take for their keys, used in turn. One more stands over the key that
 * a scan shows. Owner thread only.
 */
public final class StoredKeys {
    /** Tries to find a key that is not past its time where those that are have to stay. */
    private static final int RANDOM_TRIES_MAX = 100;

    private final Store store;
    private final StoredKey[] ring;
    private final StoredKey scanned;
    private final long[] batch = new long[1024];
    private final EntryVisitor collect = this::collect;
    private int next;
    private int taken;
    private int batchSize;
    private boolean batchOverflowed;

    /**
     * Makes a ring.
     *
     * @param size how many keys may be held at a time
     */
    public StoredKeys(Store store, int size) {
        this.store = store;
        this.ring = new StoredKey[size];
        this.scanned = new StoredKey(store);
        for (int i = 0; i < size; i++) {
            ring[i] = new StoredKey(store);
        }
    }

    /** The flyweight whose turn it is. */
    public StoredKey next() {
        StoredKey key = ring[next];
        next = next + 1 == ring.length ? 0 : next + 1;
        taken++;
        return key;
    }

    /** Ends the loan of all that were taken since the last call. */
    public void release() {
        if (Memory.CHECKED) {
            for (int i = 0; i < Math.min(taken, ring.length); i++) {
                ring[(next - 1 - i + ring.length) % ring.length].expireLoans();
            }
        }
        taken = 0;
        next = 0;
    }

    private void collect(long entry) {
        if (batchSize < batch.length) {
            batch[batchSize++] = entry;
        } else {
            batchOverflowed = true;
        }
    }

    /**
     * One step of a scan. What the step finds is collected first and shown then, so that the
     * visitor may change the table.
     */
    public long scan(Database db, long cursor, KeyVisitor visitor) {
        batchSize = 0;
        batchOverflowed = false;
        // Clients get cursors of 63 bits, since many keep them in signed numbers.
        long from = cursor << 1;
        long after = db.scan(from, collect) >>> 1;
        if (batchOverflowed) {
            // So many keys share one place that no collector holds them; nobody may remove any.
            return db.scan(from, entry -> showLive(db, entry, visitor)) >>> 1;
        }
        for (int i = 0; i < batchSize; i++) {
            show(db, batch[i], visitor);
        }
        return after;
    }

    private void show(Database db, long entry, KeyVisitor visitor) {
        if (store.isPastItsTime(entry)) {
            visitor.visitExpired(scanned.over(db, entry));
        } else {
            visitor.visit(scanned.over(db, entry));
        }
    }

    private void showLive(Database db, long entry, KeyVisitor visitor) {
        if (!store.isPastItsTime(entry)) {
            visitor.visit(scanned.over(db, entry));
        }
    }

    /** A key at random that is not past its time; null when there is none to be found. */
    public Key random(Database db) {
        for (int i = 0; i < RANDOM_TRIES_MAX; i++) {
            long entry = db.randomEntry(store.random());
            if (entry == 0) {
                return null;
            }
            if (!store.isPastItsTime(entry)) {
                return next().over(db, entry);
            }
            // Those that are found gone are removed, so that the others are found in the end.
            if (!store.keepsExpired()) {
                long name = Entry.keyAddress(entry);
                store.expire(db, store.hash(name, Entry.keyLength(entry)), entry);
                i = -1;
            }
        }
        return null;
    }
}
