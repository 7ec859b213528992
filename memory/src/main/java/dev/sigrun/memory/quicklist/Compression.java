// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.quicklist;

import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.MemoryExhausted;
import dev.sigrun.memory.lzf.Lzf;
import dev.sigrun.memory.lzf.LzfCompressor;

/**
 * Owner thread only. Keeps the nodes that are deep in a list compressed and those near its ends as
 * they are. While a list is edited, nodes are expanded as needed and noted; when the edit is done,
 * {@link #settle} compresses what is deep and expands what came near to an end.
 *
 * <p>The block of a compressed node holds the length of the content and its LZF stream.
 */
final class Compression {
    /** As in Valkey: what is shorter is not worth it, and neither is it to save less than this. */
    private static final int BYTES_MIN = 48;

    private static final int GAIN_MIN = 8;

    /** No command is to wait for more than this to be compressed or expanded. */
    private static final int BYTES_MAX = 1 << 20;

    private static final int PREFIX = Integer.BYTES;

    /** More nodes than any one edit changes; what would be more stays as it is. */
    private static final int NOTED_MAX = 16;

    private final Blocks blocks;
    private final long[] noted = new long[NOTED_MAX];
    private int notedCount;
    private int linked;
    private boolean isUnsettled;
    private long depth;
    private LzfCompressor compressor;
    private byte[] stream = new byte[0];

    Compression(Blocks blocks) {
        this.blocks = blocks;
    }

    /** How many nodes at each end are left alone; 0 when all are. */
    void depth(long nodes) {
        depth = nodes;
    }

    boolean isOn() {
        return depth > 0;
    }

    // ---- what an edit does ----

    /** A node has changed, or has other neighbours. */
    void note(long node) {
        isUnsettled = true;
        if (depth == 0 || node == 0 || notedCount == NOTED_MAX) {
            return;
        }
        for (int i = 0; i < notedCount; i++) {
            if (noted[i] == node) {
                return;
            }
        }
        noted[notedCount++] = node;
    }

    /** A node has come to stand between others, of which either may be 0. */
    void linked(long node, long left, long right) {
        linked++;
        note(node);
        note(left);
        note(right);
    }

    /** A node is gone, or is about to go. */
    void forget(long node) {
        isUnsettled = true;
        for (int i = 0; i < notedCount; i++) {
            if (noted[i] == node) {
                noted[i] = noted[--notedCount];
                return;
            }
        }
    }

    /** Whatever was noted does not matter, since the list is on its way out. */
    void forgetAll() {
        isUnsettled = false;
        notedCount = 0;
        linked = 0;
    }

    /** Makes the content of a node one that can be changed. */
    void open(long root, long node) {
        if (Node.isCompressed(node)) {
            expandInPlace(root, node);
            note(node);
        } else if (depth > 0 && node != Root.head(root) && node != Root.tail(root)) {
            note(node);
        }
    }

    // ---- when it is done ----

    /** Ends an edit: nodes are compressed, or not, according to where they are now. */
    void settle(long root) {
        if (isUnsettled) {
            try {
                settleAll(root);
            } catch (MemoryExhausted | OutOfMemoryError e) {
                // The list holds what it should, in a form that takes more time or more room.
            }
            forgetAll();
        }
    }

    private void settleAll(long root) {
        long first = Root.head(root);
        long last = Root.tail(root);
        if (first == 0) {
            return;
        }
        // Even when nothing is compressed any more, the ends are expanded, once for all.
        for (long near = Math.max(1, depth); near > 0; near--) {
            expandAtEnd(root, first);
            expandAtEnd(root, last);
            if (first == last || Node.next(first) == last) {
                return;
            }
            first = Node.next(first);
            last = Node.previous(last);
        }
        if (depth > 0) {
            // Each node that has come may have pushed one on either side away from its end.
            for (int left = linked; left > 0 && first != 0 && last != 0; left--) {
                compressIfDeep(root, first);
                compressIfDeep(root, last);
                first = Node.next(first);
                last = Node.previous(last);
            }
            for (int i = 0; i < notedCount; i++) {
                compressIfDeep(root, noted[i]);
            }
        }
    }

    private void compressIfDeep(long root, long node) {
        if (isDeep(node)) {
            compress(root, node);
        }
    }

    private void expandAtEnd(long root, long node) {
        if (Node.isCompressed(node)) {
            expandInPlace(root, node);
        }
    }

    private boolean isDeep(long node) {
        long left = node;
        long right = node;
        for (long near = depth; near > 0; near--) {
            left = Node.previous(left);
            right = Node.next(right);
            if (left == 0 || right == 0) {
                return false;
            }
        }
        return true;
    }

    // ---- the content of one node ----

    private void compress(long root, long node) {
        int bytes = (int) Math.min(Node.bytes(node), Integer.MAX_VALUE);
        if (Node.isCompressed(node) || bytes < BYTES_MIN || bytes > BYTES_MAX) {
            return;
        }
        int packed = packed(Node.content(node), bytes);
        if (packed == 0) {
            return;
        }
        int room = PREFIX + packed;
        long block = blocks.allocate(room);
        Memory.putInt(block, bytes);
        Memory.copy(stream, 0, block + PREFIX, packed);
        blocks.free(Node.block(node), Node.room(node));
        Nodes.give(root, node, block, room);
        Node.markCompressed(node);
    }

    /** Fills {@link #stream}, and returns how much of it; 0 when that is no gain. */
    private int packed(long content, int bytes) {
        if (compressor == null) {
            compressor = new LzfCompressor();
        }
        if (stream.length < bytes) {
            stream = new byte[Math.max(bytes, (int) Fill.LARGEST)];
        }
        return compressor.compress(content, bytes, stream, 0, bytes - GAIN_MIN - 1);
    }

    private void expandInPlace(long root, long node) {
        long bytes = Node.bytes(node);
        long block = blocks.allocate(bytes);
        expand(node, block);
        blocks.free(Node.block(node), Node.room(node));
        Nodes.give(root, node, block, bytes);
        Node.gap(node, 0);
    }

    /** Writes the content of a compressed node to a place with room for it. */
    static void expand(long node, long target) {
        long block = Node.block(node);
        boolean whole =
                Lzf.expand(
                        block + PREFIX, (long) Node.room(node) - PREFIX, target, Node.bytes(node));
        if (!whole) {
            throw new IllegalStateException("A compressed node of a list is damaged.");
        }
    }
}
