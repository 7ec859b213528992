// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.core.LazyFree;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;

/**
 * GETEX: reads a string and changes its time to live. Never replicates as itself but as what it did
 * to the time. Owner thread only.
 */
final class GetexCommand implements CommandHandler {
    private static final int FIRST_OPTION = 2;

    private final ExpiryOption expiry = new ExpiryOption("getex", "PERSIST");
    private final LazyFree lazyFree;

    private GetexCommand(LazyFree lazyFree) {
        this.lazyFree = lazyFree;
    }

    static void register(Registrar registrar, LazyFree lazyFree) {
        registrar.command(
                StringCommands.command("GETEX", -2)
                        .flags(WRITE, FAST)
                        .key(
                                KeySpec.at(1, RW, ACCESS, UPDATE)
                                        .withNotes("The time to live may change."))
                        .build(),
                new GetexCommand(lazyFree));
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        parse(context.args());
        long unixMillis = expiry.unixMillis(context);
        Bytes content = context.read(1).string();
        Reads.reply(context.reply(), content); // Lent until the key changes.
        if (content == null) {
            return;
        }
        if (expiry.isTime()) {
            expireAt(context, context.write(1), unixMillis);
        } else if (expiry.isWord()) {
            persist(context, context.write(1));
        }
    }

    private void parse(Args args) throws CommandException {
        expiry.clear();
        int at = FIRST_OPTION;
        while (at < args.count()) {
            int width = expiry.take(args, at);
            if (width == 0) {
                throw CommandException.SYNTAX;
            }
            at += width;
        }
    }

    private void expireAt(CommandContext context, Key key, long unixMillis) {
        if (TimedWrite.isPast(context, unixMillis)) {
            TimedWrite.expireNow(context, key, lazyFree.expiry());
            return;
        }
        key.expireAt(unixMillis);
        key.notify(NotifyClass.GENERIC, "expire");
        context.replication()
                .instead()
                .command("PEXPIREAT", 2)
                .arg(context.args().bytes(1))
                .arg(unixMillis);
    }

    private static void persist(CommandContext context, Key key) {
        if (key.persist()) {
            key.notify(NotifyClass.GENERIC, "persist");
            context.replication().instead().command("PERSIST", 1).arg(context.args().bytes(1));
        }
    }
}
