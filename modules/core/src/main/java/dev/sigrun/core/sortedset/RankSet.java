// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.memory.Memory;

/**
 * Ranks that were picked, between {@link #begin} and {@link #close}: a table of twice as many slots
 * that is probed one slot after the other. Owner thread only.
 */
final class RankSet {
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private final CoreMemory memory;
    private long table;
    private int bits;

    RankSet(CoreMemory memory) {
        this.memory = memory;
    }

    /** Begins with no ranks; at most so many may be added. */
    void begin(long ranks) {
        bits = Long.SIZE + 1 - Long.numberOfLeadingZeros(ranks);
        table = memory.allocate(bytes());
        Memory.set(table, bytes(), (byte) 0);
    }

    private long bytes() {
        return (long) Long.BYTES << bits;
    }

    /** Adds a rank; false when it was there. */
    boolean add(long rank) {
        long mask = (1L << bits) - 1;
        long slot = rank * SPREAD >>> (Long.SIZE - bits);
        while (true) {
            long at = table + (slot << 3);
            long there = Memory.getLong(at);
            if (there == 0) {
                Memory.putLong(at, rank + 1);
                return true;
            }
            if (there == rank + 1) {
                return false;
            }
            slot = slot + 1 & mask;
        }
    }

    /** Gives the memory back, if any was taken. */
    void close() {
        if (table != 0) {
            memory.free(table, bytes());
            table = 0;
        }
    }
}
