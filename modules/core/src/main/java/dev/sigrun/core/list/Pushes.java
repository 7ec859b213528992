// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.INSERT;
import static dev.sigrun.spi.command.KeySpec.Use.RW;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.type.Cell;

/** LPUSH, RPUSH, LPUSHX and RPUSHX. Owner thread only; allocates nothing on the heap. */
final class Pushes {
    private static final int FIRST = 2;

    private final ListKeys keys;

    private Pushes(ListKeys keys) {
        this.keys = keys;
    }

    static void register(Registrar registrar, ListKeys keys) {
        Pushes pushes = new Pushes(keys);
        declare(registrar, "LPUSH", context -> pushes.push(context, Side.LEFT, false));
        declare(registrar, "RPUSH", context -> pushes.push(context, Side.RIGHT, false));
        declare(registrar, "LPUSHX", context -> pushes.push(context, Side.LEFT, true));
        declare(registrar, "RPUSHX", context -> pushes.push(context, Side.RIGHT, true));
    }

    private static void declare(Registrar registrar, String name, CommandHandler handler) {
        registrar.command(
                ListCommands.command(name, -3)
                        .flags(WRITE, DENYOOM, FAST)
                        .key(KeySpec.at(1, RW, INSERT))
                        .build(),
                handler);
    }

    private void push(CommandContext context, Side side, boolean onlyIfThere)
            throws CommandException {
        Key key = context.write(1);
        Cell list = keys.find(key);
        if (list == null && onlyIfThere) {
            context.reply().integer(0);
            return;
        }
        long length = keys.push(context, key, list, side, FIRST, context.args().count());
        context.replication().verbatim();
        context.reply().integer(length);
    }
}
