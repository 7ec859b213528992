// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;

/** An end of a list, with the names that go with it. */
enum Side {
    /** Where index 0 is. */
    LEFT("lpush", "lpop", "LPOP"),
    /** Where index -1 is. */
    RIGHT("rpush", "rpop", "RPOP");

    /** The event of adding here. */
    final String pushed;

    /** The event of removing here. */
    final String popped;

    /** The command that removes here. */
    final String pop;

    Side(String pushed, String popped, String pop) {
        this.pushed = pushed;
        this.popped = popped;
        this.pop = pop;
    }

    static Side of(Args args, int index) throws CommandException {
        if (args.is(index, "LEFT")) {
            return LEFT;
        }
        if (args.is(index, "RIGHT")) {
            return RIGHT;
        }
        throw CommandException.SYNTAX;
    }

    /** The index of the element at this end. */
    int edge() {
        return this == LEFT ? 0 : -1;
    }
}
