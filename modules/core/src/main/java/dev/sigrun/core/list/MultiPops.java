// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import static dev.sigrun.spi.command.CommandFlag.BLOCKING;
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
 * LMPOP, BLMPOP, BLPOP and BRPOP, which take from the first key that has something; those with a B
 * wait until one has. They replicate as LPOP or RPOP of that key. Owner thread only.
 */
final class MultiPops {
    private static final CommandException NUMKEYS =
            CommandException.of("numkeys should be greater than 0");
    private static final CommandException COUNT =
            CommandException.of("count should be greater than 0");

    private final ListKeys keys;

    // What the command at hand asks for.
    private int firstKey;
    private int lastKey;
    private Side side;
    private long count;

    private MultiPops(ListKeys keys) {
        this.keys = keys;
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
        parse(context.args(), 1);
        if (!popMany(context)) {
            context.reply().nilArray();
        }
    }

    private void blmpop(CommandContext context) throws CommandException {
        parse(context.args(), 2);
        long untilMillis = BlockTimeout.untilMillis(context, 1);
        if (!popMany(context)) {
            block(context, untilMillis);
        }
    }

    private void single(CommandContext context, Side end) throws CommandException {
        firstKey = 1;
        lastKey = context.args().count() - 2;
        side = end;
        long untilMillis = BlockTimeout.untilMillis(context, lastKey + 1);
        int index = firstWithList(context);
        if (index == 0) {
            block(context, untilMillis);
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
        side = Side.of(args, lastKey + 1);
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
        int index = firstWithList(context);
        if (index == 0) {
            return false;
        }
        Key key = context.write(index);
        Cell list = keys.find(key);
        long popped = Math.min(count, keys.lists.length(list));
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

    /** Position of the first key that holds a list, or 0. */
    private int firstWithList(CommandContext context) throws CommandException {
        for (int index = firstKey; index <= lastKey; index++) {
            if (keys.find(context.write(index)) != null) {
                return index;
            }
        }
        return 0;
    }
}
