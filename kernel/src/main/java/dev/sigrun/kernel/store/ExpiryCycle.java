// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.kernel.base.Clock;

/**
 * Removes keys whose time has come before anybody asks for them. Each run walks a part of every
 * database that has volatile keys, in the table's scan order, and goes on with a database as long
 * as a good share of what it saw was stale. Bounded in time. Owner thread only.
 */
public final class ExpiryCycle {
    /** Volatile keys looked at between two decisions, at the lowest effort. */
    private static final int KEYS_PER_LOOP = 20;

    /** Scan steps between two decisions, so that few volatile keys among many cost little. */
    private static final int STEPS_PER_LOOP = 4096;

    /** Elements that one visit to a value removes at most. */
    private static final int ELEMENTS_PER_VISIT = 80;

    private static final int STALE_PERCENT_ACCEPTED = 10;

    private final Store store;
    private final Clock clock;
    private int sampled;
    private int stale;
    private long ttlSum;
    private int alive;
    private final long[] found = new long[256];
    private int foundCount;
    private final long[] visited = new long[256];
    private int visitedCount;
    private final ElementVisit elements;
    private int nextDatabase;

    /** Makes a cycle over all databases of {@code store}. */
    public ExpiryCycle(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.elements = new ElementVisit(store);
    }

    /**
     * Runs once.
     *
     * @param nanosMax time after which it stops, wherever it is
     * @param effort {@code active-expire-effort}, 1 to 10
     * @return whether the time was too short for what there is
     */
    public boolean run(long nanosMax, int effort) {
        if (store.keepsExpired()) {
            return false;
        }
        long begin = clock.nanos();
        boolean cut = walk(begin + nanosMax, effort);
        long nanos = clock.nanos() - begin;
        store.stats().expiryNanos += nanos;
        store.latency().sample("expire-cycle", nanos);
        return cut;
    }

    private boolean walk(long end, int effort) {
        int keysPerLoop = KEYS_PER_LOOP + KEYS_PER_LOOP / 4 * (effort - 1);
        int stalePercent = STALE_PERCENT_ACCEPTED - (effort - 1);
        long totalSampled = 0;
        long totalStale = 0;
        for (int i = 0; i < store.databaseCount(); i++) {
            Database db = store.database(nextDatabase);
            nextDatabase = (nextDatabase + 1) % store.databaseCount();
            boolean goOn = hasWork(db);
            while (goOn) {
                loop(db, keysPerLoop);
                totalSampled += sampled;
                totalStale += stale;
                goOn = hasWork(db) && sampled > 0 && stale * 100 / sampled > stalePercent;
                if (clock.nanos() - end >= 0) {
                    average(totalSampled, totalStale);
                    return true;
                }
            }
        }
        average(totalSampled, totalStale);
        return false;
    }

    private static boolean hasWork(Database db) {
        return db.volatileKeys() > 0 || db.keysWithVolatileItems() > 0;
    }

    private void average(long totalSampled, long totalStale) {
        double percent = totalSampled == 0 ? 0 : totalStale * 100.0 / totalSampled;
        StoreStats stats = store.stats();
        stats.expiredStalePercent = percent * 0.05 + stats.expiredStalePercent * 0.95;
    }

    private void loop(Database db, int keysPerLoop) {
        sampled = 0;
        stale = 0;
        ttlSum = 0;
        alive = 0;
        for (int steps = 0; steps < STEPS_PER_LOOP && sampled < keysPerLoop; steps++) {
            foundCount = 0;
            visitedCount = 0;
            db.expiryCursor = db.scanVolatile(db.expiryCursor, this::see);
            for (int i = 0; i < foundCount; i++) {
                long entry = found[i];
                long hash = store.hash(Entry.keyAddress(entry), Entry.keyLength(entry));
                store.expire(db, hash, entry);
            }
            for (int i = 0; i < visitedCount; i++) {
                // A value in which a whole visit's worth was stale has more, so it counts as stale.
                stale += elements.run(db, visited[i], ELEMENTS_PER_VISIT) / ELEMENTS_PER_VISIT;
            }
            if (db.expiryCursor == 0) {
                break;
            }
        }
        if (alive > 0) {
            long average = ttlSum / alive;
            db.averageTtlMillis =
                    db.averageTtlMillis == 0
                            ? average
                            : db.averageTtlMillis / 50 * 49 + average / 50;
        }
    }

    private void see(long entry) {
        boolean elementsExpire = Entry.elementsExpire(entry);
        if (!Entry.hasExpiry(entry) && !elementsExpire) {
            return;
        }
        sampled++;
        if (!store.isPastItsTime(entry)) {
            if (elementsExpire && visitedCount < visited.length) {
                visited[visitedCount++] = entry;
            }
            if (!Entry.hasExpiry(entry)) {
                return;
            }
            alive++;
            ttlSum += Entry.expiry(entry) - store.nowMillis();
        } else {
            stale++;
            if (foundCount < found.length) {
                found[foundCount++] = entry;
            }
        }
    }
}
