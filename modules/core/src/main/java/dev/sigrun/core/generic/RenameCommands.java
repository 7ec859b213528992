// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.command.KeySpec.Use;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;

/** Owner thread only. RENAME and RENAMENX. Renaming a key to its own name changes nothing. */
final class RenameCommands {
    private RenameCommands() {}

    static void register(Registrar registrar) {
        registrar.command(
                describe("RENAME").flags(WRITE).key(target(Use.UPDATE)).build(),
                RenameCommands::rename);
        registrar.command(
                describe("RENAMENX").flags(WRITE, FAST).key(target(Use.INSERT)).build(),
                RenameCommands::renameIfFree);
    }

    private static CommandSpec.Builder describe(String name) {
        return GenericCommands.describe(name, 3).key(KeySpec.at(1, Use.RW, Use.ACCESS, Use.DELETE));
    }

    private static KeySpec target(Use use) {
        return KeySpec.at(2, Use.OW, use);
    }

    private static void rename(CommandContext context) throws CommandException {
        Key source = source(context);
        if (!isSameName(context.args())) {
            Key target = context.write(2);
            // What was there is overwritten, which raises no event of its own.
            target.remove(true);
            move(context, source, target);
        }
        context.reply().ok();
    }

    private static void renameIfFree(CommandContext context) throws CommandException {
        Key source = source(context);
        if (isSameName(context.args())) {
            context.reply().integer(0);
            return;
        }
        Key target = context.write(2);
        if (target.isPresent()) {
            context.reply().integer(0);
            return;
        }
        move(context, source, target);
        context.reply().integer(1);
    }

    private static Key source(CommandContext context) throws CommandException {
        Key source = context.write(1);
        if (!source.isPresent()) {
            throw CommandException.NO_SUCH_KEY;
        }
        return source;
    }

    private static boolean isSameName(Args args) {
        return args.bytes(1).contentEquals(args.bytes(2));
    }

    private static void move(CommandContext context, Key source, Key target) {
        source.moveTo(target);
        source.notify(NotifyClass.GENERIC, "rename_from");
        target.notify(NotifyClass.GENERIC, "rename_to");
        context.replication().verbatim();
    }
}
