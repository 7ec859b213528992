// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import java.util.HashMap;
import java.util.Map;

/** Walks everything that a set consists of, and sees whether all of it fits together. */
final class SetCheck {
    private final long root;
    private final MemberIndex index;
    private final Map<Integer, Integer> members = new HashMap<>();
    private final Map<Long, Integer> entries = new HashMap<>();
    private long bytes;
    private long last;
    private int leaves;
    private int spareMax = 15;

    SetCheck(long root, long k0, long k1) {
        this.root = root;
        this.index = new MemberIndex(null, k0, k1);
    }

    /** Blocks need not be as short as they could, as when memory was lacking. */
    SetCheck withSpareRoom() {
        spareMax = Integer.MAX_VALUE;
        return this;
    }

    /** Fails when anything is wrong. */
    void run() {
        long size = 0;
        if (Root.top(root) != 0) {
            size = page(Root.top(root), Page.level(Root.top(root)));
        }
        assertEquals(Root.size(root), size, "members");
        assertEquals(Root.leaves(root), leaves, "leaves");
        table();
        index();
        assertEquals(Root.held(root), bytes, "bytes");
    }

    private long page(long page, int level) {
        assertEquals(level, Page.level(page), "level");
        int count = Page.count(page);
        assertTrue(count > 0, "no page is empty");
        assertTrue(Page.used(page) <= Page.bytes(page), "content fits");
        assertTrue(
                Page.bytes(page) - Page.used(page) <= spareMax, "block is as long as its content");
        bytes += Allocator.usableSize(Page.bytes(page));
        return level == 0 ? leaf(page, count) : branch(page, level, count);
    }

    private long branch(long node, int level, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            long child = Branch.child(node, i);
            if (i > 0) {
                boundary(node, i, count, Branch.firstLeaf(child));
            }
            long below = page(child, level - 1);
            assertEquals(Branch.members(node, i), below, "members below");
            sum += below;
        }
        return sum;
    }

    private void boundary(long node, int i, int count, long first) {
        long ends = Page.ends(node, 1, count);
        double score = Branch.score(node, i);
        assertTrue(score <= Leaf.score(first, 0), "score bounds the right side");
        assertTrue(score >= Leaf.score(last, Page.count(last) - 1), "score bounds the left side");
        if (Page.isMarked(ends, i)) {
            assertEquals(Page.start(ends, i), Page.end(ends, i), "marked without a text");
            return;
        }
        long text = Page.texts(node, 1, count) + Page.start(ends, i);
        int length = Page.end(ends, i) - Page.start(ends, i);
        assertTrue(length <= Branch.SEPARATOR_MAX, "separators are short");
        Bound bound = new Bound().set(score, text, length, false);
        assertEquals(0, Leaf.lowerBound(first, bound), "separator bounds the right side");
        int before = Page.count(last);
        assertEquals(before, Leaf.lowerBound(last, bound), "separator bounds the left side");
    }

    private long leaf(long leaf, int count) {
        leaves++;
        int number = Leaf.number(leaf);
        assertEquals(leaf, LeafTable.leaf(root, number), "leaf table");
        members.put(number, count);
        for (int i = 0; i < count; i++) {
            long before = i > 0 ? leaf : last;
            int at = i > 0 ? i - 1 : before == 0 ? 0 : Page.count(before) - 1;
            assertTrue(before == 0 || Leaf.compare(before, at, leaf, i) < 0, "order");
            if (Leaf.isOutside(leaf, i)) {
                bytes += Allocator.usableSize(Leaf.memberLength(leaf, i));
            }
            long hash = index.hash(Leaf.member(leaf, i), Leaf.memberLength(leaf, i));
            assertEquals(Tags.of(hash), Leaf.tag(leaf, i), "tag");
            entries.merge(hash >>> 24 << 24 | number, 1, Integer::sum);
        }
        last = leaf;
        return count;
    }

    private void table() {
        int room = Root.room(root);
        if (room > 128) {
            int chunks = room / 128;
            bytes += (chunks + 15) / 16 * 128L + chunks * 1024L;
        } else if (room > 0) {
            bytes += Allocator.usableSize(room * 8L);
        }
    }

    private void index() {
        if (Root.directory(root) == 0) {
            assertTrue(entries.isEmpty(), "there is an index");
            return;
        }
        int depth = Root.depth(root);
        if (depth > 0) {
            bytes += Allocator.usableSize(8L << depth);
        }
        long at = 0;
        int deepest = 0;
        while (at < 1L << depth) {
            long segment = Memory.getLong(Root.directoryEntry(root, at));
            int own = IndexWord.depth(segment);
            assertTrue(own <= depth, "depth of a segment");
            long span = 1L << (depth - own);
            for (long i = 0; i < span; i++) {
                assertEquals(segment, Memory.getLong(Root.directoryEntry(root, at + i)), "alias");
            }
            segment(segment, own == 0 ? 0 : at / span << (64 - own));
            deepest += own == depth ? 1 : 0;
            at += span;
        }
        assertTrue(depth == 0 || deepest == Root.deepest(root), "segments that are deepest");
        assertTrue(entries.isEmpty(), "every member is in the index");
    }

    private void segment(long segment, long prefix) {
        int bits = IndexWord.sizeBits(segment);
        bytes += Allocator.usableSize(8L << bits);
        int at = 0;
        while (at < 1 << bits) {
            long slot = IndexWord.slotAt(segment, at);
            int depth = IndexWord.depth(slot);
            int span = 1 << (bits - depth);
            for (int i = 0; i < span; i++) {
                assertEquals(slot, IndexWord.slotAt(segment, at + i), "slot");
            }
            int shared = IndexWord.depth(segment) + depth;
            long low = depth == 0 ? 0 : (long) (at / span) << (64 - shared);
            if (IndexWord.address(slot) != 0) {
                block(IndexWord.address(slot), shared, prefix | low);
            }
            at += span;
        }
    }

    private void block(long block, int shared, long prefix) {
        int count = IndexBlock.count(block);
        assertTrue(count > 0 || spareMax > 15, "no block is empty");
        assertTrue(count <= IndexBlock.room(block), "entries in a block");
        bytes += Allocator.usableSize(IndexBlock.bytes(IndexBlock.room(block)));
        for (int i = 0; i < count; i++) {
            long pair = IndexBlock.pair(block, i);
            long hash =
                    ((long) IndexBlock.hashTop(pair) << 32) | (long) IndexBlock.tag(block, i) << 24;
            assertEquals(
                    IndexWord.leading(prefix, shared),
                    IndexWord.leading(hash, shared),
                    "the hash belongs here");
            int left = entries.merge(hash | IndexBlock.leaf(pair), -1, Integer::sum);
            assertTrue(left >= 0, "no entry is too many");
            if (left == 0) {
                entries.remove(hash | IndexBlock.leaf(pair));
            }
        }
    }
}
