// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.quicklist;

import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.SteppedWalks;
import dev.sigrun.memory.pack.Listpack;

/**
 * Owner thread only. Makes, links and frees nodes, and makes room in their blocks. Every edit of a
 * listpack goes through one of the methods that return where it is.
 */
final class Nodes {
    /** What a node that grows begins with. */
    private static final long ROOM_MIN = 512;

    private final Blocks blocks;
    private final Compression compression;
    private final Expanded expanded = new Expanded();

    /** Those who have to see nodes before they change. */
    private final SteppedWalks<ListWalk> walks = new SteppedWalks<>();

    Nodes(Blocks blocks) {
        this.blocks = blocks;
        compression = new Compression(blocks);
    }

    Compression compression() {
        return compression;
    }

    /** Where the content of a node can be read, until the next one is asked for. */
    long content(long node) {
        return expanded.content(node);
    }

    // ---- walks ----

    SteppedWalks<ListWalk> walks() {
        return walks;
    }

    boolean isWalked() {
        return !walks.isEmpty();
    }

    void endWalks(long root) {
        for (ListWalk walk : walks.all()) {
            if (walk.isOf(root)) {
                walk.finish();
            }
        }
    }

    /** The content of a node is about to change. */
    void edit(long root, long node) {
        touch(root, node);
        compression.open(root, node);
    }

    /** A node of a list is about to change, or its neighbours are; 0 for none. */
    void touch(long root, long node) {
        if (!walks.isEmpty() && node != 0) {
            for (ListWalk walk : walks.all()) {
                if (walk.isOf(root)) {
                    walk.beforeChange(node);
                }
            }
        }
    }

    private void made(long root, long node) {
        if (!walks.isEmpty()) {
            for (ListWalk walk : walks.all()) {
                if (walk.isOf(root)) {
                    walk.made(node);
                }
            }
        }
    }

    // ---- life ----

    /** A node by itself with an empty listpack. */
    long createEmpty(long room, long gap) {
        long block = blocks.allocate(room);
        long node = createHeader(block, room);
        Node.gap(node, gap);
        Listpack.create(Node.listpack(node));
        return node;
    }

    /** A node by itself with one element and nothing beside it. */
    long createPacked(long address, long length) {
        return filled(createEmpty(bytes(address, length), 0), address, length);
    }

    /** A node by itself with one element and room to grow behind it. */
    long createTail(long address, long length) {
        long room = Math.max(bytes(address, length), ROOM_MIN);
        return filled(createEmpty(room, 0), address, length);
    }

    /** A node by itself with one element and room to grow before it. */
    long createHead(long address, long length) {
        long bytes = bytes(address, length);
        long room = Math.max(bytes, ROOM_MIN);
        return filled(createEmpty(room, room - bytes), address, length);
    }

    private static long bytes(long address, long length) {
        return Listpack.EMPTY_BYTES + Listpack.entryBytes(address, length);
    }

    private static long filled(long node, long address, long length) {
        Listpack.append(Node.listpack(node), address, length);
        Node.noteCount(node);
        return node;
    }

    /** A node by itself with one large element. */
    long createPlain(long address, long length) {
        long block = blocks.allocate(length);
        long node = createHeader(block, length);
        Memory.copy(address, block, length);
        Node.markPlain(node);
        return node;
    }

    /** A node by itself with the same content, in the same form, as one that is compressed. */
    long createSame(long node) {
        long room = Node.room(node);
        long block = blocks.allocate(room);
        Memory.copy(Node.block(node), block, room);
        long same = createHeader(block, room);
        Node.takeKind(same, node);
        return same;
    }

    private long createHeader(long block, long room) {
        long node = 0;
        try {
            node = blocks.allocate(Node.BYTES);
        } finally {
            if (node == 0) {
                blocks.free(block, room);
            }
        }
        Node.block(node, block, room);
        return node;
    }

    /**
     * Puts a new node after another one, or first when that is 0. The node that was at this end
     * until now gives its room back.
     */
    void linkAfter(long root, long node, long left) {
        long right = left == 0 ? Root.head(root) : Node.next(left);
        touch(root, left);
        touch(root, right);
        made(root, node);
        Node.previous(node, left);
        Node.next(node, right);
        join(root, left, node);
        join(root, node, right);
        Root.addNodes(root, 1);
        Root.addCount(root, Node.count(node));
        Root.addHeld(root, Node.held(node));
        compression.linked(node, left, right);
        if (right == 0 && left != 0) {
            fit(root, left);
        } else if (left == 0 && right != 0) {
            fit(root, right);
        }
    }

    /** Takes a node out with all that is in it, and frees it. */
    void remove(long root, long node) {
        touch(root, Node.previous(node));
        touch(root, node);
        join(root, Node.previous(node), Node.next(node));
        Root.addNodes(root, -1);
        Root.addCount(root, -Node.count(node));
        Root.addHeld(root, -Node.held(node));
        free(node);
    }

    private static void join(long root, long left, long right) {
        if (left == 0) {
            Root.head(root, right);
        } else {
            Node.next(left, right);
        }
        if (right == 0) {
            Root.tail(root, left);
        } else {
            Node.previous(right, left);
        }
    }

    /** Frees a node that is not linked, or not any more. */
    void free(long node) {
        compression.forget(node);
        blocks.free(Node.block(node), Node.room(node));
        blocks.free(node, Node.BYTES);
    }

    // ---- room ----

    /** The listpack of a node, with so many bytes of room behind it. */
    long roomBehind(long root, long node, long more, long roomMax) {
        long bytes = Node.bytes(node);
        long spare = Node.room(node) - bytes;
        if (spare - Node.gap(node) < more) {
            if (spare < more) {
                slide(node, 0);
                resize(root, node, roomFor(root, node, bytes + more, roomMax));
            } else {
                // An equal share for both ends, so that turns at either do not move it each time.
                slide(node, (spare - more) / 2);
            }
        }
        return Node.listpack(node);
    }

    /** The listpack of a node, with so many bytes of room before it. */
    long roomBefore(long root, long node, long more, long roomMax) {
        long bytes = Node.bytes(node);
        long spare = Node.room(node) - bytes;
        if (Node.gap(node) < more) {
            if (spare < more) {
                long room = roomFor(root, node, bytes + more, roomMax);
                moveToEnd(root, node, Math.min(room, bytes + Node.GAP_MAX));
            } else {
                slide(node, spare - (spare - more) / 2);
            }
        }
        return Node.listpack(node);
    }

    private static long roomFor(long root, long node, long bytes, long roomMax) {
        boolean atEnd = node == Root.head(root) || node == Root.tail(root);
        long ample = Math.min(Math.max(2 * bytes, ROOM_MIN), roomMax);
        return atEnd ? Math.max(bytes, ample) : bytes;
    }

    /** Gives back what a node has more than it needs. */
    private void fit(long root, long node) {
        long bytes = Node.bytes(node);
        if (bytes != Node.room(node) && !Node.isCompressed(node)) {
            slide(node, 0);
            resize(root, node, bytes);
        }
    }

    /**
     * After a removal: an inner node fits. One at an end keeps its room while it uses a quarter of
     * it, which is half of what it has after it grew, so that turns do not resize it each time.
     */
    void fitAfterRemoval(long root, long node) {
        boolean atEnd = node == Root.head(root) || node == Root.tail(root);
        long room = Node.room(node);
        if (!atEnd || (room > ROOM_MIN && Node.bytes(node) < room / 4)) {
            fit(root, node);
        }
    }

    private void resize(long root, long node, long room) {
        long block = blocks.resize(Node.block(node), Node.room(node), room);
        give(root, node, block, room);
    }

    /** Puts another block in the place of a node's, on the account of the list too. */
    static void give(long root, long node, long block, long room) {
        Root.addHeld(root, -Node.held(node));
        Node.block(node, block, room);
        Root.addHeld(root, Node.held(node));
    }

    /** Moves a listpack to the end of a larger block. */
    private void moveToEnd(long root, long node, long room) {
        long bytes = Node.bytes(node);
        long block = blocks.allocate(room);
        Memory.copy(Node.listpack(node), block + room - bytes, bytes);
        blocks.free(Node.block(node), Node.room(node));
        give(root, node, block, room);
        Node.gap(node, room - bytes);
    }

    /** Moves a listpack within its block, as far as a gap can be. */
    private static void slide(long node, long wanted) {
        long gap = Math.min(wanted, Node.GAP_MAX);
        if (gap != Node.gap(node)) {
            Memory.copy(Node.listpack(node), Node.block(node) + gap, Node.bytes(node));
            Node.gap(node, gap);
        }
    }
}
