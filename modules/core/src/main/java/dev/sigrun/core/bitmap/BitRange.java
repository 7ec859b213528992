// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.bitmap;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;

/**
 * The part of a string that BITCOUNT and BITPOS look at: {@code [start [end [BYTE | BIT]]]}. It is
 * parsed before the string is known and resolved against its length. Owner thread only; one object
 * serves all commands.
 */
final class BitRange {
    private long start;
    private long end;
    private boolean endGiven;
    private boolean inBits;

    /**
     * Parses the arguments from a position on.
     *
     * @throws CommandException when they are something else
     */
    void parse(Args args, int first) throws CommandException {
        int given = args.count() - first;
        if (given > 3) {
            throw CommandException.SYNTAX;
        }
        start = given > 0 ? args.longAt(first) : 0;
        inBits = given == 3 && parseUnit(args, first + 2);
        endGiven = given > 1;
        end = endGiven ? args.longAt(first + 1) : -1;
    }

    private static boolean parseUnit(Args args, int index) throws CommandException {
        boolean bits = args.is(index, "BIT");
        if (!bits && !args.is(index, "BYTE")) {
            throw CommandException.SYNTAX;
        }
        return bits;
    }

    /** Whether an end was given. */
    boolean isEndGiven() {
        return endGiven;
    }

    /** Whether both ends count from the string's end and stand in the wrong order. */
    boolean isBackwards() {
        return endGiven && start < 0 && end < 0 && start > end;
    }

    /** Position of the first bit in a string of that many bytes. */
    long firstBit(int length) {
        return inBits ? fromStart(start, 8L * length) : 8 * fromStart(start, length);
    }

    /** Position of the last bit in a string of that many bytes; before the first when empty. */
    long lastBit(int length) {
        if (inBits) {
            return Math.min(fromStart(end, 8L * length), 8L * length - 1);
        }
        return 8 * Math.min(fromStart(end, length), length - 1L) + 7;
    }

    /** Counts a negative index from the end; what lies before the start is the start. */
    private static long fromStart(long index, long length) {
        return Math.min(Math.max(index < 0 ? index + length : index, 0), length);
    }
}
