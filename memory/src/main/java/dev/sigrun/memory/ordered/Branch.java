// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import dev.sigrun.memory.Memory;

/**
 * Owner thread only. Inner nodes of the tree, in the format of {@link Page}.
 *
 * <p>Columns of scores, of children, of the numbers of members below these and of ends. An entry's
 * score and text are a lower bound of all members below its child, and above all that lie below the
 * child before. Where the scores of the two neighbours differ the text is empty; where they are
 * equal it is as much of the right member as tells the two apart. If that is more than {@value
 * #SEPARATOR_MAX} bytes, the text is empty and the mark is set: then the first member below the
 * child is the bound, whichever it is. What the first entry says bounds nothing.
 */
final class Branch {
    /** Bytes of an entry without its text. */
    static final int STRIDE = 26;

    /** Bytes of an entry in the columns before the ends. */
    static final int ENDS_AT = 24;

    static final int ENTRIES_MAX = 64;
    static final int BYTES_MAX = 1984;
    static final int SEPARATOR_MAX = 64;

    private Branch() {}

    static double score(long node, int index) {
        return Memory.getDouble(node + Page.HEADER + ((long) index << 3));
    }

    static void score(long node, int index, double score) {
        Memory.putDouble(node + Page.HEADER + ((long) index << 3), score);
    }

    static long child(long node, int index) {
        return Memory.getLong(children(node) + ((long) index << 3));
    }

    static void child(long node, int index, long child) {
        Memory.putLong(children(node) + ((long) index << 3), child);
    }

    static long children(long node) {
        return node + Page.HEADER + ((long) Page.count(node) << 3);
    }

    /** How many members there are below a child. */
    static long members(long node, int index) {
        return Memory.getLong(weights(node) + ((long) index << 3));
    }

    static void members(long node, int index, long members) {
        Memory.putLong(weights(node) + ((long) index << 3), members);
    }

    static long weights(long node) {
        return node + Page.HEADER + ((long) Page.count(node) << 4);
    }

    /** Members below all children from one index up to another. */
    static long members(long node, int from, int to) {
        long at = weights(node) + ((long) from << 3);
        long end = weights(node) + ((long) to << 3);
        long sum = 0;
        while (at < end) {
            sum += Memory.getLong(at);
            at += 8;
        }
        return sum;
    }

    /** The child in which a bound lies, or at whose edge. */
    static int find(long node, Bound bound) {
        int low = 1;
        int high = Page.count(node);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isAtLeast(node, middle, bound)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private static boolean isAtLeast(long node, int index, Bound bound) {
        double score = score(node, index);
        if (score != bound.score()) {
            return score < bound.score();
        }
        int count = Page.count(node);
        long ends = Page.ends(node, 1, count);
        if (Page.isMarked(ends, index)) {
            return isAtLeastFirst(firstLeaf(child(node, index)), bound);
        }
        int start = Page.start(ends, index);
        return bound.isAtLeast(Page.texts(node, 1, count) + start, Page.end(ends, index) - start);
    }

    private static boolean isAtLeastFirst(long leaf, Bound bound) {
        // The member that was the first when the pages were parted may have gone since.
        double score = Leaf.score(leaf, 0);
        if (score != bound.score()) {
            return score < bound.score();
        }
        return bound.isAtLeast(Leaf.member(leaf, 0), Leaf.memberLength(leaf, 0));
    }

    static long firstLeaf(long page) {
        long at = page;
        while (!Page.isLeaf(at)) {
            at = child(at, 0);
        }
        return at;
    }

    /** The child that holds the member with this rank among those below the node. */
    static int findRank(long node, long rank) {
        long at = weights(node);
        long left = rank;
        int last = Page.count(node) - 1;
        for (int index = 0; index < last; index++) {
            left -= Memory.getLong(at + ((long) index << 3));
            if (left < 0) {
                return index;
            }
        }
        return last;
    }
}
