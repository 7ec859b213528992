// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.SteppedWalks;

/**
 * Owner thread only. Large sorted sets: members, each with a score, in the order of the scores and,
 * where these are equal, of the members' bytes.
 *
 * <p>A set is {@value #ROOT_BYTES} bytes of the caller's memory, which may be moved about between
 * two calls, and the blocks that hang on them; this object is a flyweight that works on any number
 * of sets. Members are in a {@link ScoreTree}; a {@link MemberIndex} tells where. Every operation
 * on one member takes logarithmic time and allocates nothing on the heap. An operation that runs
 * out of memory has changed nothing, unless it says otherwise; those that remove never do.
 *
 * <p>What is done to a member goes in two steps: {@link #find} looks it up, and what follows,
 * {@link #add}, {@link #update}, {@link #remove} or {@link #rank}, is about the member that was
 * looked up last, whose bytes must still be where they were, and not in the set itself.
 *
 * <p>Scores are compared as numbers, so 0 and -0 are equal, though each stays what it is. NaN has
 * no place in the order and must not come here.
 */
public final class SortedMembers {
    /** Bytes of a set in the caller's memory. */
    public static final int ROOT_BYTES = Root.BYTES;

    /** What one step of freeing costs roughly, in members. */
    private static final long MEMBERS_PER_STEP = 16;

    private static final int PHASE_INDEX = -1;

    private final Account account;
    private final LeafTable table;
    private final MemberIndex index;
    private final ScoreTree tree;
    private final Pruning pruning;
    private final BulkLoad bulk;
    private final MemberCursor cursor = new MemberCursor();
    private final TreePath path = new TreePath();
    private final Bound bound = new Bound();

    /** Those who have to see members before they change; null, as a rule. */
    private final SteppedWalks<SortedWalk> walks = new SteppedWalks<>();

    /** The member that was looked up last, and where it is. */
    private long sought;

    private int soughtLength;
    private long hash;
    private long leaf;
    private int entry;

    /**
     * Makes a flyweight for sets whose blocks come from {@code blocks}.
     *
     * @param k0 first half of the key of the hash, the same for all sets
     * @param k1 second half
     */
    public SortedMembers(Blocks blocks, long k0, long k1) {
        account = new Account(blocks);
        table = new LeafTable(account);
        index = new MemberIndex(account, k0, k1);
        tree = new ScoreTree(account, table, index);
        pruning = new Pruning(account, table, index);
        bulk = new BulkLoad(account, table, index, tree);
    }

    /** Makes an empty set of {@value #ROOT_BYTES} bytes at an address. */
    public static void init(long root) {
        Memory.set(root, ROOT_BYTES, (byte) 0);
    }

    /** Number of members. */
    public static long size(long root) {
        return Root.size(root);
    }

    /** Bytes of all blocks; the set's own {@value #ROOT_BYTES} are not among them. */
    public static long memoryBytes(long root) {
        return Root.held(root);
    }

    /** Looks a member up; says whether it is there. */
    public boolean find(long root, long member, int length) {
        sought = member;
        soughtLength = length;
        hash = index.hash(member, length);
        index.seek(root, hash);
        while (index.next()) {
            leaf = LeafTable.leaf(root, index.leaf());
            entry = Leaf.find(leaf, member, length, Tags.of(hash));
            if (entry >= 0) {
                return true;
            }
        }
        return false;
    }

    /** The score of the member that was found. */
    public double score() {
        return Leaf.score(leaf, entry);
    }

    /** How many members lie before the one that was found. */
    public long rank(long root) {
        return rank(root, score(), sought, soughtLength, false);
    }

    // ---- walks ----

    SteppedWalks<SortedWalk> walks() {
        return walks;
    }

    /** Lets all walks of a set come to their end now, since it is going to be something else. */
    public void endWalks(long root) {
        for (SortedWalk walk : walks.all()) {
            if (walk.isOf(root)) {
                walk.finish();
            }
        }
    }

    long hash(long member, int length) {
        return index.hash(member, length);
    }

    private void beforeChange(long root, long member, int length, boolean present, double score) {
        for (SortedWalk walk : walks.all()) {
            if (walk.isOf(root)) {
                walk.beforeChange(member, length, present, score);
            }
        }
    }

    private void beforeRemoval(long root, long from, long to) {
        MemberCursor leaving = new MemberCursor();
        for (long rank = from; rank < to; rank++) {
            if (rank == from) {
                leaving.seek(root, rank);
            } else {
                leaving.next();
            }
            beforeChange(root, leaving.member(), leaving.length(), true, leaving.score());
        }
    }

    // ---- changes ----

    /** Adds the member that was not found. */
    public void add(long root, double score) {
        if (!walks.isEmpty()) {
            beforeChange(root, sought, soughtLength, false, 0);
        }
        account.open(root);
        index.reserve(root, hash);
        table.reserve(root);
        long landing = tree.insert(root, score, hash, sought, soughtLength);
        index.add(root, hash, Leaf.number(landing));
    }

    /** Gives the member that was found another score. */
    public void update(long root, double score) {
        if (!walks.isEmpty()) {
            beforeChange(root, sought, soughtLength, true, score());
        }
        if (keepsPlace(score)) {
            Leaf.score(leaf, entry, score);
            return;
        }
        account.open(root);
        table.reserve(root);
        double old = score();
        long landing = tree.insert(root, score, hash, sought, soughtLength);
        pruning.removeMoved(root, old, sought, soughtLength, hash, Leaf.number(landing));
    }

    /** Whether the member found stays between its neighbours; says no when it has none there. */
    private boolean keepsPlace(double score) {
        double old = score();
        if (score > old) {
            return entry + 1 < Page.count(leaf) && !isBehind(score, entry + 1);
        }
        return score == old || (entry > 0 && isBehind(score, entry - 1));
    }

    private boolean isBehind(double score, int neighbour) {
        double other = Leaf.score(leaf, neighbour);
        if (score != other) {
            return score > other;
        }
        return Memory.compare(
                        sought,
                        soughtLength,
                        Leaf.member(leaf, neighbour),
                        Leaf.memberLength(leaf, neighbour))
                > 0;
    }

    /** Takes out the member that was found. */
    public void remove(long root) {
        if (!walks.isEmpty()) {
            beforeChange(root, sought, soughtLength, true, score());
        }
        account.open(root);
        double score = score();
        index.remove(root, hash, Leaf.number(leaf));
        pruning.remove(root, score, sought, soughtLength);
    }

    /**
     * How many members lie before a score.
     *
     * @param behind whether those with the score count too
     */
    public long rank(long root, double score, boolean behind) {
        path.seek(root, bound.set(score, behind));
        return path.rank();
    }

    /**
     * How many members lie before a score and a member, which need not be there.
     *
     * @param behind whether the member itself counts too
     */
    public long rank(long root, double score, long member, int length, boolean behind) {
        path.seek(root, bound.set(score, member, length, behind));
        return path.rank();
    }

    /** Takes out the members from one rank up to another. */
    public void removeRange(long root, long from, long to) {
        if (from < 0 || to > size(root)) {
            throw new IndexOutOfBoundsException("There are no ranks " + from + " to " + to + ".");
        }
        if (!walks.isEmpty()) {
            beforeRemoval(root, from, to);
        }
        account.open(root);
        if (to - from == size(root)) {
            freeAll(root);
        } else {
            pruning.removeRange(root, from, to);
        }
    }

    /**
     * Adds a member behind all others, quickly; {@link #endAppend} ends a row of these. Nothing
     * else may be done to any set before that, and when either of them throws the set is good for
     * nothing but to be freed.
     *
     * @param member lies behind all that are there
     */
    public void append(long root, double score, long member, int length) {
        account.open(root);
        boolean done = false;
        try {
            bulk.add(root, score, member, length);
            done = true;
        } finally {
            if (!done) {
                bulk.drop();
            }
        }
    }

    /** Makes what was appended part of the set. */
    public void endAppend(long root) {
        account.open(root);
        bulk.flush(root);
    }

    /** Makes an empty set the copy of another one. When this throws, it is empty again. */
    public void copy(long source, long target) {
        boolean done = false;
        try {
            boolean more = size(source) > 0;
            if (more) {
                cursor.seek(source, 0);
            }
            while (more) {
                append(target, cursor.score(), cursor.member(), cursor.length());
                more = cursor.next();
            }
            endAppend(target);
            done = true;
        } finally {
            if (!done) {
                free(target);
            }
        }
    }

    /**
     * Visits some members in an order that does not depend on scores. Members that are there during
     * a whole round are visited at least once, whatever else is done to the set meanwhile.
     *
     * @param position 0 to begin, then what the last call returned
     * @return where to go on; 0 when everything has been visited
     */
    public long scan(long root, long position, MemberVisitor visitor) {
        long block = IndexWord.address(MemberIndex.slotWord(root, position));
        if (block != 0) {
            scanBlock(root, block, (int) (position >>> 32), visitor);
        }
        return scanEnd(root, position);
    }

    /** How many members {@link #scan} visits from a position, or a few more. */
    public static int scanCount(long root, long position) {
        long block = IndexWord.address(MemberIndex.slotWord(root, position));
        return block == 0 ? 0 : IndexBlock.count(block);
    }

    /** What {@link #scan} returns. */
    public static long scanEnd(long root, long position) {
        int bits = MemberIndex.sharedBits(root, position);
        // The first hash behind those of the block; one that does not fit wraps to 0.
        return bits == 0 ? 0 : (IndexWord.leading(position, bits) + 1) << (64 - bits);
    }

    private void scanBlock(long root, long block, int least, MemberVisitor visitor) {
        int count = IndexBlock.count(block);
        for (int i = 0; i < count; i++) {
            long pair = IndexBlock.pair(block, i);
            // Blocks may have been joined since, and then what comes before was seen.
            if (Integer.compareUnsigned(IndexBlock.hashTop(pair), least) >= 0) {
                long where = LeafTable.leaf(root, IndexBlock.leaf(pair));
                scanLeaf(where, IndexBlock.hashTop(pair), IndexBlock.tag(block, i), visitor);
            }
        }
    }

    private void scanLeaf(long where, int hashTop, int tag, MemberVisitor visitor) {
        int count = Page.count(where);
        for (int i = 0; i < count; i++) {
            if (Leaf.tag(where, i) == tag) {
                long member = Leaf.member(where, i);
                int length = Leaf.memberLength(where, i);
                if ((int) (index.hash(member, length) >>> 32) == hashTop) {
                    visitor.visit(member, length, Leaf.score(where, i));
                }
            }
        }
    }

    /** How many steps {@link #freeSome} takes for a set, roughly. */
    public static long freeEffort(long root) {
        return 1 + size(root) / MEMBERS_PER_STEP;
    }

    /**
     * Gives all blocks back, also those of members that were being appended; the set is empty then.
     */
    public void free(long root) {
        account.open(root);
        bulk.drop();
        freeAll(root);
    }

    private void freeAll(long root) {
        boolean done;
        do {
            done = freeSome(root, Long.MAX_VALUE);
        } while (!done);
    }

    /**
     * Gives some blocks of a set back that is not used any more.
     *
     * @param steps how many steps to take, roughly
     * @return whether all are gone; the set is an empty one then
     */
    public boolean freeSome(long root, long steps) {
        account.open(root);
        long done = 0;
        if (Root.deepest(root) != PHASE_INDEX) {
            done = pruning.release(root, steps);
            if (Root.top(root) != 0) {
                return false;
            }
            Root.size(root, Root.directory(root) == 0 ? 0 : 1L << Root.depth(root));
            Root.deepest(root, PHASE_INDEX);
        }
        index.release(root, steps - done);
        if (Root.size(root) > 0) {
            return false;
        }
        table.free(root);
        assert Root.held(root) == 0 : "Blocks are left of a set that was freed.";
        init(root);
        return true;
    }
}
