// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;

/**
 * The options of GEOADD, and the scores of the places that come with the members. Owner thread
 * only; one object serves all commands, in an array that grows to the longest one seen.
 */
final class GeoaddOptions {
    private static final int FIRST = 2;

    /** An array beyond this is not kept for the next command. */
    private static final int KEPT_MAX = 1024;

    private final Place place = new Place();
    private long[] scores = new long[16];
    private int firstPlace;
    private int members;
    private int lengthMax;
    private boolean onlyNew;
    private boolean onlyOld;
    private boolean countsChanges;

    /**
     * Parses all arguments.
     *
     * @throws CommandException when they make no sense or a place is not on the map
     */
    void parse(Args args) throws CommandException {
        firstPlace = FIRST;
        onlyNew = false;
        onlyOld = false;
        countsChanges = false;
        while (firstPlace < args.count() && takeOption(args, firstPlace)) {
            firstPlace++;
        }
        int left = args.count() - firstPlace;
        if (left == 0 || left % 3 != 0 || (onlyNew && onlyOld)) {
            throw CommandException.SYNTAX;
        }
        members = left / 3;
        if (members > scores.length || scores.length > KEPT_MAX) {
            scores = new long[Math.max(members, 16)];
        }
        lengthMax = 0;
        for (int i = 0; i < members; i++) {
            place.parse(args, firstPlace + 3 * i);
            scores[i] = place.score();
            lengthMax = Math.max(lengthMax, args.bytes(memberIndex(i)).length());
        }
    }

    private boolean takeOption(Args args, int index) {
        if (args.is(index, "NX")) {
            onlyNew = true;
        } else if (args.is(index, "XX")) {
            onlyOld = true;
        } else if (args.is(index, "CH")) {
            countsChanges = true;
        } else {
            return false;
        }
        return true;
    }

    /** Position behind the last option. */
    int optionsEnd() {
        return firstPlace;
    }

    /** Number of members. */
    int members() {
        return members;
    }

    /** Length of the longest member. */
    int lengthMax() {
        return lengthMax;
    }

    /** The score that stands for a member's place. */
    long score(int member) {
        return scores[member];
    }

    /** Position of a member among the arguments. */
    int memberIndex(int member) {
        return firstPlace + 3 * member + 2;
    }

    /** Whether members with a new place count in the answer. */
    boolean countsChanges() {
        return countsChanges;
    }

    /** Whether new members are added. */
    boolean takesNew() {
        return !onlyOld;
    }

    /** Whether a member that is there gets the place. */
    boolean takesOld() {
        return !onlyNew;
    }
}
