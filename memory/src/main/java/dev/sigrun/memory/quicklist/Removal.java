// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.quicklist;

import dev.sigrun.memory.pack.Listpack;
import dev.sigrun.memory.pack.ListpackSplice;
import dev.sigrun.memory.pack.Sought;

/** Owner thread only. Takes elements out, with the nodes that become empty. */
final class Removal {
    private final Nodes nodes;

    Removal(Nodes nodes) {
        this.nodes = nodes;
    }

    /** Removes the first elements of a node, at most as many as it has. */
    void first(long root, long node, long count) {
        if (count == Node.count(node)) {
            nodes.remove(root, node);
            return;
        }
        nodes.edit(root, node);
        long lp = Node.listpack(node);
        if (Node.room(node) <= Node.GAP_MAX) {
            Node.gap(node, Node.gap(node) + ListpackSplice.dropFirst(lp, count) - lp);
        } else {
            Listpack.deleteRange(lp, Listpack.first(lp), count);
        }
        removed(root, node, count);
    }

    /** Removes the last element. */
    void last(long root) {
        long node = Root.tail(root);
        if (Node.count(node) == 1) {
            nodes.remove(root, node);
            return;
        }
        nodes.edit(root, node);
        long lp = Node.listpack(node);
        Listpack.delete(lp, Listpack.last(lp));
        removed(root, node, 1);
    }

    private void removed(long root, long node, long count) {
        Node.noteCount(node);
        Root.addCount(root, -count);
        nodes.fitAfterRemoval(root, node);
    }

    void range(long root, long start, long count) {
        if (count == 0) {
            return;
        }
        // From the nearer end, so that trimming either end does not walk the whole list.
        long behind = Root.count(root) - start;
        long node;
        long skip = start;
        if (start <= behind) {
            node = Root.head(root);
            while (skip >= Node.count(node)) {
                skip -= Node.count(node);
                node = Node.next(node);
            }
        } else {
            node = Root.tail(root);
            skip = behind;
            while (skip > Node.count(node)) {
                skip -= Node.count(node);
                node = Node.previous(node);
            }
            skip = Node.count(node) - skip;
        }
        long left = count;
        while (left > 0) {
            long next = Node.next(node);
            long here = Math.min(left, Node.count(node) - skip);
            inNode(root, node, skip, here);
            left -= here;
            skip = 0;
            node = next;
        }
    }

    private void inNode(long root, long node, long skip, long count) {
        if (skip == 0) {
            first(root, node, count);
        } else {
            nodes.edit(root, node);
            long lp = Node.listpack(node);
            Listpack.deleteRange(lp, Listpack.seek(lp, skip), count);
            removed(root, node, count);
        }
    }

    long all(long root, Sought sought, long max, boolean fromTail) {
        long gone = 0;
        long node = fromTail ? Root.tail(root) : Root.head(root);
        while (node != 0 && gone < max) {
            long next = fromTail ? Node.previous(node) : Node.next(node);
            gone += inNode(root, node, sought, max - gone, fromTail);
            nodes.compression().settle(root);
            node = next;
        }
        return gone;
    }

    private long inNode(long root, long node, Sought sought, long max, boolean fromTail) {
        if (Node.isPlain(node)) {
            boolean same = sought.matches(nodes.content(node), Node.bytes(node));
            if (same) {
                nodes.remove(root, node);
            }
            return same ? 1 : 0;
        }
        // Nodes that stay as they are need not be copied for a walk, nor expanded for good.
        boolean isLookedAtFirst =
                nodes.isWalked() || nodes.compression().isOn() || Node.isCompressed(node);
        if (isLookedAtFirst && ListpackSplice.count(nodes.content(node), sought) == 0) {
            return 0;
        }
        nodes.edit(root, node);
        long lp = Node.listpack(node);
        long skip = fromTail ? Math.max(0, ListpackSplice.count(lp, sought) - max) : 0;
        long count = ListpackSplice.removeAll(lp, sought, skip, max);
        if (count == Node.count(node)) {
            nodes.remove(root, node);
        } else if (count > 0) {
            removed(root, node, count);
        }
        return count;
    }
}
