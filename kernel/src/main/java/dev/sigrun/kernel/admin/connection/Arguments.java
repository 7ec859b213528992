// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;

/** Arguments of kinds that several commands take. Any thread. */
final class Arguments {
    private static final CommandException TIMEOUT_NOT_AN_INTEGER =
            CommandException.of("timeout is not an integer or out of range");
    private static final CommandException TIMEOUT_NEGATIVE =
            CommandException.of("timeout is negative");
    private static final CommandException TIMEOUT_TOO_LARGE =
            CommandException.of("timeout is out of range");

    private Arguments() {}

    /**
     * An argument with a number of milliseconds, as the moment when they are over.
     *
     * @return Unix milliseconds; 0 when the argument is 0
     */
    static long deadlineMillis(Args args, int index, long nowMillis) throws CommandException {
        long span = args.longAt(index, Long.MIN_VALUE, Long.MAX_VALUE, TIMEOUT_NOT_AN_INTEGER);
        if (span < 0) {
            throw TIMEOUT_NEGATIVE;
        }
        if (span > Long.MAX_VALUE - nowMillis) {
            throw TIMEOUT_TOO_LARGE;
        }
        return span == 0 ? 0 : nowMillis + span;
    }

    /** An argument that is {@code ON} or {@code OFF}. */
    static boolean isOn(Args args, int index) throws CommandException {
        if (args.is(index, "on")) {
            return true;
        }
        if (args.is(index, "off")) {
            return false;
        }
        throw CommandException.SYNTAX;
    }

    /** An error whose text the client's own words are part of. */
    static CommandException error(String before, String given, String after) {
        return CommandException.of(before.concat(given).concat(after));
    }
}
