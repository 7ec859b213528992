// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.memory.ordered.MemberCursor;
import dev.sigrun.memory.ordered.SortedMembers;
import dev.sigrun.spi.Bytes;

/**
 * Walks the members of one sorted set after another, in order, both ways; a flyweight, to be kept.
 * A set must not change while it is walked. Owner thread only.
 */
final class SortedSetWalk {
    private final MemberCursor cursor = new MemberCursor();
    private boolean large;

    /** A small set, how many bytes of it there are, and where in it the walk is. */
    private long set;

    private int end;
    private int offset;

    /** Where the members before are, as far as the walk has to know them to go back. */
    private int[] offsets = new int[0];

    private int rank;
    private boolean offsetsKnown;

    SortedSetWalk() {}

    /** Goes to the first member; false when there is none. */
    boolean first(Bytes cell) {
        return first(cell.address(), cell.length());
    }

    /** Goes to the first member of the set whose value is at an address. */
    boolean first(long cell, int length) {
        if (SortedSets.size(cell) == 0) {
            return false;
        }
        seek(cell, length, 0);
        return true;
    }

    /** Goes to the first member of a large set, given by its root. */
    boolean firstOf(long root) {
        if (SortedMembers.size(root) == 0) {
            return false;
        }
        large = true;
        cursor.seek(root, 0);
        return true;
    }

    /** Goes to the member with a rank, which there must be. */
    void seek(Bytes cell, long toRank) {
        seek(cell.address(), cell.length(), toRank);
    }

    private void seek(long cell, int length, long toRank) {
        large = SortedSets.isLarge(cell);
        set = cell + SortedSets.FORM_BYTES;
        if (large) {
            cursor.seek(set, toRank);
            return;
        }
        end = length - SortedSets.FORM_BYTES;
        rank = (int) toRank;
        offset = SmallSet.seek(set, rank);
        offsetsKnown = false;
    }

    /** Goes to the next member; false when this was the last one. */
    boolean next() {
        if (large) {
            return cursor.next();
        }
        offset = SmallSet.next(set, offset);
        rank++;
        return offset < end;
    }

    /** Goes to the member before; false when this was the first one. */
    boolean previous() {
        if (large) {
            return cursor.previous();
        }
        if (rank == 0) {
            return false;
        }
        if (!offsetsKnown) {
            noteOffsets();
        }
        rank--;
        offset = offsets[rank];
        return true;
    }

    /** Entries do not say where the one before begins, so all before this one are noted once. */
    private void noteOffsets() {
        if (offsets.length < rank) {
            offsets = new int[Math.max(rank, 128)];
        }
        int at = SmallSet.HEADER_BYTES;
        for (int i = 0; i < rank; i++) {
            offsets[i] = at;
            at = SmallSet.next(set, at);
        }
        offsetsKnown = true;
    }

    /** Goes on in one direction. */
    boolean step(boolean backwards) {
        return backwards ? previous() : next();
    }

    double score() {
        return large ? cursor.score() : SmallSet.score(set + offset);
    }

    /** Address of the member's first byte. */
    long member() {
        return large ? cursor.member() : SmallSet.member(set + offset);
    }

    /** Number of the member's bytes. */
    int length() {
        return large ? cursor.length() : SmallSet.memberLength(set + offset);
    }
}
