// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.INSERT;
import static dev.sigrun.spi.command.KeySpec.Use.RW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.type.Cell;

/** LSET and LINSERT. Owner thread only; allocates nothing on the heap. */
final class Edits {
    private static final CommandException OUT_OF_RANGE = CommandException.of("index out of range");

    private final ListKeys keys;

    private Edits(ListKeys keys) {
        this.keys = keys;
    }

    static void register(Registrar registrar, ListKeys keys) {
        Edits edits = new Edits(keys);
        registrar.command(
                ListCommands.command("LSET", 4)
                        .flags(WRITE, DENYOOM)
                        .key(KeySpec.at(1, RW, UPDATE))
                        .build(),
                edits::lset);
        registrar.command(
                ListCommands.command("LINSERT", 5)
                        .flags(WRITE, DENYOOM)
                        .key(KeySpec.at(1, RW, INSERT))
                        .build(),
                edits::linsert);
    }

    private void lset(CommandContext context) throws CommandException {
        Key key = context.write(1);
        Cell list = keys.find(key);
        if (list == null) {
            throw CommandException.NO_SUCH_KEY;
        }
        long index = context.args().longAt(2);
        Bytes element = context.args().bytes(3);
        // As in Valkey, the form may change although the element then has no place in the list.
        keys.lists.expect(list, element.length(), 1);
        if (!Lists.seek(keys.cursor, list, index)) {
            throw OUT_OF_RANGE;
        }
        keys.lists.replace(list, keys.cursor, element.address(), element.length());
        keys.lists.shrunk(list);
        changed(context, key, "lset");
        context.reply().ok();
    }

    private void linsert(CommandContext context) throws CommandException {
        Args args = context.args();
        boolean after = args.is(2, "AFTER");
        if (!after && !args.is(2, "BEFORE")) {
            throw CommandException.SYNTAX;
        }
        Key key = context.write(1);
        Cell list = keys.find(key);
        if (list == null) {
            context.reply().integer(0);
            return;
        }
        Bytes element = args.bytes(4);
        keys.lists.expect(list, element.length(), 1);
        if (!find(list, args.bytes(3))) {
            context.reply().integer(-1);
            return;
        }
        keys.lists.insert(list, keys.cursor, after, element.address(), element.length());
        changed(context, key, "linsert");
        context.reply().integer(keys.lists.length(list));
    }

    /** Goes to the first element with this content, if there is one. */
    private boolean find(Cell list, Bytes pivot) {
        keys.sought.wrap(pivot.address(), pivot.length());
        boolean there = Lists.seek(keys.cursor, list, 0);
        while (there && !keys.cursor.matches(keys.sought)) {
            there = keys.cursor.next();
        }
        return there;
    }

    private static void changed(CommandContext context, Key key, String event) {
        key.markModified();
        key.notify(NotifyClass.LIST, event);
        context.replication().verbatim();
    }
}
