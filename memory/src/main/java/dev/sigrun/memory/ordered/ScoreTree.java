// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

/**
 * Owner thread only. The ordered half of a sorted set: a B+tree of members by score, and by their
 * bytes where scores are equal, in which every inner node counts the members below. This class
 * makes it grow; {@link Pruning} makes it shrink.
 *
 * <p>Pages have no links to each other but from parent to child, so a page may be replaced by
 * changing its parent and, for a leaf, the leaf table. Insertion builds all pages that change
 * beside the old ones and then exchanges them at once: when memory runs out half-way, nothing has
 * happened. A full page splits in the middle, but one at the edge of the tree that grows there
 * stays full, so that members that come in order fill their pages.
 */
final class ScoreTree {
    private final PageBuilder builder;
    private final Growth growth;
    private final LeafTable table;
    private final MemberIndex index;
    private final TreePath path = new TreePath();
    private final Bound bound = new Bound();

    /** The leaves that stand in for one of the path; the second is 0 when it did not split. */
    private long left;

    private long right;

    /** How many entries are in the left leaf, the new one counted. */
    private int taken;

    ScoreTree(Account account, LeafTable table, MemberIndex index) {
        this.builder = new PageBuilder(account);
        this.growth = new Growth(builder);
        this.table = table;
        this.index = index;
    }

    /**
     * Adds a member that is not there with this score. There must be room in the leaf table.
     *
     * @return the leaf that it is in now
     */
    long insert(long root, double score, long hash, long member, int length) {
        boolean done = false;
        try {
            builder.newMember(score, Tags.of(hash), member, length);
            long landing;
            if (Root.top(root) == 0) {
                builder.begin(0, 1, builder.newTextLength());
                builder.addNew();
                landing = builder.page();
                plant(root, landing);
            } else {
                path.seek(root, bound.set(score, member, length, false));
                landing = insertAtPath(root);
            }
            builder.keep();
            done = true;
            return landing;
        } finally {
            if (!done) {
                builder.discard();
            }
        }
    }

    /** Makes a leaf the whole tree. */
    private void plant(long root, long leaf) {
        Root.top(root, leaf);
        Root.size(root, Page.count(leaf));
        table.add(root, leaf);
    }

    private long insertAtPath(long root) {
        int at = path.depth() - 1;
        long leaf = path.leaf();
        int number = Leaf.number(leaf);
        int place = path.leafIndex();
        if (Page.used(leaf) + Leaf.STRIDE + builder.newTextLength() <= Leaf.BYTES_MAX) {
            taken = Page.count(leaf) + 1;
            left = builder.build(leaf, place, 0, taken);
            right = 0;
            builder.replace(leaf);
        } else {
            split(leaf, place, at);
        }
        growth.build(path, at, left, right);
        growth.exchange(root, path, 1);
        number(root, leaf, number, place);
        return place < taken ? left : right;
    }

    /** Builds the two leaves that a leaf and the new member become. */
    private void split(long leaf, int place, int at) {
        int count = Page.count(leaf);
        if (place == count && path.isAtRightEdge(at)) {
            taken = count;
            left = leaf;
            right = builder.build(leaf, place, count, count + 1);
        } else if (place == 0 && path.isAtLeftEdge(at)) {
            taken = 1;
            left = builder.build(leaf, place, 0, 1);
            right = leaf;
        } else {
            taken = Growth.middle(leaf, place, builder.newTextLength());
            left = builder.build(leaf, place, 0, taken);
            right = builder.build(leaf, place, taken, count + 1);
            builder.replace(leaf);
        }
    }

    /** Gives the leaves their numbers, and says where members are that went over to another one. */
    private void number(long root, long leaf, int number, int place) {
        if (right == leaf) {
            table.add(root, left);
            return;
        }
        if (left != leaf) {
            Leaf.number(left, number);
            LeafTable.leaf(root, number, left);
        }
        if (right == 0) {
            return;
        }
        table.add(root, right);
        int count = Page.count(right);
        for (int i = 0; i < count; i++) {
            if (taken + i != place) {
                index.moveEntry(root, right, i, number);
            }
        }
    }

    /**
     * Adds a leaf behind all others. There must be room in the leaf table, and its members, which
     * the index need not know yet, must lie behind all that are there.
     *
     * @param leaf belongs to the tree unless this throws
     */
    void append(long root, long leaf) {
        if (Root.top(root) == 0) {
            plant(root, leaf);
            return;
        }
        boolean done = false;
        try {
            path.last(root);
            growth.build(path, path.depth() - 1, path.leaf(), leaf);
            growth.exchange(root, path, Page.count(leaf));
            table.add(root, leaf);
            builder.keep();
            done = true;
        } finally {
            if (!done) {
                builder.discard();
            }
        }
    }
}
