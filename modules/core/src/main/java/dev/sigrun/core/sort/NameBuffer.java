// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sort;

import dev.sigrun.core.CoreMemory;

/**
 * A place for one name at a time, as long as the longest one so far. Owner thread only; one object
 * serves all commands, until {@link #close}.
 */
final class NameBuffer {
    private static final int BYTES_MIN = 64;

    private final CoreMemory memory;
    private long block;
    private int capacity;

    NameBuffer(CoreMemory memory) {
        this.memory = memory;
    }

    /**
     * Room for a name.
     *
     * @return its address, valid until the next call
     */
    long room(int bytes) {
        if (bytes > capacity || block == 0) {
            close();
            int wanted = Math.max(bytes, BYTES_MIN);
            block = memory.allocate(wanted);
            capacity = wanted;
        }
        return block;
    }

    /** Gives the block back. */
    void close() {
        if (block != 0) {
            memory.free(block, capacity);
            block = 0;
            capacity = 0;
        }
    }
}
