// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;

/**
 * Bytes in a block of exactly their size, so that the checked mode of the memory finds each access
 * beside them.
 */
final class Held implements AutoCloseable {
    private final Allocator allocator = new Allocator();
    private long address;
    private int length;
    private long size;

    /** Replaces what is held. */
    Held hold(byte[] content) {
        return hold(content, content.length);
    }

    Held hold(byte[] content, int contentLength) {
        release();
        length = contentLength;
        size = Math.max(length, 1);
        address = allocator.allocate(size);
        Memory.copy(content, 0, address, length);
        return this;
    }

    Held room(int bytes) {
        return hold(new byte[bytes]);
    }

    long address() {
        return address;
    }

    int length() {
        return length;
    }

    byte[] copy() {
        byte[] copy = new byte[length];
        Memory.copy(address, copy, 0, length);
        return copy;
    }

    private void release() {
        if (address != 0) {
            allocator.free(address, size);
            address = 0;
        }
    }

    @Override
    public void close() {
        release();
        allocator.close();
    }
}
