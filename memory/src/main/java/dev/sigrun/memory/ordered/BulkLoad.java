// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import dev.sigrun.memory.Memory;

/**
 * Owner thread only. Fills a set with members that come in order: they are gathered on the heap
 * until they fill a leaf, which is then built once and put at the tree's end.
 */
final class BulkLoad {
    private static final int ENTRIES_MAX = (Leaf.BYTES_MAX - Page.HEADER) / Leaf.STRIDE;

    private final Account account;
    private final LeafTable table;
    private final MemberIndex index;
    private final ScoreTree tree;
    private final PageBuilder builder;
    private final long[] hashes = new long[ENTRIES_MAX];
    private final double[] scores = new double[ENTRIES_MAX];
    private final short[] ends = new short[ENTRIES_MAX];
    private final byte[] texts = new byte[Leaf.BYTES_MAX + Leaf.INLINE_MAX];
    private int count;
    private int textEnd;

    BulkLoad(Account account, LeafTable table, MemberIndex index, ScoreTree tree) {
        this.account = account;
        this.table = table;
        this.index = index;
        this.tree = tree;
        this.builder = new PageBuilder(account);
    }

    /** Takes a member behind all others. When this throws, the set is to be freed. */
    void add(long root, double score, long member, int length) {
        boolean outside = length > Leaf.INLINE_MAX;
        int textBytes = outside ? Leaf.OUTSIDE_BYTES : length;
        if (Page.used(0, count + 1, textEnd + textBytes) > Leaf.BYTES_MAX) {
            flush(root);
        }
        if (outside) {
            putOutside(member, length);
        } else {
            Memory.copy(member, texts, textEnd, length);
        }
        textEnd += textBytes;
        hashes[count] = index.hash(member, length);
        scores[count] = score;
        ends[count] = (short) (outside ? textEnd | Page.MARK : textEnd);
        count++;
    }

    private void putOutside(long member, int length) {
        long block = account.allocate(length);
        Memory.copy(member, block, length);
        for (int i = 0; i < Long.BYTES; i++) {
            texts[textEnd + i] = (byte) (block >>> (i << 3));
        }
        for (int i = 0; i < Integer.BYTES; i++) {
            texts[textEnd + Long.BYTES + i] = (byte) (length >>> (i << 3));
        }
    }

    /** Puts what was gathered into the set. When this throws, the set is to be freed. */
    void flush(long root) {
        if (count == 0) {
            return;
        }
        boolean done = false;
        try {
            table.reserve(root);
            builder.begin(0, count, textEnd);
            long leaf = builder.page();
            fill(leaf);
            tree.append(root, leaf);
            builder.keep();
            done = true;
        } finally {
            if (!done) {
                builder.discard();
                drop();
            }
        }
        enlist(root);
    }

    private void fill(long leaf) {
        long endsAt = Page.ends(leaf, 0, count);
        for (int i = 0; i < count; i++) {
            Leaf.tag(leaf, i, Tags.of(hashes[i]));
            Leaf.score(leaf, i, scores[i]);
            Memory.putShort(endsAt + ((long) i << 1), ends[i]);
        }
        Memory.copy(texts, 0, Page.texts(leaf, 0, count), textEnd);
    }

    private void enlist(long root) {
        int number = Root.leaves(root) - 1;
        int members = count;
        // What was gathered is in a leaf now, whatever becomes of the index.
        count = 0;
        textEnd = 0;
        for (int i = 0; i < members; i++) {
            index.reserve(root, hashes[i]);
            index.add(root, hashes[i], number);
        }
    }

    /** Lets go of what was gathered and is in no leaf yet. */
    void drop() {
        for (int i = 0; i < count; i++) {
            if (ends[i] < 0) {
                int at = (ends[i] & (Page.MARK - 1)) - Leaf.OUTSIDE_BYTES;
                account.free(word(at, Long.BYTES), word(at + Long.BYTES, Integer.BYTES));
            }
        }
        count = 0;
        textEnd = 0;
    }

    private long word(int at, int bytes) {
        long word = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            word = (word << 8) | (texts[at + i] & 0xff);
        }
        return word;
    }
}
