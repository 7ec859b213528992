// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.DELETE;
import static dev.sigrun.spi.command.KeySpec.Use.RW;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.type.Cell;
import java.util.Locale;

/** LPOP and RPOP. Owner thread only; allocates nothing on the heap. */
final class Pops implements CommandHandler {
    private static final CommandException COUNT =
            CommandException.of("value is out of range, must be positive");
    private static final int WITH_COUNT = 3;

    private final ListKeys keys;
    private final Side side;
    private final CommandException arity;

    private Pops(ListKeys keys, Side side) {
        this.keys = keys;
        this.side = side;
        String name = side.pop.toLowerCase(Locale.ROOT);
        arity = CommandException.of("wrong number of arguments for '" + name + "' command");
    }

    static void register(Registrar registrar, ListKeys keys) {
        for (Side side : Side.values()) {
            registrar.command(
                    ListCommands.command(side.pop, -2)
                            .flags(WRITE, FAST)
                            .key(KeySpec.at(1, RW, ACCESS, DELETE))
                            .build(),
                    new Pops(keys, side));
        }
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        int arguments = context.args().count();
        if (arguments > WITH_COUNT) {
            throw arity;
        }
        boolean single = arguments < WITH_COUNT;
        long wanted = single ? 1 : context.args().longAt(2, 0, Long.MAX_VALUE, COUNT);
        Key key = context.write(1);
        Cell list = keys.find(key);
        if (list == null) {
            replyNothing(context, single);
            return;
        }
        long count = Math.min(wanted, keys.lists.length(list));
        if (single) {
            Lists.seek(keys.cursor, list, side.edge());
            keys.replyElement(context.reply());
        } else {
            keys.replyEnd(context.reply(), list, side, count);
        }
        if (count > 0) {
            keys.removeEnd(key, list, side, count);
            context.replication().verbatim();
        }
    }

    private static void replyNothing(CommandContext context, boolean single) {
        if (single) {
            context.reply().nil();
        } else {
            context.reply().nilArray();
        }
    }
}
