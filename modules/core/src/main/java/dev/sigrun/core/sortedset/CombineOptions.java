// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.memory.number.DoubleParser;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;

/**
 * The number of keys and the options of ZUNION, ZINTER, ZDIFF, their storing variants and
 * ZINTERCARD. Owner thread only; one object serves a command.
 */
final class CombineOptions {
    /** How the scores of a member in several sets become one. */
    private enum Aggregate {
        SUM,
        MIN,
        MAX
    }

    /** What a command answers. */
    enum Answer {
        MEMBERS,
        COUNT,
        /** The result is stored under the first key. */
        STORED
    }

    private static final CommandException WEIGHT =
            CommandException.of("weight value is not a float");
    private static final CommandException LIMIT = CommandException.of("LIMIT can't be negative");

    private final boolean weighted;
    private final Answer answer;
    private final int numkeysIndex;
    private final CommandException noKeys;
    private final DoubleParser parser = new DoubleParser();
    private Aggregate aggregate;
    private boolean withScores;
    private long limit;

    CombineOptions(String command, Operation operation, Answer answer) {
        this.weighted = operation != Operation.DIFF && answer != Answer.COUNT;
        this.answer = answer;
        this.numkeysIndex = answer == Answer.STORED ? 2 : 1;
        this.noKeys =
                CommandException.of("at least 1 input key is needed for '" + command + "' command");
    }

    /** Position of the first key. */
    int firstKey() {
        return numkeysIndex + 1;
    }

    /** Reads the number of keys. */
    int parseNumkeys(Args args) throws CommandException {
        long numkeys = args.longAt(numkeysIndex);
        if (numkeys < 1) {
            throw noKeys;
        }
        if (numkeys > args.count() - firstKey()) {
            throw CommandException.SYNTAX;
        }
        return (int) numkeys;
    }

    /** Reads what comes behind the keys. */
    void parse(Args args, int numkeys, double[] weights) throws CommandException {
        aggregate = Aggregate.SUM;
        withScores = false;
        limit = 0;
        int at = firstKey() + numkeys;
        while (at < args.count()) {
            int left = args.count() - at;
            if (weighted && left > numkeys && args.is(at, "WEIGHTS")) {
                parseWeights(args, at + 1, numkeys, weights);
                at += 1 + numkeys;
            } else if (weighted && left >= 2 && args.is(at, "AGGREGATE")) {
                aggregate = aggregate(args, at + 1);
                at += 2;
            } else if (answer == Answer.MEMBERS && args.is(at, "WITHSCORES")) {
                withScores = true;
                at++;
            } else if (answer == Answer.COUNT && left >= 2 && args.is(at, "LIMIT")) {
                limit = args.longAt(at + 1, 0, Long.MAX_VALUE, LIMIT);
                at += 2;
            } else {
                throw CommandException.SYNTAX;
            }
        }
    }

    private void parseWeights(Args args, int first, int numkeys, double[] weights)
            throws CommandException {
        for (int i = 0; i < numkeys; i++) {
            Bytes text = args.bytes(first + i);
            if (!parser.parse(text.address(), text.length())) {
                throw WEIGHT;
            }
            weights[i] = parser.value();
        }
    }

    private static Aggregate aggregate(Args args, int index) throws CommandException {
        for (Aggregate candidate : Aggregate.values()) {
            if (args.is(index, candidate.name())) {
                return candidate;
            }
        }
        throw CommandException.SYNTAX;
    }

    boolean withScores() {
        return withScores;
    }

    /** How many members to count at most; 0 for all. */
    long limit() {
        return limit;
    }

    /** A score times a weight; what is no number counts as 0. */
    static double weigh(double weight, double score) {
        double product = weight * score;
        return Double.isNaN(product) ? 0 : product;
    }

    /** What becomes of two scores of a member. */
    double aggregate(double score, double other) {
        return switch (aggregate) {
            case SUM -> {
                double sum = score + other;
                yield Double.isNaN(sum) ? 0 : sum;
            }
            case MIN -> other < score ? other : score;
            case MAX -> other > score ? other : score;
        };
    }
}
