// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.kernel.base.Check;
import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.MemoryExhausted;
import dev.sigrun.spi.memory.OffHeap;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/**
 * A plugin's account with the allocator. Owner thread only.
 *
 * <p>Until the plugin has started, the account knows every block, so that a start that fails keeps
 * none; afterwards that would cost too much, and the plugin frees what it took.
 */
public final class PluginMemory implements OffHeap {
    private final Allocator allocator;
    private long usedBytes;
    private Map<Long, Long> startBlocks = new HashMap<>();

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
            if (startBlocks != null) {
                startBlocks.put(address, bytes);
            }
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
        if (startBlocks != null) {
            startBlocks.remove(address);
        }
    }

    @Override
    public long resize(long address, long oldBytes, long newBytes) {
        Check.that(newBytes > 0, "a block has at least one byte");
        try {
            long moved = allocator.resize(address, oldBytes, newBytes);
            usedBytes += Allocator.usableSize(newBytes) - Allocator.usableSize(oldBytes);
            if (startBlocks != null) {
                startBlocks.remove(address);
                startBlocks.put(moved, newBytes);
            }
            return moved;
        } catch (MemoryExhausted e) {
            OutOfMemoryError error = new OutOfMemoryError(e.getMessage());
            error.initCause(e);
            throw error;
        }
    }

    /** The plugin has started: from now on it answers for its blocks alone. */
    public void started() {
        startBlocks = null;
    }

    /** Frees what a plugin has left that did not start. */
    public void freeStart() {
        if (startBlocks != null) {
            Map.copyOf(startBlocks).forEach(this::free);
        }
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
