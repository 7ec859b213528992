// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.command.KeySpec.Use;
import dev.sigrun.spi.key.Access;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;

/** Owner thread only. MOVE and COPY: keys that go to another database or another name. */
final class TransferCommands {
    private TransferCommands() {}

    static void register(Registrar registrar) {
        registrar.command(
                GenericCommands.describe("MOVE", 3)
                        .flags(WRITE, FAST)
                        .key(KeySpec.at(1, Use.RW, Use.ACCESS, Use.UPDATE))
                        .build(),
                TransferCommands::move);
        registrar.command(
                GenericCommands.describe("COPY", -3)
                        .flags(WRITE, DENYOOM)
                        .key(KeySpec.at(1, Use.RO, Use.ACCESS))
                        .key(KeySpec.at(2, Use.OW, Use.UPDATE))
                        .build(),
                TransferCommands::copy);
    }

    private static void move(CommandContext context) throws CommandException {
        int db = database(context, 2);
        if (db == context.client().db()) {
            throw GenericErrors.SAME_OBJECT;
        }
        Key source = context.write(1);
        if (!source.isPresent()) {
            context.reply().integer(0);
            return;
        }
        Key target = context.keyspace().open(db, context.args().bytes(1), Access.WRITE);
        if (target.isPresent()) {
            context.reply().integer(0);
            return;
        }
        source.moveTo(target);
        source.notify(NotifyClass.GENERIC, "move_from");
        target.notify(NotifyClass.GENERIC, "move_to");
        context.replication().verbatim();
        context.reply().integer(1);
    }

    private static void copy(CommandContext context) throws CommandException {
        Args args = context.args();
        int db = context.client().db();
        boolean replace = false;
        int count = args.count();
        for (int i = 3; i < count; i++) {
            if (args.is(i, "REPLACE")) {
                replace = true;
            } else if (args.is(i, "DB") && i + 1 < count) {
                i++;
                db = database(context, i);
            } else {
                throw CommandException.SYNTAX;
            }
        }
        if (db == context.client().db() && args.bytes(1).contentEquals(args.bytes(2))) {
            throw GenericErrors.SAME_OBJECT;
        }
        context.reply().integer(copy(context, db, replace) ? 1 : 0);
    }

    private static boolean copy(CommandContext context, int db, boolean replace)
            throws CommandException {
        Key source = context.read(1);
        if (!source.isPresent()) {
            return false;
        }
        Key target = context.keyspace().open(db, context.args().bytes(2), Access.WRITE);
        if (target.isPresent() && !replace) {
            return false;
        }
        source.copyTo(target);
        target.notify(NotifyClass.GENERIC, "copy_to");
        context.replication().verbatim();
        return true;
    }

    /** The argument as number of a database that exists. */
    private static int database(CommandContext context, int index) throws CommandException {
        long number = context.args().longAt(index);
        if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) {
            throw GenericErrors.INT_RANGE;
        }
        if (number < 0 || number >= context.keyspace().databases()) {
            throw GenericErrors.DB_RANGE;
        }
        return (int) number;
    }
}
