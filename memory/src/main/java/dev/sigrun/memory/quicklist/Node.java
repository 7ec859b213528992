// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.quicklist;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.pack.Listpack;

/**
 * Owner thread only. The parts of a node: the neighbours, the block with the content, its size, the
 * number of elements (2 bytes, 0 in a plain node) and the gap before the listpack (2 bytes, or the
 * mark of a compressed node).
 *
 * <p>A packed node's block holds a listpack with room behind it and, as the gap, before it, so that
 * adding and removing at either end moves nothing. A plain node's block is one large element. When
 * a node of either kind is compressed, the block is what {@link Compression} made of it.
 */
final class Node {
    static final int BYTES = 32;
    static final long GAP_MAX = 0xFFFE;

    private static final int PREVIOUS = 0;
    private static final int NEXT = 8;
    private static final int BLOCK = 16;
    private static final int ROOM = 24;
    private static final int COUNT = 28;
    private static final int GAP = 30;

    /** In the place of the gap. */
    private static final long COMPRESSED = 0xFFFF;

    private Node() {}

    static long previous(long node) {
        return Memory.getLong(node + PREVIOUS);
    }

    static void previous(long node, long other) {
        Memory.putLong(node + PREVIOUS, other);
    }

    static long next(long node) {
        return Memory.getLong(node + NEXT);
    }

    static void next(long node, long other) {
        Memory.putLong(node + NEXT, other);
    }

    static long block(long node) {
        return Memory.getLong(node + BLOCK);
    }

    /** Bytes of the block. */
    static int room(long node) {
        return Memory.getInt(node + ROOM);
    }

    static void block(long node, long block, long room) {
        Memory.putLong(node + BLOCK, block);
        Memory.putInt(node + ROOM, (int) room);
    }

    /** Bytes that the node and its block really take. */
    static long held(long node) {
        return Allocator.usableSize(BYTES) + Allocator.usableSize(room(node));
    }

    static boolean isPlain(long node) {
        return Memory.getShort(node + COUNT) == 0;
    }

    /** Number of elements. */
    static int count(long node) {
        return Math.max(1, Memory.getShort(node + COUNT) & 0xFFFF);
    }

    /** Takes the number of elements over from the listpack's header. */
    static void noteCount(long node) {
        Memory.putShort(node + COUNT, (short) Listpack.count(listpack(node)));
    }

    static void markPlain(long node) {
        Memory.putShort(node + COUNT, (short) 0);
        gap(node, 0);
    }

    static long gap(long node) {
        return Memory.getShort(node + GAP) & 0xFFFF;
    }

    static void gap(long node, long bytes) {
        Memory.putShort(node + GAP, (short) bytes);
    }

    /** Takes over what another node says about its content. */
    static void takeKind(long node, long other) {
        Memory.putShort(node + COUNT, Memory.getShort(other + COUNT));
        Memory.putShort(node + GAP, Memory.getShort(other + GAP));
    }

    static boolean isCompressed(long node) {
        return gap(node) == COMPRESSED;
    }

    static void markCompressed(long node) {
        gap(node, COMPRESSED);
    }

    /** The listpack of a packed node that is not compressed. */
    static long listpack(long node) {
        return block(node) + gap(node);
    }

    /** The listpack or the large element of a node that is not compressed. */
    static long content(long node) {
        return block(node) + gap(node);
    }

    /** Bytes of the content, without room, as it is when it is expanded. */
    static long bytes(long node) {
        if (isCompressed(node)) {
            return Memory.getInt(block(node));
        }
        return isPlain(node) ? room(node) : Listpack.bytes(listpack(node));
    }
}
