// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.DELETE;
import static dev.sigrun.spi.command.KeySpec.Use.RW;

import dev.sigrun.core.stream.store.Group;
import dev.sigrun.core.stream.store.Nack;
import dev.sigrun.core.stream.store.StreamId;
import dev.sigrun.memory.idmap.IdCursor;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.reply.ReplyWriter;

/**
 * XAUTOCLAIM: goes through what the consumers of a group have, from an identifier on, and gives
 * what nobody has looked at for long to a consumer. Owner thread only.
 */
final class AutoclaimCommand implements CommandHandler {
    private static final int FIRST_OPTION = 6;
    private static final long COUNT_USUAL = 100;

    /** Entries looked at for each one that is asked for. */
    private static final long ATTEMPTS_FACTOR = 10;

    private static final long COUNT_MAX = Long.MAX_VALUE / 16;

    private final Streams streams;
    private final Claimant claimant;
    private final IdList claimed = new IdList();
    private final IdList deleted = new IdList();
    private final StreamId start = new StreamId();
    private final StreamId id = new StreamId();
    private final IdCursor pending = new IdCursor();
    private long minIdle;
    private long count;
    private boolean justId;

    private AutoclaimCommand(Streams streams) {
        this.streams = streams;
        this.claimant = new Claimant(streams);
    }

    static void register(Registrar registrar, Streams streams) {
        registrar.command(
                StreamCommands.command("XAUTOCLAIM", -6)
                        .flags(WRITE, FAST)
                        .key(KeySpec.at(1, RW, DELETE))
                        .tips("nondeterministic_output")
                        .build(),
                new AutoclaimCommand(streams));
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        readOptions(context.args());
        long group = claimant.open(context);
        claim(context, group, claimant.consumer());
        claimant.finish();
        reply(context.reply());
    }

    private void readOptions(Args args) throws CommandException {
        CommandException badIdle = StreamErrors.badMinIdle("XAUTOCLAIM");
        minIdle = Math.max(args.longAt(4, Long.MIN_VALUE, Long.MAX_VALUE, badIdle), 0);
        streams.parser.readStart(args.bytes(5), start);
        count = COUNT_USUAL;
        justId = false;
        int at = FIRST_OPTION;
        while (at < args.count()) {
            if (args.is(at, "COUNT") && at + 1 < args.count()) {
                at++;
                count = args.longAt(at, 1, COUNT_MAX, StreamErrors.COUNT_NOT_POSITIVE);
            } else if (args.is(at, "JUSTID")) {
                justId = true;
            } else {
                throw CommandException.SYNTAX;
            }
            at++;
        }
    }

    /** Goes through the entries, and leaves the cursor on the one to go on with. */
    private void claim(CommandContext context, long group, long consumer) throws CommandException {
        claimed.clear();
        deleted.clear();
        long map = Group.pending(group);
        long left = count;
        long attempts = count * ATTEMPTS_FACTOR;
        boolean more = pending.atLeast(map, start.ms(), start.seq());
        while (more && left > 0 && attempts > 0) {
            attempts--;
            long nack = pending.value();
            id.set(pending.ms(), pending.seq());
            if (!streams.hasEntry(claimant.root(), id)) {
                claimant.propagation().claim(group, nack, id);
                streams.pending.remove(group, id);
                claimant.changed();
                deleted.add(id);
                left--;
                more = pending.atLeast(map, id.ms(), id.seq());
                continue;
            }
            if (minIdle == 0 || context.nowMillis() - Nack.time(nack) >= minIdle) {
                streams.pending.move(group, consumer, id, nack);
                long deliveries = Nack.count(nack) + (justId ? 0 : 1);
                claimant.got(id, nack, context.nowMillis(), deliveries);
                claimant.propagation().claim(group, nack, id);
                claimed.add(id);
                left--;
            }
            more = pending.next();
        }
    }

    private void reply(ReplyWriter reply) throws CommandException {
        reply.array(3);
        if (pending.isOnEntry()) {
            streams.writer.id(reply, pending.ms(), pending.seq());
        } else {
            streams.writer.id(reply, 0, 0);
        }
        reply.array(claimed.size());
        for (int i = 0; i < claimed.size(); i++) {
            claimed.get(i, id);
            if (justId) {
                streams.writer.id(reply, id);
            } else {
                streams.writer.single(reply, claimant.root(), id);
            }
        }
        reply.array(deleted.size());
        for (int i = 0; i < deleted.size(); i++) {
            streams.writer.id(reply, deleted.get(i, id));
        }
    }
}
