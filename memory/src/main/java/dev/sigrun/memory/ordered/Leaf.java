// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import dev.sigrun.memory.Memory;

/**
 * Owner thread only. Leaves of the tree, in the format of {@link Page}: columns of tags, which are
 * a byte of each member's hash, of ends and of scores, and the members as texts. A member of more
 * than {@value #INLINE_MAX} bytes has a block of its own: then the text is that block's address and
 * the length, and the mark is set.
 *
 * <p>Entries are in order, so scores and members find an entry; tags find a member whose score is
 * not known yet.
 */
final class Leaf {
    /** Bytes of an entry without its text. */
    static final int STRIDE = 11;

    /** Bytes of an entry in the columns before the ends, which stand beside what is searched. */
    static final int ENDS_AT = 1;

    /** A leaf that would be larger splits. Blocks up to this size waste least in the allocator. */
    static final int BYTES_MAX = 1024;

    /** Longer members have a block of their own. */
    static final int INLINE_MAX = 512;

    /** Bytes by which a leaf refers to a member outside of it. */
    static final int OUTSIDE_BYTES = 12;

    private Leaf() {}

    static int number(long leaf) {
        return Memory.getInt(leaf + 4);
    }

    static void number(long leaf, int number) {
        Memory.putInt(leaf + 4, number);
    }

    static long tags(long leaf) {
        return leaf + Page.HEADER;
    }

    static int tag(long leaf, int index) {
        return Memory.getByte(tags(leaf) + index) & 0xff;
    }

    static void tag(long leaf, int index, int tag) {
        Memory.putByte(tags(leaf) + index, (byte) tag);
    }

    static double score(long leaf, int index) {
        return Memory.getDouble(scoreAt(leaf, index));
    }

    static void score(long leaf, int index, double score) {
        Memory.putDouble(scoreAt(leaf, index), score);
    }

    private static long scoreAt(long leaf, int index) {
        return leaf + Page.HEADER + 3L * Page.count(leaf) + ((long) index << 3);
    }

    static long member(long leaf, int index) {
        int count = Page.count(leaf);
        long ends = Page.ends(leaf, 0, count);
        long text = Page.texts(leaf, 0, count) + Page.start(ends, index);
        return Page.isMarked(ends, index) ? Memory.getLong(text) : text;
    }

    static int memberLength(long leaf, int index) {
        int count = Page.count(leaf);
        long ends = Page.ends(leaf, 0, count);
        int start = Page.start(ends, index);
        return Page.isMarked(ends, index)
                ? Memory.getInt(Page.texts(leaf, 0, count) + start + Long.BYTES)
                : Page.end(ends, index) - start;
    }

    static boolean isOutside(long leaf, int index) {
        return Page.isMarked(Page.ends(leaf, 0, Page.count(leaf)), index);
    }

    /** The entry that is this member, or -1. */
    static int find(long leaf, long member, int length, int tag) {
        int count = Page.count(leaf);
        long pattern = Tags.pattern(tag);
        for (int from = 0; from < count; from += 8) {
            long hits = Tags.hits(tags(leaf), from, count, pattern);
            while (hits != 0) {
                int index = Tags.first(from, hits);
                if (isAt(leaf, index, member, length)) {
                    return index;
                }
                hits &= hits - 1;
            }
        }
        return -1;
    }

    private static boolean isAt(long leaf, int index, long member, int length) {
        return memberLength(leaf, index) == length
                && Memory.equal(member(leaf, index), member, length);
    }

    /** The first entry that does not lie before a bound; the count when all do. */
    static int lowerBound(long leaf, Bound bound) {
        int low = 0;
        int high = Page.count(leaf);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBefore(leaf, middle, bound)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static boolean isBefore(long leaf, int index, Bound bound) {
        double score = score(leaf, index);
        if (score != bound.score()) {
            return score < bound.score();
        }
        return bound.isAbove(member(leaf, index), memberLength(leaf, index));
    }

    /** How an entry is ordered against another one, of the same leaf or of another. */
    static int compare(long leaf, int index, long other, int otherIndex) {
        double score = score(leaf, index);
        double otherScore = score(other, otherIndex);
        if (score != otherScore) {
            return score < otherScore ? -1 : 1;
        }
        return Memory.compare(
                member(leaf, index),
                memberLength(leaf, index),
                member(other, otherIndex),
                memberLength(other, otherIndex));
    }
}
