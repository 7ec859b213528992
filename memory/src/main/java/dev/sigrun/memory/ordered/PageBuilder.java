// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import dev.sigrun.memory.Memory;

/**
 * Owner thread only. Builds pages out of parts of other pages and of one entry that is new. What it
 * has built belongs to nobody until {@link #keep}: {@link #discard} frees it, so that an operation
 * that runs out of memory leaves everything as it was.
 */
final class PageBuilder {
    private final Account account;

    /** Pages that were built, and pages that they stand in for. */
    private final long[] built = new long[2 * TreePath.LEVELS_MAX];

    private final long[] replaced = new long[TreePath.LEVELS_MAX];
    private int builtCount;
    private int replacedCount;

    /** The new entry. */
    private double score;

    private int tag;
    private long text;
    private int textLength;
    private boolean marked;
    private long outside;
    private int outsideLength;
    private long child;
    private long members;

    /** The page being filled. */
    private long page;

    private int level;
    private int next;
    private int count;
    private int textEnd;

    PageBuilder(Account account) {
        this.account = account;
    }

    /** Makes the new entry a member; one that is long gets its block. */
    void newMember(double memberScore, int memberTag, long member, int length) {
        score = memberScore;
        tag = memberTag;
        marked = length > Leaf.INLINE_MAX;
        text = member;
        textLength = marked ? Leaf.OUTSIDE_BYTES : length;
        if (marked) {
            outside = account.allocate(length);
            outsideLength = length;
            Memory.copy(member, outside, length);
        }
    }

    /** Makes the new entry a child, with what sets it apart from the page before it. */
    void newChild(long address, long membersBelow, Separator separator) {
        score = separator.score();
        text = separator.text();
        textLength = separator.length();
        marked = separator.isMarked();
        child = address;
        members = membersBelow;
    }

    /** Bytes of text that the new entry needs. */
    int newTextLength() {
        return textLength;
    }

    /**
     * Builds a page from the entries of another one with the new entry put in between.
     *
     * @param source the other page
     * @param place index that the new entry has among all
     * @param from first entry to take, counted with the new one
     * @param to behind the last entry to take
     */
    long build(long source, int place, int from, int to) {
        boolean withNew = from <= place && place < to;
        int firstEnd = Math.min(Math.max(from, place), to);
        int before = firstEnd - from;
        int secondStart = Math.max(from, place + (withNew ? 1 : 0)) - 1;
        int after = to - from - before - (withNew ? 1 : 0);
        int bytes = withNew ? textLength : 0;
        if (before > 0) {
            bytes += Page.textBytes(source, from, firstEnd);
        }
        if (after > 0) {
            bytes += Page.textBytes(source, secondStart, secondStart + after);
        }
        begin(Page.level(source), to - from, bytes);
        if (before > 0) {
            add(source, from, firstEnd);
        }
        if (withNew) {
            addNew();
        }
        if (after > 0) {
            add(source, secondStart, secondStart + after);
        }
        return page;
    }

    /** Begins a page with so many entries. */
    void begin(int pageLevel, int entries, int textBytes) {
        int bytes = Page.rounded(Page.used(pageLevel, entries, textBytes));
        page = account.allocate(bytes);
        built[builtCount++] = page;
        Page.header(page, entries, bytes, pageLevel);
        level = pageLevel;
        count = entries;
        next = 0;
        textEnd = 0;
    }

    /** Adds the entries of another page from one index up to another. */
    void add(long source, int from, int to) {
        int entries = to - from;
        int sourceCount = Page.count(source);
        long sourceEnds = Page.ends(source, level, sourceCount);
        int start = Page.start(sourceEnds, from);
        int bytes = Page.end(sourceEnds, to - 1) - start;
        long first = source + Page.HEADER;
        long target = page + Page.HEADER;
        for (long width : Page.columns(level)) {
            if (width == Page.END_BYTES) {
                Columns.copyEnds(
                        first + from * width, target + next * width, entries, textEnd - start);
            } else {
                Memory.copy(first + from * width, target + next * width, entries * width);
            }
            first += sourceCount * width;
            target += count * width;
        }
        Memory.copy(
                Page.texts(source, level, sourceCount) + start,
                Page.texts(page, level, count) + textEnd,
                bytes);
        next += entries;
        textEnd += bytes;
    }

    /** Adds the new entry. */
    void addNew() {
        long at = Page.texts(page, level, count) + textEnd;
        if (level > 0) {
            Branch.score(page, next, score);
            Branch.child(page, next, child);
            Branch.members(page, next, members);
        } else {
            Leaf.tag(page, next, tag);
            Leaf.score(page, next, score);
        }
        if (level == 0 && marked) {
            Memory.putLong(at, outside);
            Memory.putInt(at + Long.BYTES, outsideLength);
        } else {
            Memory.copy(text, at, textLength);
        }
        textEnd += textLength;
        Memory.putShort(
                Page.ends(page, level, count) + ((long) next << 1),
                (short) (marked ? textEnd | Page.MARK : textEnd));
        next++;
    }

    /** The page that was begun last. */
    long page() {
        return page;
    }

    /** Says that a page is to be freed once everything has been built. */
    void replace(long old) {
        replaced[replacedCount++] = old;
    }

    /** Ends an operation well: what it replaced is freed. */
    void keep() {
        for (int i = 0; i < replacedCount; i++) {
            account.free(replaced[i], Page.bytes(replaced[i]));
        }
        reset();
    }

    /** Ends an operation that failed: what it built is freed. */
    void discard() {
        for (int i = 0; i < builtCount; i++) {
            account.free(built[i], Page.bytes(built[i]));
        }
        if (outside != 0) {
            account.free(outside, outsideLength);
        }
        reset();
    }

    private void reset() {
        builtCount = 0;
        replacedCount = 0;
        outside = 0;
    }
}
