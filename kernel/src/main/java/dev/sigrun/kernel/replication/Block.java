// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A piece of the backlog, which is kept while a cursor is in it or before it. Owner thread only.
 */
final class Block {
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment content;

    /** Offset of its first byte in the history's stream. */
    long offset;

    /** Bytes that it has room for. */
    final int capacity;

    /** Bytes that are in it. */
    int used;

    /** Cursors whose next byte is in it. */
    int cursors;

    /** The block behind it; null for the last one. */
    Block next;

    Block(long offset, int capacity) {
        this.offset = offset;
        this.capacity = capacity;
        this.content = arena.allocate(capacity);
    }

    long address() {
        return content.address();
    }

    /** Writes behind what is in it. */
    void put(byte[] source, int from, int length) {
        MemorySegment.copy(MemorySegment.ofArray(source), from, content, used, length);
    }

    void free() {
        arena.close();
    }
}
