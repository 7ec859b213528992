// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.idmap;

/**
 * Owner thread only. A place in a tree: the nodes from the root to a leaf, and in each of them the
 * entry that leads on. Valid until the tree changes.
 */
final class IdPath {
    /**
     * More levels than a tree can have: for another one, the root has to have filled up with nodes
     * that each had filled up to a half at least, so that 2^64 insertions make fourteen.
     */
    static final int LEVELS_MAX = 16;

    private final long[] nodes = new long[LEVELS_MAX];
    private final int[] indexes = new int[LEVELS_MAX];

    /** Number of nodes, the leaf being the last; 0 for an empty tree. */
    private int depth;

    int depth() {
        return depth;
    }

    long node(int at) {
        return nodes[at];
    }

    int index(int at) {
        return indexes[at];
    }

    long leaf() {
        return nodes[depth - 1];
    }

    int leafIndex() {
        return indexes[depth - 1];
    }

    /** Whether there is an entry at this place. */
    boolean isOnEntry() {
        return depth > 0 && leafIndex() < IdNode.count(leaf());
    }

    /** Goes to the first entry of one leaf that is not below an identifier, or behind its last. */
    void seek(long root, long ms, long seq) {
        depth = 0;
        if (root == 0) {
            return;
        }
        long node = root;
        while (IdNode.level(node) > 0) {
            int index = IdNode.childIndex(node, ms, seq);
            push(node, index);
            node = IdNode.word(node, index);
        }
        push(node, IdNode.lowerBound(node, ms, seq));
    }

    void first(long root) {
        depth = 0;
        if (root != 0) {
            descend(root, true);
        }
    }

    void last(long root) {
        depth = 0;
        if (root != 0) {
            descend(root, false);
        }
    }

    private void descend(long from, boolean first) {
        long node = from;
        while (IdNode.level(node) > 0) {
            int index = first ? 0 : IdNode.count(node) - 1;
            push(node, index);
            node = IdNode.word(node, index);
        }
        push(node, first ? 0 : IdNode.count(node) - 1);
    }

    private void push(long node, int index) {
        nodes[depth] = node;
        indexes[depth] = index;
        depth++;
    }

    /** When the place is behind the last entry of its leaf, goes to the next leaf's first. */
    boolean settle() {
        return isOnEntry() || toLeaf(1);
    }

    boolean next() {
        indexes[depth - 1]++;
        return settle();
    }

    boolean previous() {
        if (leafIndex() > 0) {
            indexes[depth - 1]--;
            return true;
        }
        return toLeaf(-1);
    }

    /** Goes over to a leaf beside this one; when there is none, to no place at all. */
    private boolean toLeaf(int step) {
        int at = depth - 2;
        while (at >= 0) {
            int index = indexes[at] + step;
            if (index >= 0 && index < IdNode.count(nodes[at])) {
                indexes[at] = index;
                depth = at + 1;
                descend(IdNode.word(nodes[at], index), step > 0);
                return true;
            }
            at--;
        }
        depth = 0;
        return false;
    }
}
