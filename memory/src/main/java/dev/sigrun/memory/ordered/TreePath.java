// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

/**
 * Owner thread only. A place in the tree: the pages from the top down to a leaf, and in each of
 * them the entry that leads on; in the leaf it may be the one behind the last. Valid until the tree
 * changes.
 */
final class TreePath {
    /**
     * More levels than a tree can have: a page is joined with its neighbour when it is emptied to a
     * quarter, so that each level has a few times fewer pages than the one below.
     */
    static final int LEVELS_MAX = 24;

    private final long[] pages = new long[LEVELS_MAX];
    private final int[] indexes = new int[LEVELS_MAX];
    private int depth;
    private long rank;

    /** Number of pages; 0 in an empty tree. */
    int depth() {
        return depth;
    }

    long page(int at) {
        return pages[at];
    }

    int index(int at) {
        return indexes[at];
    }

    long leaf() {
        return pages[depth - 1];
    }

    int leafIndex() {
        return indexes[depth - 1];
    }

    /** How many members lie before the place that was sought. */
    long rank() {
        return rank;
    }

    /** Goes to a bound. */
    void seek(long root, Bound bound) {
        depth = 0;
        rank = 0;
        long page = Root.top(root);
        if (page == 0) {
            return;
        }
        while (!Page.isLeaf(page)) {
            int index = Branch.find(page, bound);
            rank += Branch.members(page, 0, index);
            push(page, index);
            page = Branch.child(page, index);
        }
        int index = Leaf.lowerBound(page, bound);
        rank += index;
        push(page, index);
    }

    /** Goes to the member with a rank, which there must be. */
    void seek(long root, long memberRank) {
        depth = 0;
        rank = memberRank;
        long left = memberRank;
        long page = Root.top(root);
        while (!Page.isLeaf(page)) {
            int index = Branch.findRank(page, left);
            left -= Branch.members(page, 0, index);
            push(page, index);
            page = Branch.child(page, index);
        }
        push(page, (int) left);
    }

    /** Goes to the last member of a tree that is not empty. */
    void last(long root) {
        depth = 0;
        descend(Root.top(root), false);
    }

    private void descend(long from, boolean first) {
        long page = from;
        while (!Page.isLeaf(page)) {
            int index = first ? 0 : Page.count(page) - 1;
            push(page, index);
            page = Branch.child(page, index);
        }
        push(page, first ? 0 : Page.count(page) - 1);
    }

    private void push(long page, int index) {
        pages[depth] = page;
        indexes[depth] = index;
        depth++;
    }

    /** Goes to the first member of the next leaf, or the last one of the leaf before. */
    boolean toLeaf(int step) {
        for (int at = depth - 2; at >= 0; at--) {
            int index = indexes[at] + step;
            if (index >= 0 && index < Page.count(pages[at])) {
                indexes[at] = index;
                depth = at + 1;
                descend(Branch.child(pages[at], index), step > 0);
                return true;
            }
        }
        return false;
    }

    /** Says that the page at this depth has another block now. */
    void moved(int at, long page) {
        pages[at] = page;
    }

    /** Whether nothing in the tree lies behind the page at this depth. */
    boolean isAtRightEdge(int at) {
        for (int above = at - 1; above >= 0; above--) {
            if (indexes[above] != Page.count(pages[above]) - 1) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing in the tree lies before the page at this depth. */
    boolean isAtLeftEdge(int at) {
        for (int above = at - 1; above >= 0; above--) {
            if (indexes[above] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Changes the number of members in all pages above the leaf. */
    void addMembers(long root, int upTo, long change) {
        for (int at = 0; at < upTo; at++) {
            int index = indexes[at];
            Branch.members(pages[at], index, Branch.members(pages[at], index) + change);
        }
        Root.size(root, Root.size(root) + change);
    }
}
