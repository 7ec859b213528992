// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.type.Cell;

/** LPOS. Owner thread only; allocates nothing on the heap. */
final class LposCommand implements CommandHandler {
    private static final CommandException RANK_RANGE =
            CommandException.of(
                    "value is out of range, value must between "
                            + -Long.MAX_VALUE
                            + " and "
                            + Long.MAX_VALUE);
    private static final CommandException RANK_ZERO =
            CommandException.of(
                    "RANK can't be zero: use 1 to start from the first match, 2 from the second"
                            + " ... or use negative to start from the end of the list");
    private static final CommandException COUNT = CommandException.of("COUNT can't be negative");
    private static final CommandException MAXLEN = CommandException.of("MAXLEN can't be negative");
    private static final int FIRST_OPTION = 3;

    private final ListKeys keys;

    // The options of the command at hand.
    private long rank;
    private long count;
    private long lengthMax;
    private boolean isCounted;

    private LposCommand(ListKeys keys) {
        this.keys = keys;
    }

    static void register(Registrar registrar, ListKeys keys) {
        registrar.command(
                ListCommands.command("LPOS", -3)
                        .flags(READONLY)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .build(),
                new LposCommand(keys));
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        parse(context.args());
        Cell list = keys.find(context.read(1));
        if (list == null && isCounted) {
            context.reply().array(0);
        } else if (list == null) {
            context.reply().nil();
        } else {
            search(context, list);
        }
    }

    private void parse(Args args) throws CommandException {
        rank = 1;
        count = 1;
        lengthMax = 0;
        isCounted = false;
        for (int at = FIRST_OPTION; at < args.count(); at += 2) {
            if (at + 1 == args.count()) {
                throw CommandException.SYNTAX;
            }
            if (args.is(at, "RANK")) {
                rank = rank(args, at + 1);
            } else if (args.is(at, "COUNT")) {
                count = args.longAt(at + 1, 0, Long.MAX_VALUE, COUNT);
                isCounted = true;
            } else if (args.is(at, "MAXLEN")) {
                lengthMax = args.longAt(at + 1, 0, Long.MAX_VALUE, MAXLEN);
            } else {
                throw CommandException.SYNTAX;
            }
        }
    }

    private static long rank(Args args, int index) throws CommandException {
        long rank = args.longAt(index);
        if (rank == Long.MIN_VALUE) {
            throw RANK_RANGE;
        }
        if (rank == 0) {
            throw RANK_ZERO;
        }
        return rank;
    }

    private void search(CommandContext context, Cell list) {
        Bytes element = context.args().bytes(2);
        keys.sought.wrap(element.address(), element.length());
        boolean forward = rank > 0;
        long toSkip = Math.abs(rank) - 1;
        long length = keys.lists.length(list);
        long toLook = lengthMax == 0 ? length : Math.min(length, lengthMax);
        long mark = isCounted ? context.reply().deferredArray() : 0;
        int found = 0;
        boolean there = Lists.seek(keys.cursor, list, forward ? 0 : -1);
        for (long at = 0; there && at < toLook; at++) {
            if (keys.cursor.matches(keys.sought) && --toSkip < 0) {
                context.reply().integer(forward ? at : length - at - 1);
                found++;
                if (found == count) {
                    break;
                }
            }
            there = forward ? keys.cursor.next() : keys.cursor.previous();
        }
        if (isCounted) {
            context.reply().closeArray(mark, found);
        } else if (found == 0) {
            context.reply().nil();
        }
    }
}
