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
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.command.Wait;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.type.Cell;

/**
 * ZMPOP, BZMPOP, BZPOPMIN and BZPOPMAX, which take from the first key that has something; those
 * with a B wait until one has. They replicate as ZPOPMIN or ZPOPMAX of that key. Owner thread only.
 */
final class MultiPops {
    private static final CommandException NUMKEYS =
            CommandException.of("numkeys should be greater than 0");
    private static final CommandException COUNT =
            CommandException.of("count should be greater than 0");

    private final SortedSetKeys keys;

    // What the command at hand asks for.
    private int firstKey;
    private int lastKey;
    private End end;
    private long count;

    MultiPops(SortedSetKeys keys) {
        this.keys = keys;
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
        parse(context.args(), 1);
        if (!popMany(context)) {
            context.reply().nilArray();
        }
    }

    private void bzmpop(CommandContext context) throws CommandException {
        parse(context.args(), 2);
        long untilMillis = BlockTimeout.untilMillis(context, 1);
        if (!popMany(context)) {
            block(context, untilMillis);
        }
    }

    private void single(CommandContext context, End popped) throws CommandException {
        firstKey = 1;
        lastKey = context.args().count() - 2;
        long untilMillis = BlockTimeout.untilMillis(context, lastKey + 1);
        int index = firstWithSet(context);
        if (index == 0) {
            block(context, untilMillis);
            return;
        }
        context.reply().array(3);
        context.reply().bulk(context.args().bytes(index));
        Pops.pop(keys, context.reply(), context.write(index), popped, 1, false);
        context.replication().instead().command(popped.pop, 1).arg(context.args().bytes(index));
    }

    private void block(CommandContext context, long untilMillis) {
        int[] positions = new int[lastKey - firstKey + 1];
        for (int index = 0; index < positions.length; index++) {
            positions[index] = firstKey + index;
        }
        context.block(Wait.keys(keys.type, positions).until(untilMillis).build());
    }

    private void parse(Args args, int numkeysIndex) throws CommandException {
        long numkeys = args.longAt(numkeysIndex, 1, Long.MAX_VALUE, NUMKEYS);
        firstKey = numkeysIndex + 1;
        if (numkeys >= args.count() - firstKey) {
            throw CommandException.SYNTAX;
        }
        lastKey = numkeysIndex + (int) numkeys;
        end = End.of(args, lastKey + 1);
        count = 0;
        for (int at = lastKey + 2; at < args.count(); at += 2) {
            if (count != 0 || at + 1 == args.count() || !args.is(at, "COUNT")) {
                throw CommandException.SYNTAX;
            }
            count = args.longAt(at + 1, 1, Long.MAX_VALUE, COUNT);
        }
        count = Math.max(1, count);
    }

    private boolean popMany(CommandContext context) throws CommandException {
        int index = firstWithSet(context);
        if (index == 0) {
            return false;
        }
        Key key = context.write(index);
        long popped = Math.min(count, SortedSets.size(keys.find(key)));
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

    /** Position of the first key that holds a sorted set, or 0. */
    private int firstWithSet(CommandContext context) throws CommandException {
        for (int index = firstKey; index <= lastKey; index++) {
            Cell cell = keys.find(context.write(index));
            if (cell != null) {
                return index;
            }
        }
        return 0;
    }
}
