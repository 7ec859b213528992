// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

/**
 * Owner thread only. The 64 bytes of one bucket: ten tags, a counter, ten references.
 *
 * <pre>
 *   0  ten tags of a byte, 0 for an empty slot
 *  10  two bytes: how many entries whose home is here or before lie further on
 *  12  two bytes: a bit for each slot whose entry is marked
 *  14  ten references of five bytes
 * </pre>
 *
 * <p>The counter cannot saturate: a segment holds fewer than 65,536 entries.
 */
final class Bucket {
    static final int BYTES = 64;
    static final int SLOTS = 10;

    private static final int PASSED = 10;
    private static final int MARKS = 12;
    private static final int REFERENCES = 14;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long LAST_TWO = 0x8080L;

    private Bucket() {}

    /**
     * The low bits of the hash, which no bucket is chosen by. Neither 0, which says empty, nor 1:
     * the comparison may also report a tag that differs in the lowest bit only, and an empty slot
     * must never be reported.
     */
    static int tag(long hash) {
        int tag = (int) hash & 0xff;
        return tag < 2 ? tag | 0x80 : tag;
    }

    static long pattern(long hash) {
        return tag(hash) * ONES;
    }

    /** A high bit for each of the first eight tags that equals the pattern's, rarely one more. */
    static long hits(long word, long pattern) {
        return equalBytes(word, pattern);
    }

    /** The same for the last two, one bit lower, so that {@link #slot} tells them apart. */
    static long lastHits(long lastWord, long pattern) {
        return (equalBytes(lastWord, pattern) & LAST_TWO) >>> 1;
    }

    private static long equalBytes(long word, long pattern) {
        long difference = word ^ pattern;
        return (difference - ONES) & ~difference & HIGHS;
    }

    /** The slot of the lowest of the hits, which is 7 or 6 in its byte. */
    static int slot(long hits) {
        int bit = Long.numberOfTrailingZeros(hits);
        return (bit >>> 3) + ((~bit & 1) << 3);
    }

    /** The slots in use, in the same form, with none too many. */
    static long occupied(long bucket) {
        return usedBytes(Memory.getLong(bucket))
                | ((usedBytes(Memory.getLong(bucket + 8)) & LAST_TWO) >>> 1);
    }

    private static long usedBytes(long word) {
        return (((word & ~HIGHS) + ~HIGHS) | word) & HIGHS;
    }

    /** The counter, from the word that begins with the last two tags. */
    static int passed(long lastWord) {
        return (int) (lastWord >>> 16) & 0xffff;
    }

    static int passedAt(long bucket) {
        return Memory.getShort(bucket + PASSED) & 0xffff;
    }

    static void pass(long bucket, int change) {
        int passed = passedAt(bucket) + change;
        assert passed >= 0 && passed <= 0xffff : "A bucket's counter has gone wrong.";
        Memory.putShort(bucket + PASSED, (short) passed);
    }

    static int tagAt(long bucket, int slot) {
        return Memory.getByte(bucket + slot) & 0xff;
    }

    /** Read by the eight bytes that end with the reference, which never leave the bucket. */
    static long reference(long bucket, int slot) {
        return Memory.getLong(bucket + REFERENCES - 3 + slot * 5L) >>> 24;
    }

    static void put(long bucket, int slot, int tag, long reference, boolean marked) {
        int marks = marksAt(bucket);
        int changed = marked ? marks | (1 << slot) : marks & ~(1 << slot);
        if (changed != marks) {
            Memory.putShort(bucket + MARKS, (short) changed);
        }
        Memory.putByte(bucket + slot, (byte) tag);
        long at = bucket + REFERENCES + slot * 5L;
        Memory.putInt(at, (int) reference);
        Memory.putByte(at + 4, (byte) (reference >>> 32));
    }

    /** The marks; those of empty slots mean nothing. */
    static int marksAt(long bucket) {
        return Memory.getShort(bucket + MARKS) & 0x3ff;
    }

    static void clear(long bucket, int slot) {
        Memory.putByte(bucket + slot, (byte) 0);
    }

    /** An empty slot, or -1. */
    static int vacancy(long bucket) {
        long vacant = equalBytes(Memory.getLong(bucket), 0);
        if (vacant != 0) {
            return Long.numberOfTrailingZeros(vacant) >>> 3;
        }
        vacant = equalBytes(Memory.getLong(bucket + 8), 0) & LAST_TWO;
        return vacant == 0 ? -1 : 8 + (Long.numberOfTrailingZeros(vacant) >>> 3);
    }
}
