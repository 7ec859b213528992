// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import dev.sigrun.memory.Memory;

/**
 * Owner thread only. What sets a page apart from the one before it, as {@link Branch} keeps it. A
 * flyweight; the text lies in a page.
 */
final class Separator {
    private double score;
    private long text;
    private int length;
    private boolean marked;

    /** The shortest one between two leaves. */
    Separator between(long left, long right) {
        int last = Page.count(left) - 1;
        score = Leaf.score(right, 0);
        text = 0;
        length = 0;
        marked = false;
        if (Leaf.score(left, last) == score) {
            text = Leaf.member(right, 0);
            length = 1 + shared(Leaf.member(left, last), Leaf.memberLength(left, last), right);
            marked = length > Branch.SEPARATOR_MAX;
        }
        if (marked) {
            length = 0;
        }
        return this;
    }

    private int shared(long member, int memberLength, long right) {
        int end = Math.min(memberLength, Leaf.memberLength(right, 0));
        // What is too long to be kept need not be measured.
        int last = Math.min(end, Branch.SEPARATOR_MAX);
        int at = 0;
        while (at < last && Memory.getByte(member + at) == Memory.getByte(text + at)) {
            at++;
        }
        return at;
    }

    /** The one that an inner node keeps for an entry. */
    Separator of(long node, int index) {
        int count = Page.count(node);
        long ends = Page.ends(node, 1, count);
        int start = Page.start(ends, index);
        score = Branch.score(node, index);
        text = Page.texts(node, 1, count) + start;
        length = Page.end(ends, index) - start;
        marked = Page.isMarked(ends, index);
        return this;
    }

    /** One that says nothing, for a first entry. */
    Separator none() {
        score = Double.NEGATIVE_INFINITY;
        text = 0;
        length = 0;
        marked = false;
        return this;
    }

    double score() {
        return score;
    }

    long text() {
        return text;
    }

    int length() {
        return length;
    }

    boolean isMarked() {
        return marked;
    }
}
