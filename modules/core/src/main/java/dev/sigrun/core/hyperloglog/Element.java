// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hyperloglog;

import dev.sigrun.memory.Memory;

/**
 * What an element says to a HyperLogLog: which register it belongs to, and how many bits of the
 * rest of its hash come up to the first one. Packed into one int, for want of two results. Any
 * thread.
 */
final class Element {
    private static final int INDEX_BITS = 14;
    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;
    private static final long FACTOR = 0xc6a4a7935bd1e995L;
    private static final long SEED = 0xadc83b19L;
    private static final int SHIFT = 47;

    private Element() {}

    /** Hashes an element. */
    static int of(long address, int length) {
        return ofHash(hash(address, length));
    }

    /** The register of a hash, and the run in the rest of it. */
    static int ofHash(long hash) {
        // The added one ends the run where the hash does.
        long rest = hash >>> INDEX_BITS | 1L << Long.SIZE - INDEX_BITS;
        return Long.numberOfTrailingZeros(rest) + 1 << INDEX_BITS | (int) hash & INDEX_MASK;
    }

    /** The register's number. */
    static int index(int element) {
        return element & INDEX_MASK;
    }

    /** The length of the run, from 1 to 51. */
    static int run(int element) {
        return element >>> INDEX_BITS;
    }

    /** MurmurHash2 in its variant 64A. */
    static long hash(long address, int length) {
        long hash = begin(length);
        int at = 0;
        for (; at <= length - Long.BYTES; at += Long.BYTES) {
            hash = (hash ^ mixed(Memory.getLong(address + at))) * FACTOR;
        }
        if (at < length) {
            long tail = 0;
            for (int i = length - 1; i >= at; i--) {
                tail = tail << 8 | Memory.getByte(address + i) & 0xFF;
            }
            hash = (hash ^ tail) * FACTOR;
        }
        hash = (hash ^ hash >>> SHIFT) * FACTOR;
        return hash ^ hash >>> SHIFT;
    }

    /** The hash of eight bytes, little-endian. */
    static long hash(long word) {
        long hash = (begin(Long.BYTES) ^ mixed(word)) * FACTOR;
        hash = (hash ^ hash >>> SHIFT) * FACTOR;
        return hash ^ hash >>> SHIFT;
    }

    private static long begin(int length) {
        return SEED ^ length * FACTOR;
    }

    private static long mixed(long word) {
        long mixed = word * FACTOR;
        return (mixed ^ mixed >>> SHIFT) * FACTOR;
    }
}
