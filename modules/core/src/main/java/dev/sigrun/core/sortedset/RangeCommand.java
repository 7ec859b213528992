// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.OW;
import static dev.sigrun.spi.command.KeySpec.Use.RO;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.reply.ReplyWriter;
import dev.sigrun.spi.type.Cell;

/**
 * ZRANGE, ZRANGESTORE and the older commands with the order and the direction in their names. A
 * range is located first, as ranks, so its length is known before anything is answered, and an
 * offset costs nothing. Owner thread only.
 */
final class RangeCommand {
    private final SortedSetKeys keys;
    private final RangeOptions options;

    private RangeCommand(SortedSetKeys keys, RangeOptions options) {
        this.keys = keys;
        this.options = options;
    }

    static void register(Registrar registrar, SortedSetKeys keys, CoreMemory memory) {
        register(registrar, keys, "ZRANGE", RangeOptions.free(true));
        fixed(registrar, keys, "ZREVRANGE", RangeOptions.Order.RANK, true);
        fixed(registrar, keys, "ZRANGEBYSCORE", RangeOptions.Order.SCORE, false);
        fixed(registrar, keys, "ZREVRANGEBYSCORE", RangeOptions.Order.SCORE, true);
        fixed(registrar, keys, "ZRANGEBYLEX", RangeOptions.Order.TEXT, false);
        fixed(registrar, keys, "ZREVRANGEBYLEX", RangeOptions.Order.TEXT, true);
        RangeCommand store = new RangeCommand(keys, RangeOptions.free(false));
        SortedSetResult result = new SortedSetResult(keys.type, memory);
        registrar.command(
                SortedSetCommands.command("ZRANGESTORE", -5)
                        .flags(WRITE, DENYOOM)
                        .key(KeySpec.at(1, OW, UPDATE))
                        .key(KeySpec.at(2, RO, ACCESS))
                        .build(),
                context -> store.store(context, result));
    }

    private static void fixed(
            Registrar registrar,
            SortedSetKeys keys,
            String name,
            RangeOptions.Order order,
            boolean backwards) {
        register(registrar, keys, name, RangeOptions.fixed(order, backwards));
    }

    private static void register(
            Registrar registrar, SortedSetKeys keys, String name, RangeOptions options) {
        CommandHandler handler = new RangeCommand(keys, options)::range;
        registrar.command(
                SortedSetCommands.command(name, -4)
                        .flags(READONLY)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .build(),
                handler);
    }

    private void range(CommandContext context) throws CommandException {
        options.parse(context.args(), 2);
        Cell cell = keys.find(context.read(1));
        if (cell == null) {
            context.reply().array(0);
            return;
        }
        options.locate(keys.sets, cell);
        ReplyWriter reply = context.reply();
        long count = options.count();
        boolean withScores = options.withScores();
        boolean nested = context.client().protocol() > 2;
        SortedSetKeys.begin(reply, count, withScores, nested);
        if (count > 0) {
            boolean backwards = options.backwards();
            SortedSetWalk walk = keys.walk;
            walk.seek(cell, backwards ? options.from() + count - 1 : options.from());
            for (long left = count; left > 0; left--) {
                SortedSetKeys.reply(reply, walk, withScores, nested);
                walk.step(backwards);
            }
        }
    }

    private void store(CommandContext context, SortedSetResult result) throws CommandException {
        options.parse(context.args(), 3);
        Cell cell = keys.find(context.read(2));
        long count = 0;
        if (cell != null) {
            options.locate(keys.sets, cell);
            count = options.count();
        }
        // As on Valkey, only a range of ranks is known to be long before it is stored.
        result.begin(options.isByRank() ? count : 0);
        try {
            if (count > 0) {
                collect(cell, count, result);
            }
            context.reply().integer(result.store(context, 1, "zrangestore"));
        } finally {
            result.close();
        }
    }

    private void collect(Cell cell, long count, SortedSetResult result) {
        SortedSetWalk walk = keys.walk;
        walk.seek(cell, options.from());
        for (long left = count; left > 0; left--) {
            result.append(walk.score(), walk.member(), walk.length());
            walk.next();
        }
        result.endAppend();
    }
}
