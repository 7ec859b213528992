// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.pack;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;

/** Blocks that are exactly as long as what is in them, so that checked mode sees every slip. */
public final class OffHeapBytes implements AutoCloseable {
    private final Allocator allocator = new Allocator();

    /** A block with these bytes. */
    public long put(byte[] content) {
        long at = allocator.allocate(Math.max(1, content.length));
        Memory.copy(content, 0, at, content.length);
        return at;
    }

    public long allocate(long bytes) {
        return allocator.allocate(bytes);
    }

    public long resize(long address, long oldBytes, long newBytes) {
        return allocator.resize(address, oldBytes, newBytes);
    }

    public void free(long address, long bytes) {
        allocator.free(address, Math.max(1, bytes));
    }

    public static byte[] get(long address, long length) {
        byte[] content = new byte[(int) length];
        Memory.copy(address, content, 0, content.length);
        return content;
    }

    @Override
    public void close() {
        allocator.close();
    }
}
