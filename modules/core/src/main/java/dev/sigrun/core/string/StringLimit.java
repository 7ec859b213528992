// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;

/** How long a string may become. Owner thread only. */
final class StringLimit {
    private StringLimit() {}

    /**
     * The length of a string of two parts, when that is allowed. What a primary or a file asks for
     * is bounded by what a string can hold at all.
     *
     * @throws CommandException {@link CommandException#STRING_TOO_LONG}
     */
    static int sum(CommandContext context, long first, long second) throws CommandException {
        long total = first + second;
        long max =
                context.client().isReplicated()
                        ? Integer.MAX_VALUE
                        : Math.min(context.stringBytesMax(), Integer.MAX_VALUE);
        if (total < 0 || total > max) { // Negative when the sum wrapped around.
            throw CommandException.STRING_TOO_LONG;
        }
        return (int) total;
    }
}
