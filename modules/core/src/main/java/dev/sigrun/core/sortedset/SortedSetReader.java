// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.type.Cell;

/**
 * Reads the sorted sets of keys, for packages whose commands work on them; a flyweight, to be kept.
 * A set must not change between {@link #open} and the last call. Owner thread only.
 */
public final class SortedSetReader {
    private final SortedSetType type;
    private final SortedSets sets;
    private final SortedSetWalk walk = new SortedSetWalk();
    private Cell cell;

    /**
     * Makes a reader of no set.
     *
     * @param type what {@code SortedSetCommands} has declared
     */
    public SortedSetReader(SortedSetType type) {
        this.type = type;
        this.sets = type.sets();
    }

    /**
     * Looks at the set of a key, which may be absent.
     *
     * @throws CommandException {@link CommandException#WRONG_TYPE}
     */
    public void open(Key key) throws CommandException {
        cell = key.value(type);
    }

    /** Whether the key holds a set. */
    public boolean isPresent() {
        return cell != null;
    }

    /** Number of members; 0 when absent. */
    public long size() {
        return cell == null ? 0 : SortedSets.size(cell);
    }

    /** Looks a member up; says whether it is there. */
    public boolean find(Bytes member) {
        return cell != null && sets.find(cell, member.address(), member.length());
    }

    /** The score of the member that was found. */
    public double score() {
        return sets.score(cell);
    }

    /**
     * Begins a walk with the first member whose score is not below a bound; false when there is
     * none.
     *
     * @param behind whether members with this very score are left out
     */
    public boolean seek(double score, boolean behind) {
        long rank = cell == null ? 0 : sets.rank(cell, score, behind);
        if (rank == size()) {
            return false;
        }
        walk.seek(cell, rank);
        return true;
    }

    /**
     * Begins a walk with the member of a rank.
     *
     * @param rank from 0 on, below the number of members
     */
    public void seekRank(long rank) {
        walk.seek(cell, rank);
    }

    /** Goes to the member before; false when this was the first one. */
    public boolean previous() {
        return walk.previous();
    }

    /** Goes to the next member of the walk; false when this was the last one. */
    public boolean next() {
        return walk.next();
    }

    /** The score of the member at which the walk is. */
    public double walkScore() {
        return walk.score();
    }

    /** Address of the first byte of the member at which the walk is. */
    public long member() {
        return walk.member();
    }

    /** Number of its bytes. */
    public int length() {
        return walk.length();
    }
}
