// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.kernel.base.Slice;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The keys of a replica that got their time to live here, from clients who may write to it: their
 * primary knows nothing of them and will never say that they go. Owner thread only.
 */
public final class OwnExpiries {
    private static final int KEYS_PER_RUN = 64;
    private static final int KEY_BYTES_FIRST = 256;

    private final Store store;
    private final Set<Place> known = new HashSet<>();
    private final ArrayDeque<Place> queue = new ArrayDeque<>();
    private final Slice name = new Slice();

    /** A key in its database. */
    private static final class Place {
        private final int db;
        private final byte[] key;

        Place(int db, byte[] key) {
            this.db = db;
            this.key = key;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Place place && place.db == db && Arrays.equals(place.key, key);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(key) + db;
        }
    }

    OwnExpiries(Store store) {
        this.store = store;
    }

    /** Number of keys. */
    public int size() {
        return known.size();
    }

    void remember(int db, Bytes key) {
        Place place = new Place(db, key.copy());
        if (known.add(place)) {
            queue.add(place);
        }
    }

    /** Forgets all of them. */
    public void clear() {
        known.clear();
        queue.clear();
    }

    /**
     * Removes those whose time is over; looks at some in each turn. Where the data has become our
     * own they are keys like all others.
     */
    public void run() {
        if (!store.isFollowing()) {
            clear();
        }
        int count = Math.min(queue.size(), KEYS_PER_RUN);
        if (count == 0) {
            return;
        }
        long room = store.allocator().allocate(KEY_BYTES_FIRST);
        int roomBytes = KEY_BYTES_FIRST;
        for (int i = 0; i < count; i++) {
            Place place = queue.remove();
            if (place.key.length > roomBytes) {
                store.allocator().free(room, roomBytes);
                roomBytes = place.key.length;
                room = store.allocator().allocate(roomBytes);
            }
            Memory.copy(place.key, 0, room, place.key.length);
            if (look(place, name.wrap(room, place.key.length))) {
                queue.add(place);
            } else {
                known.remove(place);
            }
        }
        name.expire();
        store.allocator().free(room, roomBytes);
    }

    /** Whether a key still has a time to live that is not over. */
    private boolean look(Place place, Slice key) {
        Database db = store.database(place.db);
        long hash = store.hash(key.address(), key.length());
        long entry = db.find(hash, key.address(), key.length());
        if (entry == 0 || !Entry.hasExpiry(entry)) {
            return false;
        }
        if (store.nowMillis() > Entry.expiry(entry)) {
            store.expire(db, hash, entry);
            return false;
        }
        return true;
    }
}
