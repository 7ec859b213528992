// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import dev.sigrun.memory.SipHash;

/**
 * Owner thread only. The other half of a sorted set: tells in which leaf a member is, without
 * keeping the member a second time.
 *
 * <p>An entry is 40 bits of a member's keyed hash and the leaf's number, nine bytes in all. Whoever
 * looks a member up goes through the leaves of all entries with equal bits, nearly always one, and
 * searches them for the member; so the answer is exact, and members whose bits are equal are no
 * trouble. That the leaf and not the score is kept saves four bytes for each member, finds a score
 * without a descent in the tree, and lets members be listed by hash: a scan has to go by something
 * that does not change with the score.
 *
 * <p>The index is an extendible hash in the hash's order. The top bits choose an entry of the
 * directory, which leads to a segment; the bits that follow choose one of its slots, which leads to
 * an {@link IndexBlock}. A block that is full splits alone: several slots may lead to one block, as
 * several entries of the directory may lead to one segment. So growth never takes long. The words:
 *
 * <pre>
 *   directory:  0..47 the segment, 48..53 the bits that all hashes in it share, 56..59 its size
 *   segment:    0..47 the block or 0 for none, 48..53 the bits beyond those of the segment
 * </pre>
 */
final class MemberIndex {
    private final IndexGrowth growth;
    private final IndexDecline decline;
    private final long k0;
    private final long k1;

    /** Where the search is. */
    private long root;

    private long hash;
    private long block;
    private int count;
    private int from;
    private long pattern;
    private long hits;
    private int found;

    MemberIndex(Account account, long k0, long k1) {
        this.growth = new IndexGrowth(account);
        this.decline = new IndexDecline(account);
        this.k0 = k0;
        this.k1 = k1;
    }

    long hash(long member, int length) {
        return SipHash.hash12(member, length, k0, k1);
    }

    /** Begins a search for the leaves that members with such a hash are in. */
    void seek(long setRoot, long memberHash) {
        root = setRoot;
        hash = memberHash;
        pattern = Tags.pattern(Tags.of(hash));
        block = block(root, hash);
        count = block == 0 ? 0 : IndexBlock.count(block);
        from = 0;
        hits = count == 0 ? 0 : Tags.hits(IndexBlock.tags(block), 0, count, pattern);
    }

    /**
     * Goes to the next entry with an equal hash, as far as it is kept; false when there is none.
     */
    boolean next() {
        int top = (int) (hash >>> 32);
        int tag = Tags.of(hash);
        while (true) {
            while (hits == 0) {
                from += 8;
                if (from >= count) {
                    return false;
                }
                hits = Tags.hits(IndexBlock.tags(block), from, count, pattern);
            }
            found = Tags.first(from, hits);
            hits &= hits - 1;
            if (IndexBlock.hashTop(IndexBlock.pair(block, found)) == top
                    && IndexBlock.tag(block, found) == tag) {
                return true;
            }
        }
    }

    /** The leaf that the entry names. */
    int leaf() {
        return IndexBlock.leaf(IndexBlock.pair(block, found));
    }

    private static long block(long root, long hash) {
        long segment = IndexWord.segment(root, hash);
        return segment == 0 ? 0 : IndexWord.address(IndexWord.slot(segment, hash));
    }

    /** Goes to the entry with this hash and this leaf, which there must be. */
    private void locate(long setRoot, long memberHash, int leaf) {
        seek(setRoot, memberHash);
        while (next()) {
            if (leaf() == leaf) {
                return;
            }
        }
        throw new IllegalStateException("The index does not know a member that is in a leaf.");
    }

    /** Makes sure that an entry with this hash can be added. */
    void reserve(long setRoot, long memberHash) {
        growth.reserve(setRoot, memberHash);
    }

    /** Adds an entry, for which room was reserved. */
    void add(long setRoot, long memberHash, int leaf) {
        IndexBlock.add(
                block(setRoot, memberHash),
                Tags.of(memberHash),
                IndexBlock.pair((int) (memberHash >>> 32), leaf));
    }

    /** Says that a member that was in one leaf is in another one. */
    void move(long setRoot, long memberHash, int source, int target) {
        locate(setRoot, memberHash, source);
        IndexBlock.pair(block, found, IndexBlock.pair((int) (hash >>> 32), target));
    }

    /** Says that an entry of a leaf was in another one before. */
    void moveEntry(long setRoot, long leaf, int entry, int source) {
        long member = Leaf.member(leaf, entry);
        int target = Leaf.number(leaf);
        move(setRoot, hash(member, Leaf.memberLength(leaf, entry)), source, target);
    }

    /** Forgets the member that is an entry of a leaf. */
    void removeEntry(long setRoot, long leaf, int entry) {
        long member = Leaf.member(leaf, entry);
        remove(setRoot, hash(member, Leaf.memberLength(leaf, entry)), Leaf.number(leaf));
    }

    /** Forgets a member. */
    void remove(long setRoot, long memberHash, int leaf) {
        locate(setRoot, memberHash, leaf);
        IndexBlock.remove(block, found);
        decline.removed(setRoot, memberHash, block);
    }

    /**
     * Frees a part of the index of a set whose members are gone.
     *
     * @return how many steps were taken
     */
    long release(long setRoot, long steps) {
        return decline.release(setRoot, steps);
    }

    /** The word of the slot where a hash belongs; 0 when there is none yet. */
    static long slotWord(long setRoot, long memberHash) {
        long segment = IndexWord.segment(setRoot, memberHash);
        return segment == 0 ? 0 : IndexWord.slot(segment, memberHash);
    }

    /** How many leading bits of the hash all members of the block have in common. */
    static int sharedBits(long setRoot, long memberHash) {
        long segment = IndexWord.segment(setRoot, memberHash);
        return segment == 0
                ? 0
                : IndexWord.depth(segment) + IndexWord.depth(IndexWord.slot(segment, memberHash));
    }
}
