// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.type.Cell;

/**
 * What ZRANGE and its kin ask for, and which ranks of a set that comes to. Owner thread only; one
 * object serves a command.
 */
final class RangeOptions {
    /** By what a range is meant. */
    enum Order {
        RANK,
        SCORE,
        TEXT
    }

    private static final CommandException LIMIT_BY_RANK =
            CommandException.of(
                    "syntax error, LIMIT is only supported in combination with either BYSCORE or"
                            + " BYLEX");
    private static final CommandException SCORES_BY_TEXT =
            CommandException.of("syntax error, WITHSCORES not supported in combination with BYLEX");
    private static final long NO_LIMIT = -1;

    private final Order fixedOrder;
    private final boolean fixedDirection;
    private final boolean startBackwards;
    private final boolean takesScores;
    private final RankRange ranks = new RankRange();
    private final ScoreRange scores = new ScoreRange();
    private final LexRange texts = new LexRange();
    private Order order;
    private boolean backwards;
    private boolean withScores;
    private long offset;
    private long limit;
    private long from;
    private long to;

    private RangeOptions(
            Order fixedOrder, boolean fixedDirection, boolean backwards, boolean takesScores) {
        this.fixedOrder = fixedOrder;
        this.fixedDirection = fixedDirection;
        this.startBackwards = backwards;
        this.takesScores = takesScores;
    }

    /** Those of a command where words say the order and the direction. */
    static RangeOptions free(boolean takesScores) {
        return new RangeOptions(null, false, false, takesScores);
    }

    /** Those of a command whose name says the order and the direction. */
    static RangeOptions fixed(Order order, boolean backwards) {
        return new RangeOptions(order, true, backwards, true);
    }

    /**
     * Reads the ends of the range and the options.
     *
     * @param first position of the first end
     */
    void parse(Args args, int first) throws CommandException {
        order = fixedOrder;
        backwards = startBackwards;
        withScores = false;
        offset = 0;
        limit = NO_LIMIT;
        for (int i = first + 2; i < args.count(); i++) {
            if (args.is(i, "LIMIT") && i + 2 < args.count()) {
                offset = args.longAt(i + 1);
                limit = args.longAt(i + 2);
                i += 2;
            } else {
                takeWord(args, i);
            }
        }
        order = order == null ? Order.RANK : order;
        if (limit != NO_LIMIT && order == Order.RANK) {
            throw LIMIT_BY_RANK;
        }
        if (withScores && order == Order.TEXT) {
            throw SCORES_BY_TEXT;
        }
        parseEnds(args, first);
    }

    private void takeWord(Args args, int index) throws CommandException {
        if (takesScores && args.is(index, "WITHSCORES")) {
            withScores = true;
        } else if (!fixedDirection && args.is(index, "REV") && !backwards) {
            backwards = true;
        } else if (order == null && args.is(index, "BYLEX")) {
            order = Order.TEXT;
        } else if (order == null && args.is(index, "BYSCORE")) {
            order = Order.SCORE;
        } else {
            throw CommandException.SYNTAX;
        }
    }

    private void parseEnds(Args args, int first) throws CommandException {
        int min = backwards ? first + 1 : first;
        int max = backwards ? first : first + 1;
        switch (order) {
            case RANK -> ranks.parse(args, first);
            case SCORE -> scores.parse(args.bytes(min), args.bytes(max));
            case TEXT -> texts.parse(args.bytes(min), args.bytes(max));
        }
    }

    boolean isByRank() {
        return order == Order.RANK;
    }

    boolean backwards() {
        return backwards;
    }

    boolean withScores() {
        return withScores;
    }

    /** The lowest rank in the range that was located. */
    long from() {
        return from;
    }

    /** How many members are in the range that was located. */
    long count() {
        return Math.max(0, to - from);
    }

    /** Locates the range in a set. */
    void locate(SortedSets sets, Cell cell) {
        switch (order) {
            case RANK -> locateRanks(SortedSets.size(cell));
            case SCORE -> {
                from = scores.from(sets, cell);
                to = scores.to(sets, cell);
                cut(SortedSets.isLarge(cell));
            }
            case TEXT -> {
                texts.locate(sets, cell, backwards);
                from = texts.from();
                to = texts.to();
                cut(SortedSets.isLarge(cell));
            }
        }
    }

    private void locateRanks(long size) {
        ranks.locate(size);
        from = backwards ? size - ranks.to() : ranks.from();
        to = backwards ? size - ranks.from() : ranks.to();
    }

    /** Applies the limit. A negative offset leaves nothing of a small set, as on Valkey. */
    private void cut(boolean large) {
        if (offset < 0) {
            cutNegative(large);
        } else if (offset >= to - from) {
            to = from;
        } else if (backwards) {
            to -= offset;
        } else {
            from += offset;
        }
        if (limit >= 0 && limit < to - from) {
            from = backwards ? to - limit : from;
            to = from + limit;
        }
    }

    /** In a large set, Valkey counts a negative offset from the other end of the range. */
    private void cutNegative(boolean large) {
        boolean inside = -(offset + 1) < to - from;
        if (!large || !inside) {
            to = from;
        } else if (backwards) {
            to = from - offset;
        } else {
            from = to + offset;
        }
    }
}
