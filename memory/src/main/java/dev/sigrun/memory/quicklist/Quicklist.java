// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.quicklist;

import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.pack.Listpack;
import dev.sigrun.memory.pack.ListpackSplice;
import dev.sigrun.memory.pack.Sought;

/**
 * Owner thread only. Long lists of strings and integers, stored in nodes of a few KiB.
 *
 * <p>One instance serves all lists whose blocks come from one place. A list is known by the address
 * of its root, {@link #ROOT_BYTES} in memory of the caller, who may move them: nothing points at
 * them. Whoever drops a root frees the list first.
 *
 * <p>Adding and removing at the ends takes constant time, going to an index passes by the nodes
 * between it and the nearer end, an edit elsewhere moves a part of one node. Content that is given
 * must lie outside of the list. When memory runs out while adding, the list is as it was.
 */
public final class Quicklist {
    /** Bytes of a root. */
    public static final int ROOT_BYTES = Root.BYTES;

    private final Nodes nodes;
    private final Insertion insertion;
    private final Removal removal;

    /** Lists with blocks from here. */
    public Quicklist(Blocks blocks) {
        nodes = new Nodes(blocks);
        insertion = new Insertion(nodes);
        removal = new Removal(nodes);
    }

    /** How much goes into a node from now on, see {@link Fill}; nodes that are there stay. */
    public void fill(int listpackSize) {
        insertion.fill(listpackSize);
    }

    /**
     * Gives each element of so many bytes or more a node of its own, as those have that are too
     * large for a listpack in any case. It is for tests, which need no large elements then.
     */
    public void plainFrom(long bytesMin) {
        insertion.plainFrom(bytesMin);
    }

    /**
     * How many nodes at each end stay as they are, while those in between are compressed; 0 when
     * none is. It counts from now on, and nodes that are there follow when their list changes.
     */
    public void compressDepth(long nodesAtEachEnd) {
        nodes.compression().depth(nodesAtEachEnd);
    }

    // ---- the whole ----

    /** Makes an empty list of the bytes of a root. */
    public void create(long root) {
        Root.create(root);
    }

    /** Number of elements. */
    public long count(long root) {
        return Root.count(root);
    }

    /** Number of nodes. */
    public long nodes(long root) {
        return Root.nodes(root);
    }

    /** Bytes that all blocks really take. */
    public long bytes(long root) {
        return Root.held(root);
    }

    /** The listpack of a list that has one node, which is none of a large element; else 0. */
    public long onlyListpack(long root) {
        long node = Root.head(root);
        boolean only = Root.nodes(root) == 1 && !Node.isPlain(node) && !Node.isCompressed(node);
        return only ? Node.listpack(node) : 0;
    }

    /** Frees everything; the root is that of an empty list then. */
    public void free(long root) {
        freeSome(root, Long.MAX_VALUE);
    }

    /**
     * Frees nodes from the front.
     *
     * @param max how many at most
     * @return whether nothing is left
     */
    public boolean freeSome(long root, long max) {
        for (long left = max; left > 0 && Root.head(root) != 0; left--) {
            nodes.remove(root, Root.head(root));
        }
        nodes.compression().forgetAll();
        return Root.head(root) == 0;
    }

    /** Makes {@code target}, any bytes of a root, an independent copy of a list. */
    public void copy(long root, long target) {
        Root.create(target);
        boolean done = false;
        try {
            for (long node = Root.head(root); node != 0; node = Node.next(node)) {
                if (Node.isCompressed(node)) {
                    append(target, nodes.createSame(node));
                } else if (Node.isPlain(node)) {
                    appendPlain(target, Node.block(node), Node.room(node));
                } else {
                    appendListpack(target, Node.listpack(node));
                }
            }
            done = true;
        } finally {
            if (!done) {
                free(target);
            }
        }
    }

    // ---- whole nodes ----

    /** The first node, or 0. */
    public long firstNode(long root) {
        return Root.head(root);
    }

    /** The node after a node, or 0. */
    public long nextNode(long node) {
        return Node.next(node);
    }

    /** Whether a node is one large element, not a listpack. */
    public boolean isPlain(long node) {
        return Node.isPlain(node);
    }

    /** Where a node's listpack or large element can be read, until the next one is asked for. */
    public long contentAddress(long node) {
        return nodes.content(node);
    }

    /** Bytes of a node's listpack or large element. */
    public long contentBytes(long node) {
        return Node.bytes(node);
    }

    /**
     * Adds a copy of a listpack at the end, as one node when its size allows. Memory that runs out
     * may leave a part of it there.
     *
     * @param lp a sound listpack, outside of the list
     */
    public void appendListpack(long root, long lp) {
        long from = lp + Listpack.HEADER_BYTES;
        long end = Listpack.end(lp);
        if (from != end && Listpack.bytes(lp) <= Fill.LARGEST) {
            appendRun(root, from, end, Listpack.count(lp));
            return;
        }
        while (from != end) {
            long count = 1;
            long to = Listpack.behind(from);
            while (to != end && isRoomFor(Listpack.behind(to) - from)) {
                to = Listpack.behind(to);
                count++;
            }
            appendRun(root, from, to, count);
            from = to;
        }
    }

    private boolean isRoomFor(long entryBytes) {
        return entryBytes + Listpack.EMPTY_BYTES <= insertion.bytesMax();
    }

    private void appendRun(long root, long from, long to, long count) {
        long node = nodes.createEmpty(to - from + Listpack.EMPTY_BYTES, 0);
        ListpackSplice.copyRange(from, to, count, Node.listpack(node));
        Node.noteCount(node);
        append(root, node);
    }

    private void append(long root, long node) {
        nodes.linkAfter(root, node, Root.tail(root));
        nodes.compression().settle(root);
    }

    /** Adds an element at the end in a node of its own, whatever its length. */
    public void appendPlain(long root, long address, long length) {
        append(root, nodes.createPlain(address, length));
    }

    /** Lets all walks of a list come to their end now, since it is going to be something else. */
    public void endWalks(long root) {
        nodes.endWalks(root);
    }

    Nodes nodes() {
        return nodes;
    }

    // ---- the ends ----

    /** Adds an element at the end. */
    public void pushTail(long root, long address, long length) {
        long tail = Root.tail(root);
        if (insertion.takes(tail, length)) {
            nodes.edit(root, tail);
            long more = Listpack.entryBytes(address, length);
            long lp = nodes.roomBehind(root, tail, more, insertion.bytesMax());
            Listpack.append(lp, address, length);
            added(root, tail);
        } else if (insertion.isLarge(length)) {
            append(root, nodes.createPlain(address, length));
        } else {
            append(root, nodes.createTail(address, length));
        }
    }

    /** Adds an element at the front. */
    public void pushHead(long root, long address, long length) {
        long head = Root.head(root);
        if (insertion.takes(head, length)) {
            nodes.edit(root, head);
            long more = Listpack.entryBytes(address, length);
            long lp = nodes.roomBefore(root, head, more, insertion.bytesMax());
            Node.gap(head, Node.gap(head) + ListpackSplice.prepend(lp, address, length) - lp);
            added(root, head);
        } else if (insertion.isLarge(length)) {
            prepend(root, nodes.createPlain(address, length));
        } else {
            prepend(root, nodes.createHead(address, length));
        }
    }

    private void prepend(long root, long node) {
        nodes.linkAfter(root, node, 0);
        nodes.compression().settle(root);
    }

    private static void added(long root, long node) {
        Node.noteCount(node);
        Root.addCount(root, 1);
    }

    /** Removes the last element, which there is. */
    public void popTail(long root) {
        removal.last(root);
        nodes.compression().settle(root);
    }

    /** Removes the first element, which there is. */
    public void popHead(long root) {
        removal.first(root, Root.head(root), 1);
        nodes.compression().settle(root);
    }

    // ---- in between; the cursor is to be opened again afterwards ----

    /** Adds an element behind the one at hand. */
    public void insertAfter(long root, ListCursor place, long address, long length) {
        insertion.after(root, place, address, length);
        nodes.compression().settle(root);
    }

    /** Adds an element before the one at hand. */
    public void insertBefore(long root, ListCursor place, long address, long length) {
        insertion.before(root, place, address, length);
        nodes.compression().settle(root);
    }

    /** Puts an element in the place of the one at hand. */
    public void replace(long root, ListCursor place, long address, long length) {
        insertion.replace(root, place, address, length);
        nodes.compression().settle(root);
    }

    /**
     * Removes elements.
     *
     * @param start index of the first one, from 0 on
     * @param count how many; all of them are there
     */
    public void delete(long root, long start, long count) {
        removal.range(root, start, count);
        nodes.compression().settle(root);
    }

    /**
     * Removes elements with some content.
     *
     * @param max how many at most
     * @param fromTail whether to begin with the last one
     * @return how many there were
     */
    public long removeAll(long root, Sought sought, long max, boolean fromTail) {
        return removal.all(root, sought, max, fromTail);
    }
}
