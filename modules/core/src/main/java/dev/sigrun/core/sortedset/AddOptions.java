// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.memory.number.DoubleParser;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;

/**
 * The options of ZADD, and the scores that come with the members. Owner thread only; one object
 * serves a command, so that nothing is allocated for the usual numbers of members.
 */
final class AddOptions {
    private static final int FIRST = 2;

    /** An array beyond this length is given up after the command. */
    private static final int KEPT_MAX = 1024;

    private static final CommandException NX_WITH_XX =
            CommandException.of("XX and NX options at the same time are not compatible");
    private static final CommandException NX_WITH_ORDER =
            CommandException.of("GT, LT, and/or NX options at the same time are not compatible");
    private static final CommandException ONE_PAIR =
            CommandException.of("INCR option supports a single increment-element pair");

    private final boolean always;
    private final DoubleParser parser = new DoubleParser();
    private double[] scores = new double[16];
    private int firstPair;
    private int pairs;
    private int lengthMax;
    private boolean onlyNew;
    private boolean onlyOld;
    private boolean onlyGreater;
    private boolean onlyLess;
    private boolean increment;
    private boolean countsChanges;

    /**
     * Makes the options of one command.
     *
     * @param increments whether it increments in any case
     */
    AddOptions(boolean increments) {
        this.always = increments;
    }

    void parse(Args args) throws CommandException {
        firstPair = FIRST;
        onlyNew = false;
        onlyOld = false;
        onlyGreater = false;
        onlyLess = false;
        increment = always;
        countsChanges = false;
        while (firstPair < args.count() && takeOption(args, firstPair)) {
            firstPair++;
        }
        int left = args.count() - firstPair;
        if (left % 2 != 0 || left == 0) {
            throw CommandException.SYNTAX;
        }
        pairs = left / 2;
        check();
        parseScores(args);
    }

    private boolean takeOption(Args args, int index) {
        if (args.is(index, "NX")) {
            onlyNew = true;
        } else if (args.is(index, "XX")) {
            onlyOld = true;
        } else if (args.is(index, "CH")) {
            countsChanges = true;
        } else if (args.is(index, "INCR")) {
            increment = true;
        } else if (args.is(index, "GT")) {
            onlyGreater = true;
        } else if (args.is(index, "LT")) {
            onlyLess = true;
        } else {
            return false;
        }
        return true;
    }

    private void check() throws CommandException {
        if (onlyNew && onlyOld) {
            throw NX_WITH_XX;
        }
        if ((onlyGreater && onlyNew) || (onlyLess && onlyNew) || (onlyGreater && onlyLess)) {
            throw NX_WITH_ORDER;
        }
        if (increment && pairs > 1) {
            throw ONE_PAIR;
        }
    }

    private void parseScores(Args args) throws CommandException {
        if (pairs > scores.length || scores.length > KEPT_MAX) {
            scores = new double[Math.max(pairs, 16)];
        }
        lengthMax = 0;
        for (int i = 0; i < pairs; i++) {
            Bytes text = args.bytes(firstPair + 2 * i);
            if (!parser.parse(text.address(), text.length())) {
                throw CommandException.NOT_A_FLOAT;
            }
            scores[i] = parser.value();
            lengthMax = Math.max(lengthMax, args.bytes(memberIndex(i)).length());
        }
    }

    int pairs() {
        return pairs;
    }

    /** Length of the longest member. */
    int lengthMax() {
        return lengthMax;
    }

    double score(int pair) {
        return scores[pair];
    }

    /** Position of a pair's member among the arguments. */
    int memberIndex(int pair) {
        return firstPair + 2 * pair + 1;
    }

    /** Whether scores are added to those that members have. */
    boolean increments() {
        return increment;
    }

    /** Whether members with a new score count in the answer. */
    boolean countsChanges() {
        return countsChanges;
    }

    boolean takesNew() {
        return !onlyOld;
    }

    /** Whether a member that is there may get another score. */
    boolean takesOld() {
        return !onlyNew;
    }

    boolean takes(double old, double score) {
        return !(onlyLess && score >= old) && !(onlyGreater && score <= old);
    }
}
