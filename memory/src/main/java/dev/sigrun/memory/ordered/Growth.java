// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

/**
 * Owner thread only. Carries the split of a page up the tree: builds the inner nodes that have to
 * know of the new page, which may split in turn, and then exchanges the lot in one go.
 */
final class Growth {
    private final PageBuilder builder;
    private final Separator separator = new Separator();

    /** What stands in for the page at a depth of the path; for the top of the tree at -1. */
    private long page;

    private int depth;

    Growth(PageBuilder builder) {
        this.builder = builder;
    }

    /**
     * Builds what is needed above a page that is to be replaced.
     *
     * @param at depth of the page
     * @param left the page that takes its place
     * @param right the page that comes behind that one; 0 for none
     */
    void build(TreePath path, int at, long left, long right) {
        long first = left;
        long second = right;
        int level = at;
        while (second != 0 && level > 0) {
            level--;
            long node = path.page(level);
            int place = path.index(level) + 1;
            int count = Page.count(node);
            builder.newChild(second, members(second), separator(first, second));
            int split = splitAt(path, level, place);
            long nodeLeft = builder.build(node, place, 0, split);
            long nodeRight = split > count ? 0 : builder.build(node, place, split, count + 1);
            builder.replace(node);
            if (place - 1 < split) {
                setChild(nodeLeft, place - 1, first);
            } else {
                setChild(nodeRight, place - 1 - split, first);
            }
            first = nodeLeft;
            second = nodeRight;
        }
        page = second == 0 ? first : newTop(first, second);
        depth = second == 0 ? level : -1;
    }

    private Separator separator(long left, long right) {
        return Page.isLeaf(right) ? separator.between(left, right) : separator.of(right, 0);
    }

    private static long members(long page) {
        int count = Page.count(page);
        return Page.isLeaf(page) ? count : Branch.members(page, 0, count);
    }

    private static void setChild(long node, int index, long child) {
        Branch.child(node, index, child);
        Branch.members(node, index, members(child));
    }

    /** Where a node with the new child splits; behind all entries when it need not. */
    private int splitAt(TreePath path, int at, int place) {
        long node = path.page(at);
        int count = Page.count(node);
        int used = Page.used(node) + Branch.STRIDE + builder.newTextLength();
        if (count < Branch.ENTRIES_MAX && used <= Branch.BYTES_MAX) {
            return count + 1;
        }
        return place == count && path.isAtRightEdge(at)
                ? count
                : middle(node, place, builder.newTextLength());
    }

    /** How many entries, the new one among them, make up half of a page's bytes. */
    static int middle(long page, int place, int newTextLength) {
        int stride = Page.stride(Page.level(page));
        int count = Page.count(page);
        int half = (Page.used(page) - Page.HEADER + stride + newTextLength) / 2;
        int sum = 0;
        int taken = 0;
        do {
            int old = taken > place ? taken - 1 : taken;
            sum += stride;
            sum += taken == place ? newTextLength : Page.textBytes(page, old, old + 1);
            taken++;
        } while (taken < count && sum < half);
        return taken;
    }

    private long newTop(long left, long right) {
        separator(left, right);
        int textBytes = separator.length();
        builder.begin(Page.level(left) + 1, 2, textBytes);
        builder.newChild(left, members(left), separator.none());
        builder.addNew();
        builder.newChild(right, members(right), separator(left, right));
        builder.addNew();
        return builder.page();
    }

    /** Puts what was built in its place. */
    void exchange(long root, TreePath path, long newMembers) {
        path.addMembers(root, Math.max(depth, 0), newMembers);
        setPage(root, path, depth, page);
    }

    /** Puts a page in the place of the one at a depth of the path. */
    static void setPage(long root, TreePath path, int at, long page) {
        if (at <= 0) {
            Root.top(root, page);
        } else {
            Branch.child(path.page(at - 1), path.index(at - 1), page);
        }
    }
}
