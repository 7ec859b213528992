// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.DELETE;
import static dev.sigrun.spi.command.KeySpec.Use.RW;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.type.Cell;

/** LTRIM and LREM. Owner thread only; allocates nothing on the heap. */
final class Trims {
    private static final CommandException COUNT_RANGE =
            CommandException.of(
                    "value is out of range, value must between "
                            + -Long.MAX_VALUE
                            + " and "
                            + Long.MAX_VALUE);

    private final ListKeys keys;
    private final IndexRange range = new IndexRange();

    private Trims(ListKeys keys) {
        this.keys = keys;
    }

    static void register(Registrar registrar, ListKeys keys) {
        Trims trims = new Trims(keys);
        declare(registrar, "LTRIM", trims::ltrim);
        declare(registrar, "LREM", trims::lrem);
    }

    private static void declare(Registrar registrar, String name, CommandHandler handler) {
        registrar.command(
                ListCommands.command(name, 4).flags(WRITE).key(KeySpec.at(1, RW, DELETE)).build(),
                handler);
    }

    private void ltrim(CommandContext context) throws CommandException {
        long start = context.args().longAt(2);
        long stop = context.args().longAt(3);
        Key key = context.write(1);
        Cell list = keys.find(key);
        if (list != null) {
            long length = keys.lists.length(list);
            range.clip(start, stop, length);
            if (range.count() == length) {
                // Nothing goes, but Valkey raises the event all the same.
                key.notify(NotifyClass.LIST, "ltrim");
            } else {
                keep(list, length);
                keys.finishRemoval(key, list, "ltrim", range.count(), length - range.count());
                context.replication().verbatim();
            }
        }
        context.reply().ok();
    }

    /** A list of which nothing is kept goes as a whole, with its key. */
    private void keep(Cell list, long length) {
        if (range.count() > 0) {
            long end = range.start() + range.count();
            keys.lists.delete(list, end, length - end);
            keys.lists.delete(list, 0, range.start());
        }
    }

    private void lrem(CommandContext context) throws CommandException {
        long wanted = context.args().longAt(2);
        if (wanted == Long.MIN_VALUE) {
            throw COUNT_RANGE;
        }
        Key key = context.write(1);
        Cell list = keys.find(key);
        long removed = 0;
        if (list != null) {
            Bytes element = context.args().bytes(3);
            keys.sought.wrap(element.address(), element.length());
            long max = wanted == 0 ? Long.MAX_VALUE : Math.abs(wanted);
            removed = keys.lists.removeAll(list, keys.sought, max, wanted < 0);
        }
        if (removed > 0) {
            keys.finishRemoval(key, list, "lrem", keys.lists.length(list), removed);
            context.replication().verbatim();
        }
        context.reply().integer(removed);
    }
}
