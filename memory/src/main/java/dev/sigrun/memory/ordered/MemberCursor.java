// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

/**
 * Owner thread only. Walks the members of a set in order, both ways. A flyweight: one object serves
 * any number of sets one after another and allocates nothing. A change of the set ends a walk.
 */
public final class MemberCursor {
    private final TreePath path = new TreePath();
    private long leaf;
    private int index;
    private int count;

    /** Makes a cursor that is on no member. */
    public MemberCursor() {}

    /**
     * Goes to the member with a rank.
     *
     * @param root the set
     * @param rank from 0 on, below the number of members
     */
    public void seek(long root, long rank) {
        if (rank < 0 || rank >= Root.size(root)) {
            throw new IndexOutOfBoundsException("There is no member of rank " + rank + ".");
        }
        path.seek(root, rank);
        index = path.leafIndex();
        enter();
    }

    private void enter() {
        leaf = path.leaf();
        count = Page.count(leaf);
    }

    /** Goes to the next member; false when this was the last one. */
    public boolean next() {
        if (index + 1 < count) {
            index++;
            return true;
        }
        if (!path.toLeaf(1)) {
            return false;
        }
        enter();
        index = 0;
        return true;
    }

    /** Goes to the member before; false when this was the first one. */
    public boolean previous() {
        if (index > 0) {
            index--;
            return true;
        }
        if (!path.toLeaf(-1)) {
            return false;
        }
        enter();
        index = count - 1;
        return true;
    }

    /** The member's score. */
    public double score() {
        return Leaf.score(leaf, index);
    }

    /** Address of the member's first byte. */
    public long member() {
        return Leaf.member(leaf, index);
    }

    /** Number of the member's bytes. */
    public int length() {
        return Leaf.memberLength(leaf, index);
    }
}
