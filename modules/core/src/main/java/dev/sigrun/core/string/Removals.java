// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.DELETE;
import static dev.sigrun.spi.command.KeySpec.Use.RM;
import static dev.sigrun.spi.command.KeySpec.Use.RW;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;

/** GETDEL and DELIFEQ, which replicate as the DEL that they come down to. Owner thread only. */
final class Removals {
    private Removals() {}

    static void register(Registrar registrar) {
        registrar.command(
                StringCommands.command("GETDEL", 2)
                        .flags(WRITE, FAST)
                        .key(KeySpec.at(1, RW, ACCESS, DELETE))
                        .build(),
                Removals::getdel);
        registrar.command(
                StringCommands.command("DELIFEQ", 3)
                        .flags(WRITE, FAST)
                        .key(KeySpec.at(1, RM, DELETE))
                        .build(),
                Removals::delifeq);
    }

    private static void getdel(CommandContext context) throws CommandException {
        Bytes content = context.read(1).string();
        Reads.reply(context.reply(), content); // Lent until the key changes.
        if (content != null) {
            remove(context, context.write(1));
        }
    }

    private static void delifeq(CommandContext context) throws CommandException {
        Key key = context.write(1);
        Bytes content = key.string();
        if (content == null || !content.contentEquals(context.args().bytes(2))) {
            context.reply().integer(0);
            return;
        }
        remove(context, key);
        context.reply().integer(1);
    }

    private static void remove(CommandContext context, Key key) {
        key.remove(false);
        key.notify(NotifyClass.GENERIC, "del");
        context.replication().instead().command("DEL", 1).arg(context.args().bytes(1));
    }
}
