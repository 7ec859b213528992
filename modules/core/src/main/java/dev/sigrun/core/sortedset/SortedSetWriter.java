// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.type.Cell;

/**
 * Adds members to the sorted sets of keys, for packages whose commands work on them; a flyweight,
 * to be kept, from {@link #open} over {@link #begin} to {@link #end}. Owner thread only.
 *
 * <p>What is done to a member goes in two steps: {@link #find} looks it up, and {@link #score},
 * {@link #add} and {@link #update} are about the one that was looked up last.
 */
public final class SortedSetWriter {
    private final SortedSetType type;
    private final SortedSets sets;
    private Key key;
    private Cell cell;

    /**
     * Makes a writer to no set.
     *
     * @param type what {@code SortedSetCommands} has declared
     */
    public SortedSetWriter(SortedSetType type) {
        this.type = type;
        this.sets = type.sets();
    }

    /**
     * Looks at the set of a key, which may be absent.
     *
     * @throws CommandException {@link CommandException#WRONG_TYPE}
     */
    public void open(Key setKey) throws CommandException {
        key = setKey;
        cell = key.value(type);
    }

    /** Whether the key holds a set. */
    public boolean isPresent() {
        return cell != null;
    }

    /**
     * Makes the set ready for members, and makes it when it is absent; to be ended in any case.
     *
     * @param count how many members may be added
     * @param lengthMax length of the longest of them
     */
    public void begin(long count, int lengthMax) {
        if (cell != null) {
            sets.expect(cell, count, lengthMax);
            return;
        }
        boolean large = sets.beginsLarge(count, lengthMax);
        cell = key.newValue(type, SortedSets.emptyBytes(large));
        SortedSets.create(cell, large);
    }

    /** Looks a member up; says whether it is there. */
    public boolean find(Bytes member) {
        return sets.find(cell, member.address(), member.length());
    }

    /** The score of the member that was found. */
    public double score() {
        return sets.score(cell);
    }

    /** Adds the member that was not found. */
    public void add(double score) {
        sets.add(cell, score);
    }

    /** Gives the member that was found another score. */
    public void update(double score) {
        sets.update(cell, score);
    }

    /** Removes the key when its set has no members, as memory ran out before there was one. */
    public void end() {
        if (SortedSets.size(cell) == 0) {
            key.remove(false);
        }
    }
}
