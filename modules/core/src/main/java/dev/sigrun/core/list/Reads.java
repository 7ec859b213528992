// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.type.Cell;

/** LLEN, LINDEX and LRANGE. Owner thread only; allocates nothing on the heap. */
final class Reads {
    private final ListKeys keys;
    private final IndexRange range = new IndexRange();

    private Reads(ListKeys keys) {
        this.keys = keys;
    }

    static void register(Registrar registrar, ListKeys keys) {
        Reads reads = new Reads(keys);
        registrar.command(
                ListCommands.command("LLEN", 2)
                        .flags(READONLY, FAST)
                        .key(KeySpec.at(1, RO))
                        .build(),
                reads::llen);
        declare(registrar, "LINDEX", 3, reads::lindex);
        declare(registrar, "LRANGE", 4, reads::lrange);
    }

    private static void declare(
            Registrar registrar, String name, int arity, CommandHandler handler) {
        registrar.command(
                ListCommands.command(name, arity)
                        .flags(READONLY)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .build(),
                handler);
    }

    private void llen(CommandContext context) throws CommandException {
        Cell list = keys.find(context.read(1));
        context.reply().integer(list == null ? 0 : keys.lists.length(list));
    }

    private void lindex(CommandContext context) throws CommandException {
        Cell list = keys.find(context.read(1));
        if (list != null && Lists.seek(keys.cursor, list, context.args().longAt(2))) {
            keys.replyElement(context.reply());
        } else {
            context.reply().nil();
        }
    }

    private void lrange(CommandContext context) throws CommandException {
        long start = context.args().longAt(2);
        long stop = context.args().longAt(3);
        Cell list = keys.find(context.read(1));
        range.clip(start, stop, list == null ? 0 : keys.lists.length(list));
        if (range.count() == 0) {
            context.reply().array(0);
        } else {
            keys.replyRun(context.reply(), list, range.start(), range.count(), true);
        }
    }
}
