// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.INSERT;
import static dev.sigrun.spi.command.KeySpec.Use.OW;
import static dev.sigrun.spi.command.KeySpec.Use.RW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;

/** The older commands that SET's options cover: SETNX, SETEX, PSETEX, GETSET. Owner thread only. */
final class SetVariants {
    private static final CommandException SETEX_TIME = ExpiryOption.invalid("setex");
    private static final CommandException PSETEX_TIME = ExpiryOption.invalid("psetex");

    private SetVariants() {}

    static void register(Registrar registrar) {
        registrar.command(
                StringCommands.command("SETNX", 3)
                        .flags(WRITE, DENYOOM, FAST)
                        .key(KeySpec.at(1, OW, INSERT))
                        .build(),
                SetVariants::setnx);
        registrar.command(
                StringCommands.command("SETEX", 4)
                        .flags(WRITE, DENYOOM)
                        .key(KeySpec.at(1, OW, UPDATE))
                        .build(),
                SetVariants::setex);
        registrar.command(
                StringCommands.command("PSETEX", 4)
                        .flags(WRITE, DENYOOM)
                        .key(KeySpec.at(1, OW, UPDATE))
                        .build(),
                SetVariants::psetex);
        registrar.command(
                StringCommands.command("GETSET", 3)
                        .flags(WRITE, DENYOOM, FAST)
                        .key(KeySpec.at(1, RW, ACCESS, UPDATE))
                        .build(),
                SetVariants::getset);
    }

    private static void setnx(CommandContext context) {
        Key key = context.write(1);
        if (key.isPresent()) {
            context.reply().integer(0);
            return;
        }
        key.setString(context.args().bytes(2), false);
        key.notify(NotifyClass.STRING, "set");
        context.replication().verbatim();
        context.reply().integer(1);
    }

    private static void setex(CommandContext context) throws CommandException {
        setUntil(context, ExpiryOption.unixMillis(context, 2, ExpiryOption.Kind.EX, SETEX_TIME));
    }

    private static void psetex(CommandContext context) throws CommandException {
        setUntil(context, ExpiryOption.unixMillis(context, 2, ExpiryOption.Kind.PX, PSETEX_TIME));
    }

    /** The time is relative and positive, so it never lies in the past. */
    private static void setUntil(CommandContext context, long unixMillis) {
        Bytes value = context.args().bytes(3);
        TimedWrite.store(context.write(1), value, false, unixMillis);
        TimedWrite.replicate(context, value, unixMillis);
        context.reply().ok();
    }

    private static void getset(CommandContext context) throws CommandException {
        Bytes old = context.read(1).string();
        Reads.reply(context.reply(), old); // Lent until the key changes.
        Bytes value = context.args().bytes(2);
        Key key = context.write(1);
        key.setString(value, false);
        key.notify(NotifyClass.STRING, "set");
        context.replication().instead().command("SET", 2).arg(context.args().bytes(1)).arg(value);
    }
}
