// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hyperloglog;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.memory.OffHeap;
import java.lang.foreign.MemorySegment;

/** An account that is an allocator of the test's own. */
record AllocatorAccount(Allocator allocator) implements OffHeap {
    @Override
    public long allocate(long bytes) {
        return allocator.allocate(bytes);
    }

    @Override
    public void free(long address, long bytes) {
        allocator.free(address, bytes);
    }

    @Override
    public long resize(long address, long oldBytes, long newBytes) {
        return allocator.resize(address, oldBytes, newBytes);
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
        return allocator.usedBytes();
    }
}
