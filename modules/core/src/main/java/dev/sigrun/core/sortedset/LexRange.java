// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.core.View;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;

/**
 * Owner thread only. A range of members by their bytes, as commands name it; a flyweight. It is
 * meant for sets of members with equal scores, where the order is that of the bytes. In other sets
 * what it takes is unspecified: in a small one it is what Valkey takes, in a large one the range
 * among the members with the lowest score.
 */
final class LexRange {
    private static final CommandException NOT_VALID =
            CommandException.of("min or max not valid string range item");

    /** One end of the range. */
    private static final class Edge {
        private static final int LEAST = -1;
        private static final int AT_TEXT = 0;
        private static final int GREATEST = 1;

        private final View text = new View();
        private int kind;
        private boolean open;

        void parse(Bytes argument) throws CommandException {
            int first = argument.isEmpty() ? 0 : argument.byteAt(0);
            // A zero byte ends a text for Valkey here, so that something may follow the sign.
            boolean alone =
                    argument.length() == 1 || (argument.length() > 1 && argument.byteAt(1) == 0);
            if (first == '+' && alone) {
                kind = GREATEST;
                open = true;
            } else if (first == '-' && alone) {
                kind = LEAST;
                open = true;
            } else if (first == '(' || first == '[') {
                kind = AT_TEXT;
                open = first == '(';
                text.over(argument.address() + 1, argument.length() - 1);
            } else {
                throw NOT_VALID;
            }
        }

        /** How a member is ordered against the end. */
        int compare(long member, int length) {
            return kind == AT_TEXT
                    ? Memory.compare(member, length, text.address(), text.length())
                    : -kind;
        }
    }

    private final Edge min = new Edge();
    private final Edge max = new Edge();
    private final SortedSetWalk walk = new SortedSetWalk();
    private long from;
    private long to;

    /** Reads the ends of a range. */
    LexRange parse(Bytes minArgument, Bytes maxArgument) throws CommandException {
        min.parse(minArgument);
        max.parse(maxArgument);
        return this;
    }

    /** The rank of the first member in the range that was located. */
    long from() {
        return from;
    }

    /** The rank behind the last member in the range; not above {@link #from} when there is none. */
    long to() {
        return to;
    }

    /**
     * Locates the range in a set.
     *
     * @param backwards whether it is to be walked from its end, which matters only where scores
     *     differ
     */
    void locate(SortedSets sets, Bytes cell, boolean backwards) {
        from = 0;
        to = 0;
        if (!walk.first(cell) || isNothing()) {
            return;
        }
        if (SortedSets.isLarge(cell)) {
            double score = walk.score();
            from = edgeRank(sets, cell, score, min, min.open);
            to = edgeRank(sets, cell, score, max, !max.open);
        } else {
            locateInSmall(SortedSets.size(cell), cell, backwards);
        }
    }

    /** Whether the ends leave room for no member whatsoever. */
    private boolean isNothing() {
        if (min.kind != Edge.AT_TEXT || max.kind != Edge.AT_TEXT) {
            return min.kind > max.kind || (min.kind == max.kind && min.kind != Edge.AT_TEXT);
        }
        int order = min.compare(max.text.address(), max.text.length());
        return order < 0 || (order == 0 && (min.open || max.open));
    }

    private static long edgeRank(
            SortedSets sets, Bytes cell, double score, Edge edge, boolean behind) {
        return switch (edge.kind) {
            case Edge.LEAST -> 0;
            case Edge.GREATEST -> SortedSets.size(cell);
            default -> sets.rank(cell, score, edge.text, behind);
        };
    }

    private boolean isAboveMin() {
        int order = min.compare(walk.member(), walk.length());
        return min.open ? order > 0 : order >= 0;
    }

    private boolean isBelowMax() {
        int order = max.compare(walk.member(), walk.length());
        return max.open ? order < 0 : order <= 0;
    }

    private void locateInSmall(long size, Bytes cell, boolean backwards) {
        boolean firstFits = isBelowMax();
        walk.seek(cell, size - 1);
        if (!firstFits || !isAboveMin()) {
            return;
        }
        if (backwards) {
            locateBackwards(size);
        } else {
            walk.seek(cell, 0);
            locateForwards();
        }
    }

    private void locateForwards() {
        long rank = 0;
        boolean more = true;
        while (more && !isAboveMin()) {
            more = walk.next();
            rank++;
        }
        from = rank;
        while (more && isBelowMax()) {
            more = walk.next();
            rank++;
        }
        to = rank;
    }

    private void locateBackwards(long size) {
        long rank = size;
        boolean more = true;
        while (more && !isBelowMax()) {
            more = walk.previous();
            rank--;
        }
        to = rank;
        while (more && isAboveMin()) {
            more = walk.previous();
            rank--;
        }
        from = rank;
    }
}
