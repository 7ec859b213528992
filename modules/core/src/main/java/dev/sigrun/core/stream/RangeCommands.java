// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;

import dev.sigrun.core.stream.store.StreamId;
import dev.sigrun.core.stream.store.StreamRoot;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;

/** XLEN, XRANGE and XREVRANGE. Owner thread only. */
final class RangeCommands {
    private static final int FIRST_OPTION = 4;
    private static final long ALL = -1;

    private final Streams streams;
    private final StreamId start = new StreamId();
    private final StreamId end = new StreamId();

    private RangeCommands(Streams streams) {
        this.streams = streams;
    }

    static void register(Registrar registrar, Streams streams) {
        RangeCommands commands = new RangeCommands(streams);
        registrar.command(
                StreamCommands.command("XLEN", 2)
                        .flags(READONLY, FAST)
                        .key(KeySpec.at(1, RO))
                        .build(),
                commands::length);
        registrar.command(
                StreamCommands.command("XRANGE", -4)
                        .flags(READONLY)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .build(),
                context -> commands.range(context, 2, 3, false));
        registrar.command(
                StreamCommands.command("XREVRANGE", -4)
                        .flags(READONLY)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .build(),
                context -> commands.range(context, 3, 2, true));
    }

    private void length(CommandContext context) throws CommandException {
        long root = streams.root(context.read(1));
        context.reply().integer(root == 0 ? 0 : StreamRoot.length(root));
    }

    private void range(CommandContext context, int startAt, int endAt, boolean backwards)
            throws CommandException {
        Args args = context.args();
        streams.parser.readStart(args.bytes(startAt), start);
        streams.parser.readEnd(args.bytes(endAt), end);
        long count = readCount(args);
        long root = streams.root(context.read(1));
        if (root == 0) {
            context.reply().array(0);
        } else if (count == 0) {
            context.reply().nilArray();
        } else {
            streams.writer.all(
                    context.reply(),
                    streams.range(root, start, end, backwards),
                    Math.max(count, 0));
        }
    }

    private static long readCount(Args args) throws CommandException {
        long count = ALL;
        for (int i = FIRST_OPTION; i < args.count(); i += 2) {
            if (!args.is(i, "COUNT") || i + 1 == args.count()) {
                throw CommandException.SYNTAX;
            }
            count = Math.max(args.longAt(i + 1), 0);
        }
        return count;
    }
}
