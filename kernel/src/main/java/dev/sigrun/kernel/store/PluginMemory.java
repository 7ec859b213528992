// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.kernel.base.Check;
import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.MemoryExhausted;
import dev.sigrun.spi.memory.OffHeap;
import java.lang.foreign.MemorySegment;

/** A plugin's account with the allocator. Owner thread only. */
public final class PluginMemory implements OffHeap {
    private final Allocator allocator;
    private long usedBytes;

    /** Opens an account. */
    public PluginMemory(Allocator allocator) {
        this.allocator = allocator;
    }

    @Override
    public long allocate(long bytes) {
        Check.that(bytes > 0, "a block has at least one byte");
        try {
            long address = allocator.allocate(bytes);
            usedBytes += Allocator.usableSize(bytes);
            return address;
        } catch (MemoryExhausted e) {
            OutOfMemoryError error = new OutOfMemoryError(e.getMessage());
            error.initCause(e);
            throw error;
        }
    }

    @Override
    public void free(long address, long bytes) {
        allocator.free(address, bytes);
        usedBytes -= Allocator.usableSize(bytes);
    }

    @Override
    public MemorySegment segment(long address, long bytes) {
        return Memory.segment(address, bytes);
    }

    @Override
    public long usableBytes(long bytes) {
        return Allocator.usableSize(bytes);
    }

    @Override
    public long usedBytes() {
        return usedBytes;
    }
}
