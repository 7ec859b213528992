// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

/** Counters of the keyspace, as {@code INFO} shows them. Owner thread only. */
public final class StoreStats {
    /** Successful look-ups in order to read. */
    public long keyspaceHits;

    /** Failed look-ups in order to read. */
    public long keyspaceMisses;

    /** Keys that went because their time had come. */
    public long expiredKeys;

    /** Keys that went because memory was short. */
    public long evictedKeys;

    /** Elements of values that the active expiry has removed. */
    public long expiredFields;

    /** How often the active expiry gave up because its time was over. */
    public long expiredTimeCapReached;

    /** Share of keys past their time among those sampled, in percent; a moving average. */
    public double expiredStalePercent;

    /** Time that the active expiry took. */
    public long expiryNanos;

    /** Changes since the start, for the replication of effects. */
    public long dirty;

    /** Values that wait to be freed step by step. */
    public long lazyfreePending;

    /** Values that were freed step by step. */
    public long lazyfreedObjects;

    /** Zeroes what {@code CONFIG RESETSTAT} zeroes. */
    public void reset() {
        keyspaceHits = 0;
        keyspaceMisses = 0;
        expiredKeys = 0;
        evictedKeys = 0;
        expiredFields = 0;
        expiredTimeCapReached = 0;
        expiredStalePercent = 0;
        expiryNanos = 0;
        lazyfreedObjects = 0;
    }
}
