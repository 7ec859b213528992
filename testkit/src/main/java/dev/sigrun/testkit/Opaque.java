// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.memory.OffHeap;
import java.lang.foreign.MemorySegment;

/** Some bytes off the heap. Owner thread only. */
final class Opaque {
    private long address;
    private int length;

    private Opaque() {}

    static Opaque of(OffHeap memory, Bytes content) {
        Opaque opaque = new Opaque();
        opaque.take(memory, content.segment(), content.length());
        return opaque;
    }

    void set(OffHeap memory, Bytes content) {
        free(memory);
        take(memory, content.segment(), content.length());
    }

    Opaque copy(OffHeap memory) {
        Opaque copy = new Opaque();
        copy.take(memory, memory.segment(address, room(length)), length);
        return copy;
    }

    private void take(OffHeap memory, MemorySegment content, int bytes) {
        address = memory.allocate(room(bytes));
        length = bytes;
        MemorySegment.copy(content, 0, memory.segment(address, room(bytes)), 0, bytes);
    }

    private static int room(int bytes) {
        return Math.max(bytes, 1);
    }

    long address() {
        return address;
    }

    int length() {
        return length;
    }

    long blockBytes(OffHeap memory) {
        return memory.usableBytes(room(length));
    }

    void free(OffHeap memory) {
        memory.free(address, room(length));
    }
}
