// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;

/** The end of many command lines: {@code FIELDS}, a number, and so many fields. Any thread. */
final class FieldList {
    private static final CommandException WRONG_NUMBER =
            CommandException.of(
                    "numfields should be greater than 0 and match the provided number of fields");

    private FieldList() {}

    /**
     * The position of the first field.
     *
     * @param at position of the number
     * @throws CommandException when the number is not that of the arguments behind it
     */
    static int first(Args args, int at) throws CommandException {
        return first(args, at, 1, WRONG_NUMBER);
    }

    /** As {@link #first(Args, int)}, with another error for a wrong number. */
    static int first(Args args, int at, int each, CommandException wrong) throws CommandException {
        long number = args.longAt(at);
        int given = args.count() - at - 1;
        if (number <= 0 || number > Integer.MAX_VALUE || number * each != given) {
            throw wrong;
        }
        return at + 1;
    }

    /**
     * The position of the word {@code FIELDS}, or the number of arguments when it is missing.
     *
     * @param from where it may stand first
     */
    static int find(Args args, int from) {
        int last = args.count() - 1;
        for (int i = from; i < last; i++) {
            if (args.is(i, "FIELDS")) {
                return i;
            }
        }
        return args.count();
    }

    /** The error for a number that is not that of the fields. */
    static CommandException wrongNumber() {
        return WRONG_NUMBER;
    }
}
