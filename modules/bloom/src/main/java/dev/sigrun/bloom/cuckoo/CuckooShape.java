// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.cuckoo;

/**
 * What was wished of a cuckoo filter. Any thread.
 *
 * @param buckets buckets of the first layer, a power of two
 * @param slots slots of a bucket
 * @param moves how many items an addition moves at most
 * @param expansion how many times more buckets the next layer has, a power of two; 0 for no growth
 */
record CuckooShape(long buckets, int slots, int moves, int expansion) {
    static final int SLOTS_MAX = 255;
    static final int MOVES_MAX = 65_535;
    static final int EXPANSION_MAX = 32_768;
    static final int LAYERS_MAX = 65_535;

    private static final long BYTES_MAX = Integer.MAX_VALUE & ~7;

    /** A shape for so many items; a lone bucket would be its own other one. */
    static CuckooShape forItems(long capacity, int slots, int moves, int expansion) {
        return new CuckooShape(
                powerOfTwo(Math.max(2, capacity / slots)),
                slots,
                moves,
                expansion == 0 ? 0 : (int) powerOfTwo(expansion));
    }

    /** The shape that was read somewhere; null when it makes no sense. */
    static CuckooShape checked(long buckets, long slots, long moves, long expansion) {
        boolean isSound =
                isPowerOfTwo(buckets)
                        && buckets <= BYTES_MAX
                        && slots >= 1
                        && slots <= SLOTS_MAX
                        && moves >= 1
                        && moves <= MOVES_MAX
                        && (expansion == 0 || isPowerOfTwo(expansion))
                        && expansion <= EXPANSION_MAX;
        return isSound ? new CuckooShape(buckets, (int) slots, (int) moves, (int) expansion) : null;
    }

    private static boolean isPowerOfTwo(long number) {
        return number > 0 && Long.bitCount(number) == 1;
    }

    private static long powerOfTwo(long atLeast) {
        return atLeast <= 1 ? 1 : Long.highestOneBit(atLeast - 1) << 1;
    }

    /** Buckets of a layer. */
    long buckets(int layer) {
        if (expansion <= 1) {
            return buckets;
        }
        long grown = buckets;
        for (int i = 0; i < layer && grown <= BYTES_MAX; i++) {
            grown *= expansion;
        }
        return grown;
    }

    /** Bytes of a layer. */
    long bytes(int layer) {
        return buckets(layer) * slots;
    }

    /** Whether a layer could be held and saved at all. */
    boolean isPossible(int layer) {
        return layer < LAYERS_MAX && bytes(layer) <= BYTES_MAX;
    }
}
