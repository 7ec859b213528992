// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sort;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.OW;
import static dev.sigrun.spi.command.KeySpec.Use.RO;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.core.list.ListAccess;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.reply.ReplyWriter;

/** SORT and SORT_RO. Owner thread only. */
final class SortCommand implements CommandHandler {
    private final boolean readOnly;
    private final Sorter sorter;
    private final ListAccess lists;

    private SortCommand(boolean readOnly, Sorter sorter, ListAccess lists) {
        this.readOnly = readOnly;
        this.sorter = sorter;
        this.lists = lists;
    }

    static void register(Registrar registrar, Sorter sorter, ListAccess lists) {
        registrar.command(
                describe("SORT")
                        .flags(WRITE, DENYOOM)
                        .key(
                                KeySpec.unknown(OW, UPDATE)
                                        .withNotes("STORE may stand anywhere behind the key."))
                        .finder(new SortKeys(true))
                        .build(),
                new SortCommand(false, sorter, lists));
        registrar.command(
                describe("SORT_RO").flags(READONLY).finder(new SortKeys(false)).build(),
                new SortCommand(true, sorter, lists));
    }

    private static CommandSpec.Builder describe(String name) {
        return CommandSpec.command(name, -2)
                .categories("set", "sortedset", "list", "dangerous")
                .docs(SortCommands.DOCS)
                .key(KeySpec.at(1, RO, ACCESS))
                .key(
                        KeySpec.unknown(RO, ACCESS)
                                .withNotes("BY and GET make names of what the key holds."));
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        sorter.options().parse(context.args(), readOnly, context.mayReadAnyKey());
        try {
            sorter.run(context);
            if (sorter.options().target() == 0) {
                reply(context);
            } else {
                store(context);
            }
        } finally {
            sorter.close();
        }
    }

    private void reply(CommandContext context) throws CommandException {
        ReplyWriter reply = context.reply();
        SortOptions options = sorter.options();
        reply.array(Math.toIntExact(sorter.outputs()));
        for (int i = sorter.first(); i < sorter.end(); i++) {
            if (options.getCount() == 0) {
                reply.bulk(sorter.vector().element(i), sorter.vector().length(i));
            }
            for (int get = 0; get < options.getCount(); get++) {
                if (sorter.get(context, i, get)) {
                    reply.bulk(sorter.lookup().address(), sorter.lookup().length());
                } else {
                    reply.nil();
                }
            }
        }
    }

    private void store(CommandContext context) throws CommandException {
        int index = sorter.options().target();
        if (sorter.outputs() > 0) {
            lists.begin();
            try {
                append(context);
                // Only now: so many other keys have been looked up that it would be lost.
                Key target = context.write(index);
                lists.moveTo(target);
                target.countChanges(sorter.outputs() - 1L);
                target.notify(NotifyClass.LIST, "sortstore");
            } finally {
                lists.end();
            }
            context.replication().verbatim();
        } else {
            Key target = context.write(index);
            if (target.remove(true)) {
                target.notify(NotifyClass.GENERIC, "del");
                context.replication().verbatim();
            }
        }
        context.reply().integer(sorter.outputs());
    }

    private void append(CommandContext context) throws CommandException {
        SortOptions options = sorter.options();
        for (int i = sorter.first(); i < sorter.end(); i++) {
            if (options.getCount() == 0) {
                lists.append(sorter.vector().element(i), sorter.vector().length(i));
            }
            for (int get = 0; get < options.getCount(); get++) {
                boolean found = sorter.get(context, i, get);
                lists.append(
                        found ? sorter.lookup().address() : 0,
                        found ? sorter.lookup().length() : 0);
            }
        }
    }
}
