// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;

/**
 * A string that arrives in parts, in a block of the store's own. The block grows with what has
 * arrived, since its length is only a claim. Owner thread only.
 */
final class LongString {
    private static final int TRUSTED_BYTES = 4 << 20;

    private final Allocator allocator;
    private long block;
    private int capacity;
    private int filled;
    private int total;

    LongString(Allocator allocator) {
        this.allocator = allocator;
    }

    void begin(long bytes) {
        drop();
        total = (int) bytes;
        filled = 0;
        capacity = Math.min(total, TRUSTED_BYTES);
        block = allocator.allocate(capacity);
    }

    /** Adds bytes; says whether these are all. */
    boolean add(long bytes, int length) {
        if (capacity - filled < length) {
            int wished = (int) Math.min(total, Math.max(capacity * 2L, filled + (long) length));
            block = allocator.resize(block, capacity, wished);
            capacity = wished;
        }
        Memory.copy(bytes, block + filled, length);
        filled += length;
        return filled == total;
    }

    int length() {
        return filled;
    }

    /** Hands the block over. */
    long take() {
        long taken = block;
        block = 0;
        return taken;
    }

    /** Frees what has come of a string whose rest will not. */
    void drop() {
        if (block != 0) {
            allocator.free(block, capacity);
            block = 0;
        }
    }
}
