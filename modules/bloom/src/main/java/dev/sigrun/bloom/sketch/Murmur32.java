// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.sketch;

import dev.sigrun.bloom.page.Raw;
import dev.sigrun.spi.Bytes;

/** Any thread. MurmurHash2 of 32 bits, by which RedisBloom's counting sketches hash. */
public final class Murmur32 {
    private static final int FACTOR = 0x5bd1e995;
    private static final int SHIFT = 24;

    private Murmur32() {}

    /** The hash of an item. */
    public static int hash(int seed, Bytes item) {
        return hash(seed, item.address(), item.length());
    }

    /** The hash of some bytes. */
    public static int hash(int seed, long address, int length) {
        int hash = seed ^ length;
        final long end = address + (length & ~3);
        for (long at = address; at < end; at += Integer.BYTES) {
            int word = Raw.getInt(at) * FACTOR;
            word ^= word >>> SHIFT;
            hash = hash * FACTOR ^ word * FACTOR;
        }
        final int odd = length & 3;
        if (odd != 0) {
            for (int i = 0; i < odd; i++) {
                hash ^= (Raw.getByte(end + i) & 0xff) << 8 * i;
            }
            hash *= FACTOR;
        }
        hash = (hash ^ hash >>> 13) * FACTOR;
        return hash ^ hash >>> 15;
    }

    /** The hash of an item, brought into a range. */
    public static long row(int seed, Bytes item, long width) {
        return Integer.toUnsignedLong(hash(seed, item)) % width;
    }
}
