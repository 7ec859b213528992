// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.base.Slice;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.key.NotifyClass;

/**
 * Makes room when {@code maxmemory} is reached. Candidates come from samples of the table and
 * compete in a small pool that lives across calls, so that a good candidate that was not evicted at
 * once is remembered; the pool holds copies of names, since entries move. Owner thread only.
 */
public final class Eviction {
    private static final int POOL_SIZE = 16;
    private static final int NAME_BYTES_MAX = 255;

    /** Evictions between two looks at the clock. */
    private static final int KEYS_PER_LOOK = 16;

    private final Store store;
    private final Clock clock;
    private final long[] sample = new long[64];
    private final long[] poolScore = new long[POOL_SIZE];
    private final int[] poolDb = new int[POOL_SIZE];
    private final int[] poolNameLength = new int[POOL_SIZE];
    private final long poolNames;
    private final Slice evictedName = new Slice();
    private int poolCount;
    private boolean ranOutOfTime;
    private long longNamed;
    private Database longNamedDb;
    private int nextDb;
    private EvictionPolicy policy = EvictionPolicy.NOEVICTION;
    private int samples = 5;

    /** Makes an eviction over all databases of {@code store}. */
    public Eviction(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.poolNames = store.allocator().allocate((long) POOL_SIZE * NAME_BYTES_MAX);
    }

    /** Sets what is in force; what the pool remembered under another policy means nothing then. */
    public void configure(EvictionPolicy newPolicy, int samplesPerRound) {
        if (policy != newPolicy) {
            poolCount = 0;
        }
        policy = newPolicy;
        samples = Math.min(samplesPerRound, sample.length);
    }

    /** The policy in force. */
    public EvictionPolicy policy() {
        return policy;
    }

    /**
     * Evicts until at least this many bytes are free again.
     *
     * @param bytesToFree how far the memory in use is above the limit
     * @param nanosMax time after which it stops although memory is still short
     * @return bytes still to be freed; not positive when all is well
     */
    public long run(long bytesToFree, long nanosMax) {
        long begin = clock.nanos();
        long missing = run(store.usedBytes() - bytesToFree, begin + nanosMax, nanosMax);
        store.latency().sample("eviction-cycle", clock.nanos() - begin);
        return missing;
    }

    private long run(long target, long end, long nanosMax) {
        int evicted = 0;
        ranOutOfTime = false;
        while (store.usedBytes() > target) {
            if (store.isFreeing()) {
                // What waits to be freed anyway goes before any key does.
                store.freeSome(nanosMax);
                continue;
            }
            if (policy == EvictionPolicy.NOEVICTION || !evictOne()) {
                break;
            }
            if (++evicted % KEYS_PER_LOOK == 0 && clock.nanos() - end >= 0) {
                ranOutOfTime = true;
                break;
            }
        }
        return store.usedBytes() - target;
    }

    /** Whether the last run stopped for want of time with more to evict. */
    public boolean ranOutOfTime() {
        return ranOutOfTime;
    }

    private boolean evictOne() {
        if (policy.isRandom()) {
            return evictRandom();
        }
        for (int round = 0; round < store.databaseCount() + 1; round++) {
            longNamed = 0;
            fillPool();
            while (poolCount > 0) {
                poolCount--;
                if (evictPooled(poolCount)) {
                    return true;
                }
            }
            if (longNamed != 0) {
                long entry = longNamed;
                evict(
                        longNamedDb,
                        store.hash(Entry.keyAddress(entry), Entry.keyLength(entry)),
                        entry);
                return true;
            }
            if (countEvictable() == 0) {
                return false;
            }
        }
        return false;
    }

    private long countEvictable() {
        long count = 0;
        for (int i = 0; i < store.databaseCount(); i++) {
            Database db = store.database(i);
            count += policy.isVolatileOnly() ? db.volatileKeys() : db.size();
        }
        return count;
    }

    private boolean evictRandom() {
        for (int i = 0; i < store.databaseCount(); i++) {
            nextDb = (nextDb + 1) % store.databaseCount();
            Database db = store.database(nextDb);
            long entry = pickRandom(db);
            if (entry != 0) {
                evict(db, store.hash(Entry.keyAddress(entry), Entry.keyLength(entry)), entry);
                return true;
            }
        }
        return false;
    }

    private long pickRandom(Database db) {
        if (!policy.isVolatileOnly()) {
            return db.randomEntry(store.random());
        }
        return db.volatileKeys() > 0 && sampleFrom(db, 1) > 0 ? sample[0] : 0;
    }

    private int sampleFrom(Database db, int wanted) {
        long place = store.random().nextLong();
        return policy.isVolatileOnly()
                ? db.sampleVolatile(place, sample, wanted)
                : db.sample(place, sample, wanted);
    }

    private void fillPool() {
        for (int i = 0; i < store.databaseCount(); i++) {
            Database db = store.database(i);
            long candidates = policy.isVolatileOnly() ? db.volatileKeys() : db.size();
            if (candidates == 0) {
                continue;
            }
            int count = sampleFrom(db, samples);
            for (int k = 0; k < count; k++) {
                offer(db, sample[k]);
            }
        }
    }

    /** The higher, the sooner the key goes. */
    private long score(long entry) {
        if (policy == EvictionPolicy.VOLATILE_TTL) {
            return Long.MAX_VALUE - Entry.expiry(entry);
        }
        int bits = Entry.clock(entry);
        return policy.isLfu()
                ? 255 - store.accessClock().frequency(bits)
                : store.accessClock().idleSeconds(bits);
    }

    /** Puts a candidate at its place among the others, the best one last. */
    private void offer(Database db, long entry) {
        int length = Entry.keyLength(entry);
        if (length > NAME_BYTES_MAX) {
            // The pool has no room for the name; such a rare key is judged by the next sample.
            longNamed = entry;
            longNamedDb = db;
            return;
        }
        long score = score(entry);
        int at = 0;
        while (at < poolCount && poolScore[at] < score) {
            at++;
        }
        if (poolCount == POOL_SIZE) {
            if (at == 0) {
                return;
            }
            at--;
            shift(1, 0, at);
        } else {
            shift(at, at + 1, poolCount - at);
            poolCount++;
        }
        poolScore[at] = score;
        poolDb[at] = db.index();
        poolNameLength[at] = length;
        Memory.copy(Entry.keyAddress(entry), name(at), poolNameLength[at]);
    }

    private void shift(int from, int to, int count) {
        System.arraycopy(poolScore, from, poolScore, to, count);
        System.arraycopy(poolDb, from, poolDb, to, count);
        System.arraycopy(poolNameLength, from, poolNameLength, to, count);
        Memory.copy(name(from), name(to), (long) count * NAME_BYTES_MAX);
    }

    private long name(int at) {
        return poolNames + (long) at * NAME_BYTES_MAX;
    }

    private boolean evictPooled(int at) {
        Database db = store.database(poolDb[at]);
        long hash = store.hash(name(at), poolNameLength[at]);
        long entry = db.find(hash, name(at), poolNameLength[at]);
        if (entry == 0 || (policy.isVolatileOnly() && !Entry.hasExpiry(entry))) {
            return false;
        }
        evict(db, hash, entry);
        return true;
    }

    private void evict(Database db, long hash, long entry) {
        evictedName.wrap(Entry.keyAddress(entry), Entry.keyLength(entry));
        store.stats().evictedKeys++;
        store.listener().evicted(db.index(), evictedName);
        store.listener().event(NotifyClass.EVICTED, "evicted", db.index(), evictedName);
        store.listener().modified(db.index(), evictedName);
        long begin = store.latency().begin();
        store.unlink(db, hash, entry, true);
        store.latency().end("eviction-del", begin);
    }
}
