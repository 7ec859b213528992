// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

import java.util.Arrays;

/**
 * Owner thread only. Hands out spans of 64 KiB of the region, and remembers one word about each.
 *
 * <p>A slab takes one span. A large block takes as many as its pages need; the pages beyond its end
 * are addresses only and never touched. Free spans lie in runs, joined with free neighbours when
 * given back, and listed by length: exactly below 64 spans, eight lists to a doubling above. The
 * shortest run that fits is cut. Nothing but arrays grows here, and those by doubling.
 */
final class Spans {
    static final int SHIFT = 16;
    static final int NONE = -1;

    /** The top bits of a span's word. Below them, the length of a free run or the pages of one. */
    static final long SLAB = 1L << 61;

    static final long RUN = 2L << 61;
    private static final long FREE = 3L << 61;
    private static final long TAIL = 4L << 61;
    private static final long KIND = 7L << 61;

    private static final int EXACT = 64;
    private static final int LISTS = 256;

    /** How far a list of unequal lengths is searched for the best one: a bound on the time. */
    private static final int SEARCH_MAX = 64;

    /** Emptied slabs kept with their pages, so that one emptied and refilled costs no faults. */
    private static final int KEPT_MAX = 64;

    private final Region region;
    private final Ahead ahead;
    private final int limit;
    private final int[] lists = new int[LISTS];
    private final long[] occupied = new long[LISTS / 64];
    private final int[] kept = new int[KEPT_MAX];
    private int keptCount;
    private int top = 1;
    private long[] words = new long[64];
    private int[] nexts = new int[64];
    private int[] priors = new int[64];

    Spans(Region region) {
        this.region = region;
        ahead = new Ahead(region);
        limit = (int) (region.bytes() >>> SHIFT);
        Arrays.fill(lists, NONE);
        if (!region.commit(1L << SHIFT)) {
            throw new MemoryExhausted("The kernel gives no memory at all.");
        }
    }

    long word(int span) {
        return words[span];
    }

    void word(int span, long word) {
        words[span] = word;
    }

    int next(int span) {
        return nexts[span];
    }

    void next(int span, int next) {
        nexts[span] = next;
    }

    int prior(int span) {
        return priors[span];
    }

    void prior(int span, int prior) {
        priors[span] = prior;
    }

    int kept() {
        return keptCount;
    }

    long address(int span) {
        return region.base() + ((long) span << SHIFT);
    }

    /** A span for a slab, or NONE when the region is used up. */
    int takeOne() {
        return keptCount > 0 ? kept[--keptCount] : take(1);
    }

    void giveOne(int span) {
        if (keptCount < KEPT_MAX) {
            // Whoever looks at its neighbour must not take it for a free run.
            words[span] = SLAB;
            kept[keptCount++] = span;
        } else {
            region.release(address(span), 1L << SHIFT);
            give(span, 1);
        }
    }

    void trim() {
        while (keptCount > 0) {
            int span = kept[--keptCount];
            region.release(address(span), 1L << SHIFT);
            give(span, 1);
        }
    }

    /** As many spans in a row, or NONE. Their words are set by the caller through {@link #run}. */
    int take(int count) {
        int found = find(count);
        if (found == NONE && count <= limit - top && reach(top + count)) {
            found = top;
            top += count;
            return found;
        }
        if (found == NONE) {
            if (keptCount == 0) {
                return NONE;
            }
            trim();
            return take(count);
        }
        int length = length(found);
        unlink(found, length);
        if (length > count) {
            link(found + count, length - count);
        }
        return found;
    }

    /** Marks a live run of pages. */
    void run(int span, int count, long pages) {
        if (count > 1) {
            words[span + count - 1] = TAIL;
        }
        words[span] = RUN | pages;
    }

    /** Takes back spans whose pages were released, joining them with free neighbours. */
    void give(int span, int count) {
        int first = span;
        int length = count;
        if (first > 1 && (words[first - 1] & KIND) == FREE) {
            int before = length(first - 1);
            first -= before;
            length += before;
            unlink(first, before);
        }
        int after = span + count;
        if (after < top && (words[after] & KIND) == FREE) {
            int more = length(after);
            unlink(after, more);
            length += more;
        }
        link(first, length);
    }

    /** Lengthens a live run where it lies, when what follows is free. */
    boolean extend(int span, int count, int target) {
        int after = span + count;
        int more = target - count;
        if (after == top) {
            if (more > limit - top || !reach(top + more)) {
                return false;
            }
            top += more;
            return true;
        }
        if ((words[after] & KIND) != FREE || length(after) < more) {
            return false;
        }
        int length = length(after);
        unlink(after, length);
        if (length > more) {
            link(after + more, length - more);
        }
        return true;
    }

    /** Ends what goes on beside the owner. */
    void close() {
        ahead.close();
    }

    private boolean reach(int target) {
        long bytes = (long) target << SHIFT;
        if (!region.commit(bytes)) {
            return false;
        }
        ahead.reached(bytes);
        if (target > words.length) {
            int size = Math.max(target, Math.min(limit, words.length * 2));
            words = Arrays.copyOf(words, size);
            nexts = Arrays.copyOf(nexts, size);
            priors = Arrays.copyOf(priors, size);
        }
        return true;
    }

    private int find(int count) {
        int list = list(count);
        if (count >= EXACT) {
            int best = shortest(list, count);
            if (best != NONE) {
                return best;
            }
            list++;
        }
        int word = list >>> 6;
        if (word >= occupied.length) {
            return NONE;
        }
        long bits = occupied[word] & (-1L << list);
        while (bits == 0) {
            if (++word == occupied.length) {
                return NONE;
            }
            bits = occupied[word];
        }
        return shortest((word << 6) + Long.numberOfTrailingZeros(bits), count);
    }

    private int shortest(int list, int count) {
        int best = NONE;
        int at = lists[list];
        for (int step = 0; at != NONE && step < SEARCH_MAX; step++) {
            int length = length(at);
            if (length == count || list < EXACT) {
                return at;
            }
            if (length >= count && (best == NONE || length < length(best))) {
                best = at;
            }
            at = nexts[at];
        }
        return best;
    }

    private static int list(int length) {
        if (length < EXACT) {
            return length;
        }
        int log = 31 - Integer.numberOfLeadingZeros(length);
        return EXACT + ((log - 6) << 3) + ((length >>> (log - 3)) & 7);
    }

    private int length(int span) {
        return (int) words[span];
    }

    private void link(int span, int length) {
        words[span] = FREE | length;
        words[span + length - 1] = FREE | length;
        int list = list(length);
        int head = lists[list];
        nexts[span] = head;
        priors[span] = NONE;
        if (head != NONE) {
            priors[head] = span;
        }
        lists[list] = span;
        occupied[list >>> 6] |= 1L << list;
    }

    private void unlink(int span, int length) {
        int list = list(length);
        int next = nexts[span];
        int prior = priors[span];
        if (prior == NONE) {
            lists[list] = next;
            if (next == NONE) {
                occupied[list >>> 6] &= ~(1L << list);
            }
        } else {
            nexts[prior] = next;
        }
        if (next != NONE) {
            priors[next] = prior;
        }
    }
}
