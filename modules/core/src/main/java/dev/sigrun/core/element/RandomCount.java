// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.element;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;

/**
 * The count of SRANDMEMBER, HRANDFIELD and ZRANDMEMBER: so many different elements, or where it is
 * negative so many that may repeat. Any thread.
 */
public final class RandomCount {
    private static final CommandException OUT_OF_RANGE =
            CommandException.of(
                    "value is out of range, value must between -9223372036854775807 and"
                            + " 9223372036854775807");

    /**
     * Deviation: more repetitions than this are refused. Valkey answers with any number, and can do
     * nothing else meanwhile.
     */
    private static final long REPETITIONS_MAX = 1 << 24;

    private RandomCount() {}

    /**
     * Reads the count.
     *
     * @throws CommandException when it is no number, or the one that has no negative
     */
    public static long parse(Args args, int index) throws CommandException {
        long count = args.longAt(index);
        if (count == Long.MIN_VALUE) {
            throw OUT_OF_RANGE;
        }
        return count;
    }

    /**
     * Refuses more repetitions than can be answered in passing, once there is something to repeat.
     *
     * @throws CommandException when there are
     */
    public static void limit(long count) throws CommandException {
        if (count < -REPETITIONS_MAX) {
            throw CommandException.OUT_OF_RANGE;
        }
    }
}
