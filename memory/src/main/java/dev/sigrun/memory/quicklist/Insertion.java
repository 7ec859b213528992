// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.quicklist;

import dev.sigrun.memory.pack.Listpack;
import dev.sigrun.memory.pack.ListpackSplice;

/**
 * Owner thread only. Puts elements between others and in place of others, where nodes have to be
 * split and small neighbours become one again.
 */
final class Insertion {
    private final Nodes nodes;
    private int fill = Fill.USUAL;
    private long plainBytesMin = Long.MAX_VALUE;

    Insertion(Nodes nodes) {
        this.nodes = nodes;
    }

    void fill(int listpackSize) {
        fill = listpackSize;
    }

    void plainFrom(long bytesMin) {
        plainBytesMin = bytesMin;
    }

    long bytesMax() {
        return Fill.bytesMax(fill);
    }

    boolean isLarge(long length) {
        return length >= plainBytesMin || Fill.isLarge(fill, length);
    }

    // ---- beside an element ----

    void after(long root, ListCursor place, long address, long length) {
        long node = open(root, place);
        if (isLarge(length)) {
            if (!place.isLastInNode()) {
                split(root, node, Listpack.behind(place.entry));
            }
            nodes.linkAfter(root, nodes.createPlain(address, length), node);
        } else if (takes(node, length)) {
            putIn(root, node, place.offsetBehind(), address, length);
        } else if (!place.isLastInNode()) {
            long tail = split(root, node, Listpack.behind(place.entry));
            putIn(root, tail, Listpack.HEADER_BYTES, address, length);
            mergeAround(root, node);
        } else if (takes(Node.next(node), length)) {
            putIn(root, Node.next(node), Listpack.HEADER_BYTES, address, length);
        } else {
            nodes.linkAfter(root, nodes.createPacked(address, length), node);
        }
    }

    void before(long root, ListCursor place, long address, long length) {
        long node = open(root, place);
        long left = Node.previous(node);
        if (isLarge(length)) {
            if (!place.isFirstInNode()) {
                left = node;
                split(root, node, place.entry);
            }
            nodes.linkAfter(root, nodes.createPlain(address, length), left);
        } else if (takes(node, length)) {
            putIn(root, node, place.offset(), address, length);
        } else if (!place.isFirstInNode()) {
            long tail = split(root, node, place.entry);
            putLast(root, node, address, length);
            mergeAround(root, tail);
        } else if (takes(left, length)) {
            putLast(root, left, address, length);
        } else {
            nodes.linkAfter(root, nodes.createPacked(address, length), left);
        }
    }

    /** Expands the node at hand when it is compressed, and goes to the same element there. */
    private long open(long root, ListCursor place) {
        long node = place.node;
        if (Node.isCompressed(node) && !Node.isPlain(node)) {
            nodes.edit(root, node);
            place.follow();
        }
        return node;
    }

    boolean takes(long node, long length) {
        return node != 0
                && !Node.isPlain(node)
                && length < plainBytesMin
                && Fill.takes(fill, Node.bytes(node), Node.count(node), length);
    }

    private void putLast(long root, long node, long address, long length) {
        putIn(root, node, Node.bytes(node) - 1, address, length);
    }

    private void putIn(long root, long node, long offset, long address, long length) {
        nodes.edit(root, node);
        long more = Listpack.entryBytes(address, length);
        long lp = nodes.roomBehind(root, node, more, bytesMax());
        Listpack.insert(lp, lp + offset, address, length);
        Node.noteCount(node);
        Root.addCount(root, 1);
    }

    // ---- in place of an element ----

    void replace(long root, ListCursor place, long address, long length) {
        long _ = open(root, place);
        if (Node.isPlain(place.node)) {
            replaceNode(root, place, address, length);
        } else if (fitsInstead(place, address, length)) {
            replaceIn(root, place, address, length);
        } else {
            replaceByNode(root, place, address, length);
        }
    }

    private void replaceNode(long root, ListCursor place, long address, long length) {
        if (isLarge(length)) {
            nodes.linkAfter(root, nodes.createPlain(address, length), place.node);
        } else {
            after(root, place, address, length);
        }
        nodes.remove(root, place.node);
    }

    /**
     * Whether a node may hold this instead of what is there, which it may beyond its usual size.
     */
    private boolean fitsInstead(ListCursor place, long address, long length) {
        long more = Listpack.entryBytes(address, length) - Listpack.storedBytes(place.entry);
        return !isLarge(length)
                && (more <= 0
                        || Node.count(place.node) == 1
                        || Node.bytes(place.node) + more <= Fill.LARGEST);
    }

    private void replaceIn(long root, ListCursor place, long address, long length) {
        long node = place.node;
        nodes.edit(root, node);
        long offset = place.offset();
        long more = Listpack.entryBytes(address, length) - Listpack.storedBytes(place.entry);
        long lp = nodes.roomBehind(root, node, Math.max(0, more), bytesMax());
        Listpack.replace(lp, lp + offset, address, length);
        if (more < 0) {
            nodes.fitAfterRemoval(root, node);
        }
    }

    /** Between what was before the element and what was behind it. */
    private void replaceByNode(long root, ListCursor place, long address, long length) {
        long node = place.node;
        nodes.edit(root, node);
        long offset = place.offset();
        if (!place.isLastInNode()) {
            split(root, node, Listpack.behind(place.entry));
        }
        long fresh =
                isLarge(length)
                        ? nodes.createPlain(address, length)
                        : nodes.createPacked(address, length);
        nodes.linkAfter(root, fresh, node);
        if (Node.count(node) == 1) {
            nodes.remove(root, node);
        } else {
            long lp = Node.listpack(node);
            Listpack.delete(lp, lp + offset);
            Node.noteCount(node);
            Root.addCount(root, -1);
            nodes.fitAfterRemoval(root, node);
            mergeAround(root, fresh);
        }
    }

    // ---- two nodes of one, one of two ----

    /** Moves the entries from one on into a new node behind, which it returns. */
    private long split(long root, long node, long entry) {
        nodes.edit(root, node);
        long lp = Node.listpack(node);
        long tail = nodes.createEmpty(ListpackSplice.tailBytes(lp, entry), 0);
        ListpackSplice.moveTail(lp, entry, Node.listpack(tail));
        Node.noteCount(tail);
        Node.noteCount(node);
        Root.addCount(root, -Node.count(tail));
        nodes.linkAfter(root, tail, node);
        nodes.fitAfterRemoval(root, node);
        return tail;
    }

    /** Makes one node of two wherever they are small enough, up to two nodes away. */
    private void mergeAround(long root, long center) {
        long left = Node.previous(center);
        if (left != 0) {
            mergeIfSmall(root, Node.previous(left), left);
        }
        long right = Node.next(center);
        if (right != 0) {
            mergeIfSmall(root, right, Node.next(right));
        }
        long merged = mergeIfSmall(root, Node.previous(center), center);
        mergeIfSmall(root, merged, Node.next(merged));
    }

    /**
     * Merges two neighbours, if there are two, and returns the node of the second one's content.
     */
    private long mergeIfSmall(long root, long left, long right) {
        if (left == 0 || right == 0 || !areSmall(left, right)) {
            return right;
        }
        nodes.edit(root, left);
        nodes.edit(root, right);
        long more = Node.bytes(right) - Listpack.EMPTY_BYTES;
        long lp = nodes.roomBehind(root, left, more, bytesMax());
        ListpackSplice.appendAll(lp, Node.listpack(right));
        Node.noteCount(left);
        Root.addCount(root, Node.count(right));
        nodes.remove(root, right);
        return left;
    }

    private boolean areSmall(long left, long right) {
        return !Node.isPlain(left)
                && !Node.isPlain(right)
                && !Fill.isExceeded(
                        fill,
                        Node.bytes(left) + Node.bytes(right) - Listpack.EMPTY_BYTES,
                        Node.count(left) + Node.count(right));
    }
}
