// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import static dev.sigrun.spi.command.CommandFlag.BLOCKING;
import static dev.sigrun.spi.command.CommandFlag.MOVABLEKEYS;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.DELETE;
import static dev.sigrun.spi.command.KeySpec.Use.RW;

import dev.sigrun.core.BlockTimeout;
import dev.sigrun.core.PopKeys;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.type.Cell;

/**
 * LMPOP, BLMPOP, BLPOP and BRPOP, which take from the first key that has something; those with a B
 * wait until one has. They replicate as LPOP or RPOP of that key. Owner thread only.
 */
final class MultiPops {
    private final ListKeys keys;

    private final PopKeys sources;

    private MultiPops(ListKeys keys) {
        this.keys = keys;
        this.sources = new PopKeys(keys.type);
    }

    static void register(Registrar registrar, ListKeys keys) {
        MultiPops pops = new MultiPops(keys);
        registrar.command(
                ListCommands.command("LMPOP", -4)
                        .flags(WRITE, MOVABLEKEYS)
                        .key(KeySpec.counted(1, 1, 1, RW, ACCESS, DELETE))
                        .build(),
                pops::lmpop);
        registrar.command(
                ListCommands.command("BLMPOP", -5)
                        .flags(WRITE, BLOCKING, MOVABLEKEYS)
                        .key(KeySpec.counted(2, 1, 1, RW, ACCESS, DELETE))
                        .build(),
                pops::blmpop);
        declareSingle(registrar, "BLPOP", pops, Side.LEFT);
        declareSingle(registrar, "BRPOP", pops, Side.RIGHT);
    }

    private static void declareSingle(Registrar registrar, String name, MultiPops pops, Side end) {
        registrar.command(
                ListCommands.command(name, -3)
                        .flags(WRITE, BLOCKING)
                        .key(KeySpec.range(1, -2, 1, RW, ACCESS, DELETE))
                        .build(),
                context -> pops.single(context, end));
    }

    private void lmpop(CommandContext context) throws CommandException {
        Side side = parse(context.args(), 1);
        if (!popMany(context, side)) {
            context.reply().nilArray();
        }
    }

    private void blmpop(CommandContext context) throws CommandException {
        Side side = parse(context.args(), 2);
        long untilMillis = BlockTimeout.untilMillis(context, 1);
        if (!popMany(context, side)) {
            sources.block(context, untilMillis);
        }
    }

    private void single(CommandContext context, Side side) throws CommandException {
        int timeout = context.args().count() - 1;
        sources.range(1, timeout - 1);
        long untilMillis = BlockTimeout.untilMillis(context, timeout);
        int index = sources.find(context);
        if (index == 0) {
            sources.block(context, untilMillis);
            return;
        }
        Key key = context.write(index);
        Cell list = keys.find(key);
        context.reply().array(2);
        context.reply().bulk(context.args().bytes(index));
        Lists.seek(keys.cursor, list, side.edge());
        keys.replyElement(context.reply());
        keys.removeEnd(key, list, side, 1);
        context.replication().instead().command(side.pop, 1).arg(context.args().bytes(index));
    }

    private Side parse(Args args, int numkeysIndex) throws CommandException {
        Side side = Side.of(args, sources.parseNumkeys(args, numkeysIndex));
        sources.parseCount(args);
        return side;
    }

    private boolean popMany(CommandContext context, Side side) throws CommandException {
        int index = sources.find(context);
        if (index == 0) {
            return false;
        }
        Key key = context.write(index);
        Cell list = keys.find(key);
        long popped = Math.min(sources.count(), keys.lists.length(list));
        context.reply().array(2);
        context.reply().bulk(context.args().bytes(index));
        keys.replyEnd(context.reply(), list, side, popped);
        keys.removeEnd(key, list, side, popped);
        context.replication()
                .instead()
                .command(side.pop, 2)
                .arg(context.args().bytes(index))
                .arg(popped);
        return true;
    }
}
