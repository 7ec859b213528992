// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core;

import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;

/** The argument that says how long a command waits, in seconds with a fraction. Any thread. */
public final class BlockTimeout {
    private static final CommandException NOT_A_FLOAT =
            CommandException.of("timeout is not a float or out of range");
    private static final CommandException NEGATIVE = CommandException.of("timeout is negative");
    private static final CommandException OUT_OF_RANGE =
            CommandException.of("timeout is out of range");

    private static final double MILLIS_PER_SECOND = 1000;

    private BlockTimeout() {}

    /**
     * When the wait ends.
     *
     * @param index position of the argument
     * @return milliseconds since the Unix epoch; 0 for never
     * @throws CommandException when the argument is no such time
     */
    public static long untilMillis(CommandContext context, int index) throws CommandException {
        double millis = seconds(context, index) * MILLIS_PER_SECOND;
        // The bound is no long itself: as a double it is rounded up to the next number beyond.
        if (millis >= Long.MAX_VALUE) {
            throw OUT_OF_RANGE;
        }
        long timeoutMillis = (long) Math.ceil(millis);
        if (timeoutMillis < 0) {
            throw NEGATIVE;
        }
        if (timeoutMillis > Long.MAX_VALUE - context.nowMillis()) {
            throw OUT_OF_RANGE;
        }
        return timeoutMillis == 0 ? 0 : timeoutMillis + context.nowMillis();
    }

    private static double seconds(CommandContext context, int index) throws CommandException {
        try {
            return context.args().doubleAt(index);
        } catch (CommandException e) {
            throw NOT_A_FLOAT;
        }
    }
}
