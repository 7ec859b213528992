// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.quicklist;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Confined to one thread. Shows the content of a compressed node to those who only read, so that
 * reading changes nothing in the list. What it shows stays until it shows another node.
 */
final class Expanded {
    private MemorySegment room;

    /** Where the content of a node is, compressed or not. */
    long content(long node) {
        if (!Node.isCompressed(node)) {
            return Node.content(node);
        }
        long bytes = Node.bytes(node);
        if (room == null || room.byteSize() < bytes) {
            room = Arena.ofAuto().allocate(Math.max(bytes, Fill.LARGEST));
        }
        Compression.expand(node, room.address());
        return room.address();
    }
}
