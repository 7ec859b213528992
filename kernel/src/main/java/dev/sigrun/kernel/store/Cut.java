// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.memory.EntryVisitor;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.Table;
import dev.sigrun.memory.TouchedHashes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All keys as they are at one moment, shown one after the other while commands go on. Owner thread
 * only.
 *
 * <p>A walk goes through each table in the order of hashes. Whoever is about to change a key says
 * so, and if the walk has not come to its hash, the key is shown before the change, and its hash
 * remembered, so that the walk passes it over; a hash that had no key at the moment of the cut is
 * remembered as well. So every key is shown once, as it was, and neither keys nor buckets carry
 * anything for it. What a key costs that is changed ahead of the walk is its image and eight bytes.
 *
 * <p>A table that is emptied meanwhile is kept until the walk has passed it.
 */
public final class Cut {
    /** Takes keys. */
    @FunctionalInterface
    public interface Taker {
        /**
         * Takes a key.
         *
         * @param db the database that it was in at the cut
         * @param entry lent until this returns
         */
        void take(int db, long entry);
    }

    /** So many entries are read ahead together, so that misses of the cache overlap. */
    private static final int BATCH = 64;

    private final Store store;
    private final Taker taker;
    private final List<Place> places = new ArrayList<>();
    private final EntryVisitor collect = this::collect;
    private final EntryVisitor show = this::show;
    private Place showing;
    private long[] batch = new long[BATCH * 2];
    private int batchSize;
    private int current;
    private long touched;

    /** A table, and how far the walk has come in it. */
    private static final class Place {
        private final int db;
        private final Table table;
        private final TouchedHashes hashes = new TouchedHashes();
        private long cursor;
        private boolean done;
        private boolean detached;

        private Place(int db, Table table) {
            this.db = db;
            this.table = table;
            this.done = table.size() == 0;
        }
    }

    Cut(Store store, Taker taker) {
        this.store = store;
        this.taker = taker;
        for (int db = 0; db < store.databaseCount(); db++) {
            places.add(new Place(db, store.database(db).table()));
        }
    }

    // ---- the walk ----

    /**
     * Shows the taker the next few keys.
     *
     * @return whether there may be more
     */
    public boolean walk() {
        while (current < places.size() && places.get(current).done) {
            current++;
        }
        if (current == places.size()) {
            return false;
        }
        Place place = places.get(current);
        batchSize = 0;
        do {
            place.cursor = place.table.scan(place.cursor, collect);
        } while (place.cursor != 0 && batchSize < BATCH);
        place.done = place.cursor == 0;
        touch();
        for (int i = 0; i < batchSize; i++) {
            if (place.hashes.isEmpty() || !place.hashes.contains(hash(batch[i]))) {
                taker.take(place.db, batch[i]);
            }
        }
        if (place.done && place.detached) {
            store.freeing().table(place.table);
        }
        return true;
    }

    private void collect(long entry) {
        if (batchSize == batch.length) {
            batch = Arrays.copyOf(batch, batchSize * 2);
        }
        batch[batchSize++] = entry;
    }

    private void touch() {
        for (int i = 0; i < batchSize; i++) {
            touched += Memory.touch(batch[i]);
        }
        for (int i = 0; i < batchSize; i++) {
            touched += Entry.touchEnd(batch[i]);
        }
    }

    private long hash(long entry) {
        return store.hash(Entry.keyAddress(entry), Entry.keyLength(entry));
    }

    // ---- changes ahead of it ----

    /** A key with this hash is about to be changed, removed or made. */
    void beforeChange(Table table, long hash) {
        Place place = placeOf(table);
        if (place == null || place.done || Long.compareUnsigned(hash, place.cursor) < 0) {
            return;
        }
        if (place.hashes.add(hash)) {
            showing = place;
            table.visitHash(hash, show);
        }
    }

    private void show(long entry) {
        taker.take(showing.db, entry);
    }

    /** Whether a table that nobody else needs any more is kept; the cut frees it later. */
    boolean keeps(Table table) {
        Place place = placeOf(table);
        if (place == null || place.done) {
            return false;
        }
        place.detached = true;
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // A table is the one that was there at the cut or not.
    private Place placeOf(Table table) {
        for (int i = current; i < places.size(); i++) {
            if (places.get(i).table == table) {
                return places.get(i);
            }
        }
        return null;
    }

    /** Ends it, whether the walk is through or not. */
    public void end() {
        for (int i = current; i < places.size(); i++) {
            Place place = places.get(i);
            if (place.detached && !place.done) {
                store.freeing().table(place.table);
            }
        }
        store.cutEnded(this);
    }

    /** Keys that were shown ahead of the walk, and new ones. */
    public long keysTouched() {
        long sum = 0;
        for (Place place : places) {
            sum += place.hashes.size();
        }
        return sum;
    }

    /** Of no use but to be used: what was read ahead. */
    long touched() {
        return touched;
    }
}
