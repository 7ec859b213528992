// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

import dev.sigrun.bloom.page.Raw;

/** Any thread. MurmurHash64A, the hash of RedisBloom's filters. */
public final class Murmur64 {
    /** The seed of an item's first hash, which is itself the seed of the second. */
    public static final long SEED = 0xc6a4a7935bd1e995L;

    private static final long FACTOR = 0xc6a4a7935bd1e995L;
    private static final int SHIFT = 47;

    private Murmur64() {}

    /** The hash of some bytes. */
    public static long hash(long seed, long address, int length) {
        long hash = seed ^ (length * FACTOR);
        final long end = address + (length & ~7);
        for (long at = address; at < end; at += Long.BYTES) {
            long word = Raw.getLong(at) * FACTOR;
            word ^= word >>> SHIFT;
            hash = (hash ^ (word * FACTOR)) * FACTOR;
        }
        final int odd = length & 7;
        if (odd != 0) {
            long word = 0;
            for (int i = 0; i < odd; i++) {
                word |= (Raw.getByte(end + i) & 0xffL) << (8 * i);
            }
            hash = (hash ^ word) * FACTOR;
        }
        hash = (hash ^ (hash >>> SHIFT)) * FACTOR;
        return hash ^ (hash >>> SHIFT);
    }
}
