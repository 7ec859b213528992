// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import java.util.Locale;

/** How a command line says when a field ends. Any thread. */
final class ExpiryTime {
    private static final long MILLIS_PER_SECOND = 1000;

    private final boolean relative;
    private final boolean seconds;
    private final CommandException invalid;

    /**
     * Makes a reader.
     *
     * @param command name of the command, for the error
     * @param relative whether the number counts from now
     * @param seconds whether it counts seconds
     */
    ExpiryTime(String command, boolean relative, boolean seconds) {
        this.relative = relative;
        this.seconds = seconds;
        this.invalid =
                CommandException.of(
                        "invalid expire time in '"
                                + command.toLowerCase(Locale.ROOT)
                                + "' command");
    }

    /**
     * The time at an argument, in milliseconds since the Unix epoch.
     *
     * @throws CommandException when it is no number, negative or too large
     */
    long unixMillis(CommandContext context, int index) throws CommandException {
        long amount = context.args().longAt(index);
        long base = relative ? context.nowMillis() : 0;
        if (amount < 0 || (seconds && amount > Long.MAX_VALUE / MILLIS_PER_SECOND)) {
            throw invalid;
        }
        long millis = seconds ? amount * MILLIS_PER_SECOND : amount;
        if (millis > Long.MAX_VALUE - base) {
            throw invalid;
        }
        return millis + base;
    }
}
