// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.cuckoo;

import dev.sigrun.bloom.page.Pages;
import dev.sigrun.spi.memory.OffHeap;

/**
 * Owner thread only, but for writing an image. One layer: buckets of slots, a byte each.
 *
 * <p>A fingerprint may be in the bucket of its hash or in that of its other hash.
 */
final class Table {
    private static final long FACTOR = 0x5bd1e995L;
    private static final int FINGERPRINTS = 255;

    private final int slots;
    private final long mask;
    private final Pages cells;

    private Table(int slots, long buckets, Pages cells) {
        this.slots = slots;
        this.mask = buckets - 1;
        this.cells = cells;
    }

    /**
     * An empty table.
     *
     * @param slots slots of a bucket
     * @param buckets a power of two
     */
    static Table empty(int slots, long buckets) {
        return new Table(slots, buckets, new Pages(buckets * slots));
    }

    /** A table with the content of other memory. */
    static Table of(OffHeap memory, int slots, long buckets, long source) {
        return new Table(slots, buckets, Pages.of(memory, source, buckets * slots));
    }

    /** Another one that shares its memory. */
    Table share() {
        return new Table(slots, mask + 1, cells.share());
    }

    long buckets() {
        return mask + 1;
    }

    Pages cells() {
        return cells;
    }

    /** The fingerprint of an item with this hash. */
    static byte fingerprint(long hash) {
        return (byte) (Long.remainderUnsigned(hash, FINGERPRINTS) + 1);
    }

    /** The other hash; of which this gives the first one again, as far as the buckets matter. */
    static long other(byte fingerprint, long hash) {
        return hash ^ (fingerprint & 0xff) * FACTOR;
    }

    private long start(long hash) {
        return (hash & mask) * slots;
    }

    /** Offset of a slot with this content in the bucket of a hash; -1 when there is none. */
    private long find(long hash, byte content) {
        long start = start(hash);
        for (long at = start; at < start + slots; at++) {
            if (cells.getByte(at) == content) {
                return at;
            }
        }
        return -1;
    }

    private long findInEither(byte fingerprint, long hash, byte content) {
        long at = find(hash, content);
        return at >= 0 ? at : find(other(fingerprint, hash), content);
    }

    boolean contains(byte fingerprint, long hash) {
        return findInEither(fingerprint, hash, fingerprint) >= 0;
    }

    /** How often a fingerprint is in its buckets. */
    long count(byte fingerprint, long hash) {
        long second = other(fingerprint, hash);
        long count = countIn(hash, fingerprint);
        return start(second) == start(hash) ? count : count + countIn(second, fingerprint);
    }

    private long countIn(long hash, byte fingerprint) {
        long start = start(hash);
        long count = 0;
        for (long at = start; at < start + slots; at++) {
            count += cells.getByte(at) == fingerprint ? 1 : 0;
        }
        return count;
    }

    /** Puts a fingerprint where there is room; returns whether there is. */
    boolean put(OffHeap memory, byte fingerprint, long hash) {
        long at = findInEither(fingerprint, hash, (byte) 0);
        if (at < 0) {
            return false;
        }
        cells.own(memory, at);
        cells.putByte(at, fingerprint);
        return true;
    }

    /** Takes a fingerprint away once; returns whether it was there. */
    boolean remove(OffHeap memory, byte fingerprint, long hash) {
        long at = findInEither(fingerprint, hash, fingerprint);
        if (at < 0) {
            return false;
        }
        cells.own(memory, at);
        cells.putByte(at, (byte) 0);
        return true;
    }

    /**
     * Puts a fingerprint whose buckets are full by moving others to their other buckets.
     *
     * @param moves how many to move at most
     * @return whether that made room; if not, all are back where they were
     */
    boolean putByMoving(OffHeap memory, byte fingerprint, long hash, int moves) {
        byte homeless = fingerprint;
        long bucket = hash;
        int slot = 0;
        for (int move = 0; move < moves; move++) {
            homeless = exchange(memory, bucket, slot, homeless);
            bucket = other(homeless, bucket & mask);
            long free = find(bucket, (byte) 0);
            if (free >= 0) {
                cells.own(memory, free);
                cells.putByte(free, homeless);
                return true;
            }
            slot = slot + 1 == slots ? 0 : slot + 1;
        }
        for (int move = 0; move < moves; move++) {
            slot = slot == 0 ? slots - 1 : slot - 1;
            bucket = other(homeless, bucket & mask);
            homeless = exchange(memory, bucket, slot, homeless);
        }
        return false;
    }

    private byte exchange(OffHeap memory, long hash, int slot, byte content) {
        long at = start(hash) + slot;
        byte before = cells.getByte(at);
        cells.own(memory, at);
        cells.putByte(at, content);
        return before;
    }

    /** The content of a slot. */
    byte slot(long bucket, int slot) {
        return cells.getByte(bucket * slots + slot);
    }

    /** Frees a slot. */
    void clear(OffHeap memory, long bucket, int slot) {
        long at = bucket * slots + slot;
        cells.own(memory, at);
        cells.putByte(at, (byte) 0);
    }
}
