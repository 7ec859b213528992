// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;

/** Owner thread only. A range of ranks as commands name it, from the end when negative. */
final class RankRange {
    private long first;
    private long last;
    private long from;
    private long to;

    /** Reads the two ranks, which are both in the range, beginning with an argument. */
    void parse(Args args, int index) throws CommandException {
        first = args.longAt(index);
        last = args.longAt(index + 1);
    }

    /** Locates the range in a set of so many members. */
    void locate(long size) {
        from = Math.max(0, first < 0 ? size + first : first);
        to = Math.min(size, 1 + Math.min(last < 0 ? size + last : last, size));
        if (from >= to) {
            from = 0;
            to = 0;
        }
    }

    long from() {
        return from;
    }

    /** Behind the last one. */
    long to() {
        return to;
    }
}
