// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.records;

import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.Memory;

/**
 * Copies of bytes that records point at, in blocks off the heap that never move. Owner thread only;
 * one object serves all commands, until {@link #close}.
 *
 * <p>Each block begins with the address of the one before it and its own size.
 */
public final class Texts {
    private static final int LINK_BYTES = 16;
    private static final int BLOCK_BYTES_MIN = 1024;
    private static final int BLOCK_BYTES_MAX = 64 * 1024;

    private final Blocks memory;
    private long block;
    private long blockBytes;
    private long used;

    /** Makes a collection whose blocks come from {@code memory}. */
    public Texts(Blocks memory) {
        this.memory = memory;
    }

    /**
     * Copies bytes.
     *
     * @return where they are until {@link #close}
     */
    public long add(long address, int length) {
        long copy = room(length);
        Memory.copy(address, copy, length);
        return copy;
    }

    /**
     * Takes room for so many bytes.
     *
     * @return its address
     */
    public long room(int bytes) {
        if (block == 0 || blockBytes - used < bytes) {
            addBlock(bytes);
        }
        long at = block + used;
        used += bytes;
        return at;
    }

    private void addBlock(int bytes) {
        long usual = Math.clamp(2 * blockBytes, BLOCK_BYTES_MIN, BLOCK_BYTES_MAX);
        long size = Math.max(usual, (long) LINK_BYTES + bytes);
        long added = memory.allocate(size);
        Memory.putLong(added, block);
        Memory.putLong(added + 8, size);
        block = added;
        blockBytes = size;
        used = LINK_BYTES;
    }

    /** Gives all blocks back. */
    public void close() {
        while (block != 0) {
            long before = Memory.getLong(block);
            memory.free(block, Memory.getLong(block + 8));
            block = before;
        }
        blockBytes = 0;
        used = 0;
    }
}
