// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.DELETE;
import static dev.sigrun.spi.command.KeySpec.Use.RW;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.reply.ReplyWriter;
import dev.sigrun.spi.type.Cell;

/** ZPOPMIN and ZPOPMAX. Owner thread only; allocates nothing on the heap. */
final class Pops {
    private static final CommandException NOT_POSITIVE =
            CommandException.of("value is out of range, must be positive");
    private static final int WITH_COUNT = 3;

    private final SortedSetKeys keys;

    Pops(SortedSetKeys keys) {
        this.keys = keys;
    }

    void register(Registrar registrar) {
        for (End end : End.values()) {
            registrar.command(
                    SortedSetCommands.command(end.pop, -2)
                            .flags(WRITE, FAST)
                            .key(KeySpec.at(1, RW, ACCESS, DELETE))
                            .build(),
                    context -> pop(context, end));
        }
    }

    private void pop(CommandContext context, End end) throws CommandException {
        int arguments = context.args().count();
        if (arguments > WITH_COUNT) {
            throw CommandException.SYNTAX;
        }
        boolean counted = arguments == WITH_COUNT;
        long wanted = counted ? context.args().longAt(2, 0, Long.MAX_VALUE, NOT_POSITIVE) : 1;
        Key key = context.write(1);
        Cell cell = keys.find(key);
        long count = cell == null ? 0 : Math.min(wanted, SortedSets.size(cell));
        boolean nested = counted && context.client().protocol() > 2;
        SortedSetKeys.begin(context.reply(), count, true, nested);
        if (count > 0) {
            pop(keys, context.reply(), key, end, count, nested);
            context.replication().verbatim();
        }
    }

    /** Answers members of one end, the outermost first, and removes them. */
    static void pop(
            SortedSetKeys keys, ReplyWriter reply, Key key, End end, long count, boolean nested)
            throws CommandException {
        Cell cell = keys.find(key);
        long size = SortedSets.size(cell);
        boolean backwards = end == End.MAX;
        keys.walk.seek(cell, backwards ? size - 1 : 0);
        for (long left = count; left > 0; left--) {
            SortedSetKeys.reply(reply, keys.walk, true, nested);
            keys.walk.step(backwards);
        }
        long from = backwards ? size - count : 0;
        keys.removeRange(key, cell, from, from + count, end.event);
    }
}
