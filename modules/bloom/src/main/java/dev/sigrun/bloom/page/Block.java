// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.page;

import dev.sigrun.spi.memory.OffHeap;

/**
 * Owner thread only. A block off the heap that a layer holds, together with the images that
 * snapshots took of it. It is freed with its last holder.
 */
public final class Block {
    private final long address;
    private final long bytes;
    private int holders = 1;

    private Block(long address, long bytes) {
        this.address = address;
        this.bytes = bytes;
    }

    /** A block with undefined content. */
    public static Block allocate(OffHeap memory, long bytes) {
        return new Block(memory.allocate(bytes), bytes);
    }

    /** A block with the content of other memory. */
    public static Block of(OffHeap memory, long source, long bytes) {
        Block copy = allocate(memory, bytes);
        Raw.copy(source, copy.address, bytes);
        return copy;
    }

    /** Address of the first byte. */
    public long address() {
        return address;
    }

    /** Number of bytes. */
    public long bytes() {
        return bytes;
    }

    /** Whether somebody else holds it too; then it must not change. */
    public boolean isShared() {
        return holders > 1;
    }

    /** Begins one more hold. */
    public Block hold() {
        holders++;
        return this;
    }

    /** Another block with the same content. */
    public Block copy(OffHeap memory) {
        return of(memory, address, bytes);
    }

    /** Ends one hold; the last one frees the block. */
    public void release(OffHeap memory) {
        if (holders < 1) {
            throw new IllegalStateException("a block was released twice");
        }
        holders--;
        if (holders == 0) {
            memory.free(address, bytes);
        }
    }
}
