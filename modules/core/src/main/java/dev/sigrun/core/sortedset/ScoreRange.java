// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.number.DoubleParser;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;

/** Owner thread only. A range of scores as commands name it; a flyweight. */
final class ScoreRange {
    private static final CommandException NOT_A_FLOAT =
            CommandException.of("min or max is not a float");

    private final DoubleParser parser = new DoubleParser();
    private double min;
    private double max;
    private boolean withoutMin;
    private boolean withoutMax;

    /** Reads the ends of a range; each may begin with a parenthesis, and then is not part of it. */
    ScoreRange parse(Bytes minArgument, Bytes maxArgument) throws CommandException {
        withoutMin = isOpen(minArgument);
        min = score(minArgument, withoutMin);
        withoutMax = isOpen(maxArgument);
        max = score(maxArgument, withoutMax);
        return this;
    }

    private static boolean isOpen(Bytes argument) {
        return !argument.isEmpty() && argument.byteAt(0) == '(';
    }

    /**
     * Valkey stops where the number ends, and is content when a zero byte or nothing follows; so
     * nothing at all counts as 0, and what is too large as infinite.
     */
    private double score(Bytes argument, boolean open) throws CommandException {
        int from = open ? 1 : 0;
        int length = argument.length() - from;
        long address = argument.address() + from;
        parser.parsePrefix(address, length);
        boolean ends = parser.end() == length || Memory.getByte(address + parser.end()) == 0;
        if (!ends || Double.isNaN(parser.value())) {
            throw NOT_A_FLOAT;
        }
        return parser.value();
    }

    /** The rank of the first member in the range, if there is one. */
    long from(SortedSets sets, Bytes cell) {
        return sets.rank(cell, min, withoutMin);
    }

    /** The rank behind the last member in the range; not above {@link #from} when there is none. */
    long to(SortedSets sets, Bytes cell) {
        return sets.rank(cell, max, !withoutMax);
    }
}
