// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

import dev.sigrun.memory.Memory;

/**
 * Owner thread only. A part of a dictionary: all hashes that share their first {@code depth} bits.
 *
 * <pre>
 *   0  no element ends before this time, in milliseconds since the Unix epoch (8)
 *   8  depth (1)
 *   9  bits: there are 2^bits slots (1)
 *  10  unused (6)
 *  16  the slots, each the address of a bucket or 0 (8 each)
 * </pre>
 *
 * <p>The bits of a hash that follow the first {@code depth} ones choose its slot. A bucket stands
 * in as many slots next to each other as its range of hashes is long: always a power of two, from a
 * multiple of it on. So a full bucket is split alone, and the slots double only when the bucket has
 * a single one.
 */
final class Segment {
    static final int BITS_MAX = 6;

    /** The time in a segment without elements that end. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int DEPTH = 8;
    private static final int BITS = 9;
    private static final int SLOTS = 16;

    private Segment() {}

    static long bytes(int bits) {
        return SLOTS + (8L << bits);
    }

    /** Writes the header; the slots are the caller's to fill. */
    static void create(long segment, int depth, int bits, long earliestMillis) {
        Memory.putLong(segment, earliestMillis);
        Memory.putLong(segment + DEPTH, depth | ((long) bits << 8));
    }

    static int depth(long segment) {
        return Memory.getByte(segment + DEPTH);
    }

    static int bits(long segment) {
        return Memory.getByte(segment + BITS);
    }

    static int slots(long segment) {
        return 1 << bits(segment);
    }

    static long earliestMillis(long segment) {
        return Memory.getLong(segment);
    }

    static void earliestMillis(long segment, long unixMillis) {
        Memory.putLong(segment, unixMillis);
    }

    /** The slot for a hash; the two shifts bring no bits to slot 0. */
    static int slot(long segment, long hash) {
        return (int) (((hash << depth(segment)) >>> 1) >>> (63 - bits(segment)));
    }

    static long bucket(long segment, int slot) {
        return Memory.getLong(segment + SLOTS + ((long) slot << 3));
    }

    static void fill(long segment, int slot, int count, long bucket) {
        for (int at = slot; at < slot + count; at++) {
            Memory.putLong(segment + SLOTS + ((long) at << 3), bucket);
        }
    }

    /** Whether so many slots from one on all have this content. */
    static boolean isAll(long segment, int slot, int count, long bucket) {
        for (int at = slot; at < slot + count; at++) {
            if (bucket(segment, at) != bucket) {
                return false;
            }
        }
        return true;
    }

    /** How many slots the bucket of a slot has; for 0 the range that a new bucket would have. */
    static int span(long segment, int slot) {
        int slots = slots(segment);
        long bucket = bucket(segment, slot);
        int span = 1;
        while (span < slots && isAll(segment, (slot & -span) ^ span, span, bucket)) {
            span <<= 1;
        }
        return span;
    }

    /** The number of leading bits that all hashes of a slot's bucket share. */
    static int bucketDepth(long segment, int span) {
        return depth(segment) + bits(segment) - Integer.numberOfTrailingZeros(span);
    }
}
