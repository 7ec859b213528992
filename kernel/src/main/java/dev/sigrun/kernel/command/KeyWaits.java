// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.store.Store;
import dev.sigrun.spi.Bytes;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The keys that clients wait for, and which of them have changed. Owner thread only.
 *
 * <p>A change of a key costs one comparison as long as nobody waits for any key; when somebody
 * does, the key is hashed and looked up. Whether the key holds what is waited for is found out only
 * when those who wait are served, so that a hint too many does no harm.
 */
public final class KeyWaits {
    private static final int BUCKETS_MIN = 64;

    private final Store store;
    private KeyQueue[] buckets = new KeyQueue[BUCKETS_MIN];
    private int keys;
    private int keysWaitedGone;
    private KeyQueue firstReady;
    private KeyQueue lastReady;
    private long turns;
    private boolean heldBack;

    KeyWaits(Store store) {
        this.store = store;
    }

    /** Number of keys that somebody waits for. */
    public int keys() {
        return keys;
    }

    /** Number of keys of which somebody waits to hear also when they are gone. */
    public int keysWaitedGone() {
        return keysWaitedGone;
    }

    // ---- what happens to keys ----

    /** A key has another value, or is gone. */
    public void modified(int db, Bytes key) {
        if (keys != 0) {
            long hash = store.hash(key.address(), key.length());
            KeyQueue queue = find(db, hash, key.address(), key.length());
            if (queue != null) {
                ready(queue);
            }
        }
    }

    /** All keys of a database are gone. */
    public void flushed(int db) {
        if (keysWaitedGone != 0) {
            readyAll(queue -> queue.db() == db && queue.someWaitForGone());
        }
    }

    /** Two databases have exchanged their content. */
    public void swapped(int one, int other) {
        if (keys != 0) {
            readyAll(queue -> queue.db() == one || queue.db() == other);
        }
    }

    private void readyAll(Predicate<KeyQueue> which) {
        for (KeyQueue bucket : buckets) {
            for (KeyQueue queue = bucket; queue != null; queue = queue.nextInBucket) {
                if (which.test(queue)) {
                    ready(queue);
                }
            }
        }
    }

    private void ready(KeyQueue queue) {
        if (queue.isReady) {
            return;
        }
        queue.isReady = true;
        if (lastReady == null) {
            firstReady = queue;
        } else {
            lastReady.nextReady = queue;
        }
        lastReady = queue;
    }

    // ---- serving ----

    /** Whether the keys of some queues have changed. */
    boolean isReady() {
        return firstReady != null;
    }

    /** The queue whose key has changed first; null for none. It may be empty by now. */
    KeyQueue takeReady() {
        KeyQueue queue = firstReady;
        if (queue != null) {
            firstReady = queue.nextReady;
            if (firstReady == null) {
                lastReady = null;
            }
            queue.nextReady = null;
            queue.isReady = false;
        }
        return queue;
    }

    /** Somebody could not be served because clients are paused. */
    void holdBack() {
        heldBack = true;
    }

    /** The pause is over: whoever was held back is looked at again. */
    void goOn() {
        if (heldBack) {
            heldBack = false;
            readyAll(queue -> true);
        }
    }

    // ---- queues ----

    /**
     * Lets a client wait for keys, at the end of their queues.
     *
     * @param positions positions of the keys among the client's arguments
     * @throws dev.sigrun.memory.MemoryExhausted when there is no room; the client may then stand in
     *     some of the queues
     */
    void join(KeyWait waiting, int[] positions) {
        for (int position : positions) {
            Objects.checkIndex(position, waiting.request().argumentCount(0));
            join(waiting, position);
        }
    }

    private void join(KeyWait waiting, int position) {
        int db = waiting.session().db();
        long key = waiting.address() + waiting.request().offset(position);
        int length = waiting.request().length(position);
        long hash = store.hash(key, length);
        KeyQueue queue = find(db, hash, key, length);
        if (queue == null) {
            queue = new KeyQueue(store.allocator(), db, hash, key, length);
            insert(queue);
        }
        int before = queue.someWaitForGone() ? 1 : 0;
        queue.join(waiting, turns++);
        keysWaitedGone += (queue.someWaitForGone() ? 1 : 0) - before;
    }

    /** Takes a client out of all queues. */
    void leave(KeyWait waiting) {
        for (KeyQueue.Place place = waiting.places(); place != null; place = place.nextOfWait()) {
            KeyQueue queue = place.queue();
            int before = queue.someWaitForGone() ? 1 : 0;
            queue.leave(place);
            keysWaitedGone += (queue.someWaitForGone() ? 1 : 0) - before;
            if (queue.isEmpty()) {
                remove(queue);
            }
        }
        waiting.places(null);
    }

    private int bucket(int db, long hash) {
        return (int) (hash + db) & buckets.length - 1;
    }

    private KeyQueue find(int db, long hash, long key, int keyLength) {
        KeyQueue queue = buckets[bucket(db, hash)];
        while (queue != null && !queue.isFor(db, hash, key, keyLength)) {
            queue = queue.nextInBucket;
        }
        return queue;
    }

    private void insert(KeyQueue queue) {
        if (keys == buckets.length) {
            resize(buckets.length * 2);
        }
        link(queue);
        keys++;
    }

    private void link(KeyQueue queue) {
        int bucket = bucket(queue.db(), queue.hash());
        queue.nextInBucket = buckets[bucket];
        buckets[bucket] = queue;
    }

    private void remove(KeyQueue queue) {
        int bucket = bucket(queue.db(), queue.hash());
        if (buckets[bucket] == queue) {
            buckets[bucket] = queue.nextInBucket;
        } else {
            KeyQueue before = buckets[bucket];
            while (before.nextInBucket != queue) {
                before = before.nextInBucket;
            }
            before.nextInBucket = queue.nextInBucket;
        }
        queue.nextInBucket = null;
        queue.free(store.allocator());
        keys--;
        if (keys < buckets.length / 8 && buckets.length > BUCKETS_MIN) {
            resize(buckets.length / 2);
        }
    }

    private void resize(int length) {
        KeyQueue[] old = buckets;
        buckets = new KeyQueue[length];
        for (KeyQueue bucket : old) {
            KeyQueue queue = bucket;
            while (queue != null) {
                KeyQueue next = queue.nextInBucket;
                link(queue);
                queue = next;
            }
        }
    }
}
