// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.reply.ReplyWriter;
import dev.sigrun.spi.type.Cell;

/**
 * What the commands share: the sets of keys, what has to be said when they change, and a walk.
 * Owner thread only; allocates nothing on the heap.
 */
final class SortedSetKeys {
    final SortedSets sets;
    final SortedSetType type;
    final SortedSetWalk walk = new SortedSetWalk();

    SortedSetKeys(SortedSets sets, SortedSetType type) {
        this.sets = sets;
        this.type = type;
    }

    /** The set of a key, null when absent. */
    Cell find(Key key) throws CommandException {
        return key.value(type);
    }

    /** Looks up an argument in a set. */
    boolean find(Cell cell, Bytes member) {
        return sets.find(cell, member.address(), member.length());
    }

    /** Removes the members from one rank up to another, and the key when none are left. */
    void removeRange(Key key, Cell cell, long from, long to, String event) {
        long size = SortedSets.size(cell);
        // A set that goes as a whole goes with its key, and is freed step by step when it is large.
        if (to - from < size) {
            sets.removeRange(cell, from, to);
        }
        finishRemoval(key, size - (to - from), to - from, event);
    }

    /**
     * Says that members were removed, and removes the key when none are left.
     *
     * @param left number of members now, as far as others are to know
     * @param removed number of members that were removed
     */
    void finishRemoval(Key key, long left, long removed, String event) {
        key.notify(NotifyClass.SORTED_SET, event);
        if (left == 0) {
            key.remove(true);
            key.notify(NotifyClass.GENERIC, "del");
        } else {
            key.markModified();
        }
        key.countChanges(removed - 1);
    }

    /**
     * Begins an answer of members, where scores come between them in the older protocol and beside
     * them in the newer.
     */
    static void begin(ReplyWriter reply, long members, boolean withScores, boolean nested) {
        reply.array((int) (withScores && !nested ? 2 * members : members));
    }

    /** Answers the member at which a walk is. */
    static void reply(ReplyWriter reply, SortedSetWalk walk, boolean withScore, boolean nested) {
        if (withScore && nested) {
            reply.array(2);
        }
        reply.bulk(walk.member(), walk.length());
        if (withScore) {
            reply.dbl(walk.score());
        }
    }
}
