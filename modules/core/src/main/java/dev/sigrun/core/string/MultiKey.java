// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.INSERT;
import static dev.sigrun.spi.command.KeySpec.Use.OW;
import static dev.sigrun.spi.command.KeySpec.Use.RO;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.reply.ReplyWriter;

/** MGET, MSET, MSETNX. Owner thread only; none allocates. */
final class MultiKey {
    private static final CommandException MSET_ARITY = arity("mset");
    private static final CommandException MSETNX_ARITY = arity("msetnx");

    private MultiKey() {}

    static void register(Registrar registrar) {
        registrar.command(
                StringCommands.command("MGET", -2)
                        .flags(READONLY, FAST)
                        .key(KeySpec.range(1, -1, 1, RO, ACCESS))
                        .tips("request_policy:multi_shard")
                        .build(),
                MultiKey::mget);
        registrar.command(
                StringCommands.command("MSET", -3)
                        .flags(WRITE, DENYOOM)
                        .key(KeySpec.range(1, -1, 2, OW, UPDATE))
                        .tips("request_policy:multi_shard", "response_policy:all_succeeded")
                        .build(),
                MultiKey::mset);
        registrar.command(
                StringCommands.command("MSETNX", -3)
                        .flags(WRITE, DENYOOM)
                        .key(KeySpec.range(1, -1, 2, OW, INSERT))
                        .build(),
                MultiKey::msetnx);
    }

    private static CommandException arity(String command) {
        return CommandException.of("wrong number of arguments for '" + command + "' command");
    }

    private static void mget(CommandContext context) throws CommandException {
        int count = context.args().count();
        ReplyWriter reply = context.reply();
        reply.array(count - 1);
        for (int i = 1; i < count; i++) {
            Key key = context.read(i);
            Reads.reply(reply, key.isString() ? key.string() : null);
        }
    }

    private static void mset(CommandContext context) throws CommandException {
        requirePairs(context.args(), MSET_ARITY);
        setAll(context);
        context.reply().ok();
    }

    private static void msetnx(CommandContext context) throws CommandException {
        Args args = context.args();
        requirePairs(args, MSETNX_ARITY);
        for (int i = 1; i < args.count(); i += 2) {
            if (context.write(i).isPresent()) {
                context.reply().integer(0);
                return;
            }
        }
        setAll(context);
        context.reply().integer(1);
    }

    private static void requirePairs(Args args, CommandException error) throws CommandException {
        if (args.count() % 2 == 0) {
            throw error;
        }
    }

    private static void setAll(CommandContext context) {
        Args args = context.args();
        for (int i = 1; i < args.count(); i += 2) {
            Key key = context.write(i);
            key.setString(args.bytes(i + 1), false);
            key.notify(NotifyClass.STRING, "set");
        }
        context.replication().verbatim();
    }
}
