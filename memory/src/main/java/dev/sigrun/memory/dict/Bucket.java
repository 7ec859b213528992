// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

import dev.sigrun.memory.Memory;

/**
 * Owner thread only. The block that holds the elements of one short range of hashes.
 *
 * <pre>
 *   0  bytes in use from the beginning on (2)
 *   2  bytes of the block (2)
 *   4  number of elements or pairs (1)
 *   5  unused, for the number of a snapshot (1)
 *   6  the elements one after the other, for a map each key followed by its value
 *      nothing
 *  -n  a tag for each element or pair, a byte of its hash, in reverse order
 * </pre>
 *
 * <p>The tags stand at the block's end, so that a new element moves nothing, and are compared eight
 * at a time. Behind a tag that fits, the element is found by walking over those before it.
 */
final class Bucket {
    static final int HEADER_BYTES = 6;

    /** A bucket with more elements than this is split. */
    static final int COUNT_MAX = 32;

    /** A bucket of more bytes than this is split, if it has more than a few elements. */
    static final int BYTES_MAX = 1024;

    /** So few elements are never split for their bytes, or the slots would be more than they. */
    static final int COUNT_FEW = 8;

    /** What {@link #find} answers when there is no such element. */
    static final int NONE = -1;

    private static final int CAPACITY = 2;
    private static final int COUNT = 4;
    private static final int OFFSET_BITS = 16;
    private static final int STEP = 32;
    private static final long ONES = 0x0101010101010101L;
    private static final long LOWS = 0x7f7f7f7f7f7f7f7fL;

    private Bucket() {}

    static void create(long bucket, int capacity) {
        Memory.putShort(bucket, (short) HEADER_BYTES);
        Memory.putShort(bucket + CAPACITY, (short) capacity);
        Memory.putShort(bucket + COUNT, (short) 0);
    }

    /** The size of block for so many bytes in use and so many elements. */
    static int capacity(int used, int count) {
        return (used + count + STEP - 1) & -STEP;
    }

    static int used(long bucket) {
        return Memory.getShort(bucket) & 0xffff;
    }

    static int capacity(long bucket) {
        return Memory.getShort(bucket + CAPACITY) & 0xffff;
    }

    static int count(long bucket) {
        return Memory.getByte(bucket + COUNT);
    }

    /** Bytes of all elements. */
    static int elementBytes(long bucket) {
        return used(bucket) - HEADER_BYTES;
    }

    /** Whether the bucket must be split before it gets so many bytes and elements more. */
    static boolean isFull(long bucket, int moreBytes, int moreCount) {
        int count = count(bucket) + moreCount;
        return count > COUNT_MAX
                || (count > COUNT_FEW
                        && moreBytes > 0
                        && used(bucket) + moreBytes + count > BYTES_MAX);
    }

    /** The bits of a hash by which elements of one bucket are told apart. */
    static int tag(long hash) {
        return (int) hash & 0xff;
    }

    /**
     * Finds an element, or a pair by its key.
     *
     * @return {@link #NONE}, or what {@link #offset} and {@link #index} tell about the place
     */
    static int find(long bucket, int stride, int tag, Item item) {
        int count = count(bucket);
        long end = bucket + capacity(bucket);
        long pattern = tag * ONES;
        long at = bucket + HEADER_BYTES;
        int index = 0;
        for (int first = 0; first < count; first += 8) {
            // Below the tags there are other bytes; the first tag is in the highest byte.
            long hits = equalBytes(Memory.getLong(end - first - 8), pattern) & mask(count - first);
            while (hits != 0) {
                int before = Long.numberOfLeadingZeros(hits);
                int hit = first + (before >>> 3);
                at = skip(at, (hit - index) * stride);
                index = hit;
                if (item.matches(at)) {
                    return (index << OFFSET_BITS) | (int) (at - bucket);
                }
                hits &= ~(Long.MIN_VALUE >>> before);
            }
        }
        return NONE;
    }

    /** A high bit for each byte that is the same in both. */
    private static long equalBytes(long word, long pattern) {
        long difference = word ^ pattern;
        return ~(((difference & LOWS) + LOWS) | difference | LOWS);
    }

    private static long mask(int tags) {
        return tags >= 8 ? -1L : -1L << (64 - (tags << 3));
    }

    static int offset(int found) {
        return found & ((1 << OFFSET_BITS) - 1);
    }

    static int index(int found) {
        return found >>> OFFSET_BITS;
    }

    /** The address behind so many elements. */
    static long skip(long element, int elements) {
        long at = element;
        for (int left = elements; left > 0; left--) {
            at += Element.size(at);
        }
        return at;
    }

    /** The address of the element or key with an index. */
    static long element(long bucket, int index, int stride) {
        return skip(bucket + HEADER_BYTES, index * stride);
    }

    static int tagAt(long bucket, int index) {
        return Memory.getByte(bucket + capacity(bucket) - 1 - index) & 0xff;
    }

    /** Where the next element goes. */
    static long end(long bucket) {
        return bucket + used(bucket);
    }

    /** Counts what was written at the {@link #end}. */
    static void append(long bucket, int tag, int bytes) {
        int count = count(bucket);
        Memory.putByte(bucket + capacity(bucket) - 1 - count, (byte) tag);
        Memory.putByte(bucket + COUNT, (byte) (count + 1));
        Memory.putShort(bucket, (short) (used(bucket) + bytes));
    }

    /** Takes an element or a pair out, as many bytes from its place on. */
    static void erase(long bucket, int found, int bytes) {
        resize(bucket, offset(found), bytes, 0);
        int count = count(bucket);
        int behind = count - 1 - index(found);
        long last = bucket + capacity(bucket) - count;
        Memory.copy(last, last + 1, behind);
        Memory.putByte(bucket + COUNT, (byte) (count - 1));
    }

    /** Makes the bytes at an offset more or fewer, for which there is room. */
    static void resize(long bucket, int offset, int oldBytes, int newBytes) {
        if (newBytes == oldBytes) {
            // Usual where values are counters or times, and then nothing behind need be touched.
            return;
        }
        int used = used(bucket);
        long behind = bucket + offset + oldBytes;
        Memory.copy(behind, bucket + offset + newBytes, used - offset - oldBytes);
        Memory.putShort(bucket, (short) (used + newBytes - oldBytes));
    }

    /** Says that the block has another size, and brings the tags to its end. */
    static void moveTags(long bucket, int newCapacity) {
        int count = count(bucket);
        long end = bucket + capacity(bucket);
        Memory.copy(end - count, bucket + newCapacity - count, count);
        Memory.putShort(bucket + CAPACITY, (short) newCapacity);
    }
}
