// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;

/** The end of a sorted set from which members are popped. */
enum End {
    MIN("ZPOPMIN", "zpopmin"),
    MAX("ZPOPMAX", "zpopmax");

    /** The command that pops from this end, and as which others replicate. */
    final String pop;

    final String event;

    End(String pop, String event) {
        this.pop = pop;
        this.event = event;
    }

    /** The end that an argument names. */
    static End of(Args args, int index) throws CommandException {
        if (args.is(index, "MIN")) {
            return MIN;
        }
        if (args.is(index, "MAX")) {
            return MAX;
        }
        throw CommandException.SYNTAX;
    }
}
