// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.element.ScratchCell;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;

/**
 * A sorted set that is being put together, between {@link #begin} and {@link #close}. Owner thread
 * only; one object serves a command.
 */
public final class SortedSetResult {
    private final SortedSetType type;
    private final SortedSets sets;
    private final ScratchCell cell;

    /**
     * Makes a result without a set.
     *
     * @param type what {@code SortedSetCommands} has declared
     * @param memory where the set is kept until a key has it
     */
    public SortedSetResult(SortedSetType type, CoreMemory memory) {
        this.type = type;
        this.sets = type.sets();
        this.cell = new ScratchCell(memory);
    }

    /**
     * Begins with an empty set, to be closed in any case.
     *
     * @param expected how many members are about to be added, at least
     */
    public void begin(long expected) {
        boolean large = sets.beginsLarge(expected, 0);
        cell.begin(SortedSets.emptyBytes(large));
        SortedSets.create(cell, large);
    }

    /** The set as the others see it, until it changes. */
    Bytes value() {
        return cell;
    }

    /** Number of members. */
    public long size() {
        return SortedSets.size(cell);
    }

    /**
     * Adds a member, or gives it another score.
     *
     * @param member address of the first byte
     * @param length number of bytes
     * @param score not NaN
     */
    public void put(long member, int length, double score) {
        if (!sets.find(cell, member, length)) {
            sets.add(cell, score);
        } else if (sets.score(cell) != score) {
            sets.update(cell, score);
        }
    }

    /** Begins with an empty set in the large form, which keeps every score exactly. */
    void beginLarge() {
        cell.begin(SortedSets.emptyBytes(true));
        SortedSets.create(cell, true);
    }

    /** Whether a member is there; then {@link #update} and {@link #remove} are about it. */
    boolean find(long member, int length) {
        return sets.find(cell, member, length);
    }

    /** The score of the member that was found. */
    double score() {
        return sets.score(cell);
    }

    /** Gives the member that was found another score; 0 and -0 are two. */
    void update(double score) {
        long bits = Double.doubleToRawLongBits(score);
        if (bits != Double.doubleToRawLongBits(sets.score(cell))) {
            sets.update(cell, score);
        }
    }

    /** Adds the member that was not found. */
    void add(double score) {
        sets.add(cell, score);
    }

    /** Removes the member that was found. */
    void remove() {
        sets.remove(cell);
    }

    /**
     * Adds a member that comes behind all others; {@link #endAppend} ends a row of these, in which
     * nothing else is done.
     */
    void append(double score, long member, int length) {
        if (SortedSets.isLarge(cell)) {
            sets.append(cell, score, member, length);
        } else {
            put(member, length, score);
        }
    }

    /** Ends a row of {@link #append}. */
    void endAppend() {
        if (SortedSets.isLarge(cell)) {
            sets.endAppend(cell);
        }
    }

    /**
     * Makes the key at an argument hold the set, with the event and the effect that belong to it,
     * or removes it when the set has no members.
     *
     * @param index position of the key among the arguments
     * @param event what happened when there are members
     * @return number of members
     */
    public long store(CommandContext context, int index, String event) {
        Key target = context.write(index);
        long size = size();
        if (size > 0) {
            sets.reduce(cell);
            cell.moveTo(target, type);
            target.notify(NotifyClass.SORTED_SET, event);
            context.replication().verbatim();
        } else if (target.remove(true)) {
            target.notify(NotifyClass.GENERIC, "del");
            context.replication().verbatim();
        }
        return size;
    }

    /** Frees the set, unless a key has it. */
    public void close() {
        if (cell.isOpen()) {
            sets.free(cell);
            cell.end();
        }
    }
}
