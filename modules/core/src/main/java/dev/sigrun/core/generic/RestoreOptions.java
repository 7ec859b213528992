// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;

/**
 * Any thread. The options of RESTORE.
 *
 * @param replace whether a key that is there may be overwritten
 * @param absolute whether the time to live is a point in time
 * @param idleSeconds time since the last access, {@link #UNSET} when not given
 * @param frequency access frequency, {@link #UNSET} when not given
 */
record RestoreOptions(boolean replace, boolean absolute, long idleSeconds, int frequency) {
    static final int UNSET = -1;

    private static final long FREQUENCY_MAX = 255;

    /** Reads the options from {@code first} to the end. */
    static RestoreOptions parse(Args args, int first) throws CommandException {
        boolean replace = false;
        boolean absolute = false;
        long idleSeconds = UNSET;
        int frequency = UNSET;
        int count = args.count();
        for (int i = first; i < count; i++) {
            boolean hasValue = i + 1 < count;
            if (args.is(i, "REPLACE")) {
                replace = true;
            } else if (args.is(i, "ABSTTL")) {
                absolute = true;
            } else if (args.is(i, "IDLETIME") && hasValue && frequency == UNSET) {
                i++;
                idleSeconds = atLeastZero(args, i, Long.MAX_VALUE, GenericErrors.BAD_IDLE_TIME);
            } else if (args.is(i, "FREQ") && hasValue && idleSeconds == UNSET) {
                i++;
                frequency = (int) atLeastZero(args, i, FREQUENCY_MAX, GenericErrors.BAD_FREQUENCY);
            } else {
                throw CommandException.SYNTAX;
            }
        }
        return new RestoreOptions(replace, absolute, idleSeconds, frequency);
    }

    /** A number with two different errors: one for text, one for a value out of bounds. */
    private static long atLeastZero(Args args, int index, long max, CommandException error)
            throws CommandException {
        long value = args.longAt(index);
        if (value < 0 || value > max) {
            throw error;
        }
        return value;
    }
}
