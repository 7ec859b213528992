// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import static dev.sigrun.spi.command.CommandFlag.BLOCKING;
import static dev.sigrun.spi.command.CommandFlag.FAST;
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

/**
 * ZMPOP, BZMPOP, BZPOPMIN and BZPOPMAX, which take from the first key that has something; those
 * with a B wait until one has. They replicate as ZPOPMIN or ZPOPMAX of that key. Owner thread only.
 */
final class MultiPops {
    private final SortedSetKeys keys;

    private final PopKeys sources;

    MultiPops(SortedSetKeys keys) {
        this.keys = keys;
        this.sources = new PopKeys(keys.type);
    }

    void register(Registrar registrar) {
        registrar.command(
                SortedSetCommands.command("ZMPOP", -4)
                        .flags(WRITE, MOVABLEKEYS)
                        .key(KeySpec.counted(1, 1, 1, RW, ACCESS, DELETE))
                        .build(),
                this::zmpop);
        registrar.command(
                SortedSetCommands.command("BZMPOP", -5)
                        .flags(WRITE, BLOCKING, MOVABLEKEYS)
                        .key(KeySpec.counted(2, 1, 1, RW, ACCESS, DELETE))
                        .build(),
                this::bzmpop);
        for (End popped : End.values()) {
            registrar.command(
                    SortedSetCommands.command("B" + popped.pop, -3)
                            .flags(WRITE, FAST, BLOCKING)
                            .key(KeySpec.range(1, -2, 1, RW, ACCESS, DELETE))
                            .build(),
                    context -> single(context, popped));
        }
    }

    private void zmpop(CommandContext context) throws CommandException {
        End end = parse(context.args(), 1);
        if (!popMany(context, end)) {
            context.reply().nilArray();
        }
    }

    private void bzmpop(CommandContext context) throws CommandException {
        End end = parse(context.args(), 2);
        long untilMillis = BlockTimeout.untilMillis(context, 1);
        if (!popMany(context, end)) {
            sources.block(context, untilMillis);
        }
    }

    private void single(CommandContext context, End popped) throws CommandException {
        int timeout = context.args().count() - 1;
        sources.range(1, timeout - 1);
        long untilMillis = BlockTimeout.untilMillis(context, timeout);
        int index = sources.find(context);
        if (index == 0) {
            sources.block(context, untilMillis);
            return;
        }
        context.reply().array(3);
        context.reply().bulk(context.args().bytes(index));
        Pops.pop(keys, context.reply(), context.write(index), popped, 1, false);
        context.replication().instead().command(popped.pop, 1).arg(context.args().bytes(index));
    }

    private End parse(Args args, int numkeysIndex) throws CommandException {
        End end = End.of(args, sources.parseNumkeys(args, numkeysIndex));
        sources.parseCount(args);
        return end;
    }

    private boolean popMany(CommandContext context, End end) throws CommandException {
        int index = sources.find(context);
        if (index == 0) {
            return false;
        }
        Key key = context.write(index);
        long popped = Math.min(sources.count(), SortedSets.size(keys.find(key)));
        context.reply().array(2);
        context.reply().bulk(context.args().bytes(index));
        context.reply().array((int) popped);
        Pops.pop(keys, context.reply(), key, end, popped, true);
        context.replication()
                .instead()
                .command(end.pop, 2)
                .arg(context.args().bytes(index))
                .arg(popped);
        return true;
    }
}
