// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.MemoryExhausted;

/**
 * Owner thread only. Takes members out of the tree. A page is cut in its own block, so that this
 * cannot fail; then the block gets shorter and sparse neighbours are joined, both only if memory
 * for that is to be had.
 */
final class Pruning {
    private static final int LEAF_BYTES_MIN = Leaf.BYTES_MAX / 4;
    private static final int BRANCH_BYTES_MIN = Branch.BYTES_MAX / 4;

    /** Joined pages have a quarter of room left, so that they do not split again at once. */
    private static final int LEAF_JOINED_MAX = Leaf.BYTES_MAX / 4 * 3;

    private static final int BRANCH_JOINED_MAX = Branch.BYTES_MAX / 4 * 3;

    private final Account account;
    private final LeafTable table;
    private final MemberIndex index;
    private final PageBuilder builder;
    private final TreePath path = new TreePath();
    private final Bound bound = new Bound();
    private final Separator separator = new Separator();

    Pruning(Account account, LeafTable table, MemberIndex index) {
        this.account = account;
        this.table = table;
        this.index = index;
        this.builder = new PageBuilder(account);
    }

    /**
     * Takes a member out that is there, of which the index does not know any more.
     *
     * @param member may be in the leaf itself
     */
    void remove(long root, double score, long member, int length) {
        path.seek(root, bound.set(score, member, length, false));
        int at = path.leafIndex();
        cutLeaf(root, at, at + 1);
    }

    /**
     * Takes the old one of two entries of a member out.
     *
     * @param target number of the leaf that the new one is in
     */
    void removeMoved(long root, double old, long member, int length, long hash, int target) {
        path.seek(root, bound.set(old, member, length, false));
        index.move(root, hash, Leaf.number(path.leaf()), target);
        int at = path.leafIndex();
        cutLeaf(root, at, at + 1);
    }

    /** Takes the members from one rank up to another out of the tree and the index. */
    void removeRange(long root, long from, long to) {
        long left = to - from;
        while (left > 0) {
            path.seek(root, from);
            long leaf = path.leaf();
            int first = path.leafIndex();
            int end = (int) Math.min(Page.count(leaf), first + left);
            for (int i = first; i < end; i++) {
                index.removeEntry(root, leaf, i);
            }
            left -= end - first;
            cutLeaf(root, first, end);
        }
    }

    private void cutLeaf(long root, int from, int to) {
        int at = path.depth() - 1;
        long leaf = path.leaf();
        freeOutside(account, leaf, from, to);
        path.addMembers(root, at, from - to);
        if (to - from == Page.count(leaf)) {
            retire(root, Leaf.number(leaf));
            account.free(leaf, Page.bytes(leaf));
            drop(root, at);
        } else {
            cut(root, at, from, to);
            LeafTable.leaf(root, Leaf.number(path.leaf()), path.leaf());
            mend(root, at);
        }
    }

    /** Frees the blocks of long members. */
    static void freeOutside(Account account, long leaf, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Leaf.isOutside(leaf, i)) {
                account.free(Leaf.member(leaf, i), Leaf.memberLength(leaf, i));
            }
        }
    }

    /** Cuts entries out of the page at a depth, but not all. */
    private void cut(long root, int at, int from, int to) {
        long page = path.page(at);
        Columns.cut(page, from, to);
        int bytes = Page.bytes(page);
        int needed = Page.rounded(Page.used(page));
        if (needed < bytes) {
            long moved = account.shrink(page, bytes, needed);
            if (moved != 0) {
                Page.bytes(moved, needed);
                path.moved(at, moved);
                Growth.setPage(root, path, at, moved);
            }
        }
    }

    /** The page at a depth is gone: its parent loses the entry, or goes as well. */
    private void drop(long root, int gone) {
        int at = gone;
        while (at > 0) {
            at--;
            long node = path.page(at);
            if (Page.count(node) > 1) {
                cut(root, at, path.index(at), path.index(at) + 1);
                mend(root, at);
                return;
            }
            account.free(node, Page.bytes(node));
        }
        Root.top(root, 0);
    }

    /** Joins the page at a depth with a neighbour when it has become sparse, and so on above. */
    private void mend(long root, int from) {
        int at = from;
        while (at > 0) {
            long page = path.page(at);
            int min = Page.isLeaf(page) ? LEAF_BYTES_MIN : BRANCH_BYTES_MIN;
            if (Page.used(page) >= min || !joinNeighbour(root, at)) {
                return;
            }
            at--;
        }
        lowerTop(root);
    }

    private void lowerTop(long root) {
        long page = Root.top(root);
        while (!Page.isLeaf(page) && Page.count(page) == 1) {
            long child = Branch.child(page, 0);
            account.free(page, Page.bytes(page));
            Root.top(root, child);
            page = child;
        }
    }

    private boolean joinNeighbour(long root, int at) {
        int entry = path.index(at - 1);
        return (entry > 0 && join(root, at - 1, entry - 1))
                || (entry + 1 < Page.count(path.page(at - 1)) && join(root, at - 1, entry));
    }

    /** Joins the child at an entry with the one behind it, when both fit well into one page. */
    private boolean join(long root, int parentAt, int entry) {
        long parent = path.page(parentAt);
        long left = Branch.child(parent, entry);
        long right = Branch.child(parent, entry + 1);
        boolean leaves = Page.isLeaf(left);
        int used = Page.used(left) + Page.used(right) - Page.HEADER;
        if (used > (leaves ? LEAF_JOINED_MAX : BRANCH_JOINED_MAX)) {
            return false;
        }
        try {
            build(left, right, parent, entry + 1);
        } catch (MemoryExhausted | OutOfMemoryError e) {
            // Joining only saves memory, and can wait for the next removal.
            builder.discard();
            return false;
        }
        long joined = builder.page();
        Branch.child(parent, entry, joined);
        Branch.members(parent, entry, Branch.members(parent, entry, entry + 2));
        if (leaves) {
            takeOver(root, joined, left, right);
        }
        builder.replace(left);
        builder.replace(right);
        builder.keep();
        cut(root, parentAt, entry + 1, entry + 2);
        return true;
    }

    private void build(long left, long right, long parent, int rightEntry) {
        int level = Page.level(left);
        int countLeft = Page.count(left);
        int count = Page.count(right);
        // What bounds the right page is in the parent; its own first entry bounds nothing.
        int first = level == 0 ? 0 : 1;
        int bytes = Page.textBytes(left, 0, countLeft) + Page.textBytes(right, first, count);
        if (level > 0) {
            separator.of(parent, rightEntry);
            builder.newChild(Branch.child(right, 0), Branch.members(right, 0), separator);
            bytes += builder.newTextLength();
        }
        builder.begin(level, countLeft + count, bytes);
        builder.add(left, 0, countLeft);
        if (level > 0) {
            builder.addNew();
        }
        if (first < count) {
            builder.add(right, first, count);
        }
    }

    /** The joined leaf gets the number of the larger one; the other's members have to move. */
    private void takeOver(long root, long joined, long left, long right) {
        int countLeft = Page.count(left);
        int count = Page.count(joined);
        boolean keepLeft = countLeft * 2 >= count;
        int kept = Leaf.number(keepLeft ? left : right);
        int gone = Leaf.number(keepLeft ? right : left);
        Leaf.number(joined, kept);
        LeafTable.leaf(root, kept, joined);
        int from = keepLeft ? countLeft : 0;
        int to = keepLeft ? count : countLeft;
        for (int i = from; i < to; i++) {
            index.moveEntry(root, joined, i, gone);
        }
        retire(root, gone);
    }

    /** Takes a leaf's number out of use: the leaf with the highest one gets it instead. */
    private void retire(long root, int number) {
        int last = Root.leaves(root) - 1;
        if (number != last) {
            long leaf = LeafTable.leaf(root, last);
            Leaf.number(leaf, number);
            LeafTable.leaf(root, number, leaf);
            int count = Page.count(leaf);
            for (int i = 0; i < count; i++) {
                index.moveEntry(root, leaf, i, last);
            }
        }
        table.removeLast(root);
    }

    /**
     * Frees some leaves from the end, without regard to anything else.
     *
     * @return how many steps were taken: one for each leaf and each long member
     */
    long release(long root, long steps) {
        long done = 0;
        while (done < steps && Root.top(root) != 0) {
            path.last(root);
            long leaf = path.leaf();
            int count = Page.count(leaf);
            freeOutside(account, leaf, 0, count);
            done += Memory.getShort(Page.ends(leaf, 0, count)) < 0 ? count : 1;
            account.free(leaf, Page.bytes(leaf));
            releaseAbove(root);
        }
        return done;
    }

    private void releaseAbove(long root) {
        for (int at = path.depth() - 2; at >= 0; at--) {
            long node = path.page(at);
            int count = Page.count(node);
            if (count > 1) {
                Columns.cut(node, count - 1, count);
                return;
            }
            account.free(node, Page.bytes(node));
        }
        Root.top(root, 0);
    }
}
