// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;
import static dev.sigrun.spi.command.KeySpec.Use.RW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.core.stream.store.Consumer;
import dev.sigrun.core.stream.store.Group;
import dev.sigrun.core.stream.store.Nack;
import dev.sigrun.core.stream.store.NameCursor;
import dev.sigrun.core.stream.store.StreamId;
import dev.sigrun.memory.idmap.IdCursor;
import dev.sigrun.memory.idmap.IdMap;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.reply.ReplyWriter;

/**
 * XACK and XPENDING: that consumers are done with entries, and which they still have. Owner thread
 * only.
 */
final class PendingCommands {
    private static final int SUMMARY_ARGS = 3;
    private static final int RANGE_ARGS_MIN = 6;
    private static final int RANGE_ARGS_MAX = 9;

    private final Streams streams;
    private final IdList ids = new IdList();
    private final StreamId id = new StreamId();
    private final StreamId start = new StreamId();
    private final StreamId end = new StreamId();
    private final IdCursor pending = new IdCursor();
    private final NameCursor names = new NameCursor();
    private long minIdle;
    private long count;
    private int consumerIndex;

    private PendingCommands(Streams streams) {
        this.streams = streams;
    }

    static void register(Registrar registrar, Streams streams) {
        PendingCommands commands = new PendingCommands(streams);
        registrar.command(
                StreamCommands.command("XACK", -4)
                        .flags(WRITE, FAST)
                        .key(KeySpec.at(1, RW, UPDATE))
                        .build(),
                commands::acknowledge);
        registrar.command(
                StreamCommands.command("XPENDING", -3)
                        .flags(READONLY)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .tips("nondeterministic_output")
                        .build(),
                commands::pending);
    }

    private void acknowledge(CommandContext context) throws CommandException {
        Args args = context.args();
        Key key = context.read(1);
        long root = streams.root(key);
        long group = root == 0 ? 0 : streams.groups.find(root, args.bytes(2));
        if (group == 0) {
            context.reply().integer(0);
            return;
        }
        ids.read(args, 3, streams.parser);
        int acknowledged = 0;
        for (int i = 0; i < ids.size(); i++) {
            if (streams.pending.remove(group, ids.get(i, id))) {
                acknowledged++;
            }
        }
        if (acknowledged > 0) {
            key.countChange();
            context.replication().verbatim();
        }
        context.reply().integer(acknowledged);
    }

    private void pending(CommandContext context) throws CommandException {
        Args args = context.args();
        boolean summary = args.count() == SUMMARY_ARGS;
        if (!summary && (args.count() < RANGE_ARGS_MIN || args.count() > RANGE_ARGS_MAX)) {
            throw CommandException.SYNTAX;
        }
        if (!summary) {
            readRange(args);
        }
        long root = streams.root(context.read(1));
        long group = root == 0 ? 0 : streams.groups.find(root, args.bytes(2));
        if (group == 0) {
            throw StreamErrors.noGroup(args.bytes(1), args.bytes(2));
        }
        if (summary) {
            summary(context.reply(), group);
        } else {
            range(context, group);
        }
    }

    private void readRange(Args args) throws CommandException {
        int first = SUMMARY_ARGS;
        minIdle = 0;
        if (args.is(first, "IDLE")) {
            minIdle = args.longAt(first + 1);
            first += 2;
            if (args.count() < first + SUMMARY_ARGS) {
                throw CommandException.SYNTAX;
            }
        }
        count = Math.max(args.longAt(first + 2), 0);
        streams.parser.readStart(args.bytes(first), start);
        streams.parser.readEnd(args.bytes(first + 1), end);
        consumerIndex = first + 3 < args.count() ? first + 3 : 0;
    }

    private void summary(ReplyWriter reply, long group) {
        long map = Group.pending(group);
        reply.array(4);
        reply.integer(IdMap.size(map));
        if (!pending.first(map)) {
            reply.nil();
            reply.nil();
            reply.nilArray();
            return;
        }
        streams.writer.id(reply, pending.ms(), pending.seq());
        pending.last(map);
        streams.writer.id(reply, pending.ms(), pending.seq());
        long mark = reply.deferredArray();
        int written = 0;
        names.consumers(group);
        for (long consumer = names.next(); consumer != 0; consumer = names.next()) {
            long size = IdMap.size(Consumer.pending(consumer));
            if (size > 0) {
                reply.array(2);
                reply.bulk(Consumer.name(consumer), Consumer.nameLength(consumer));
                reply.bulk(size);
                written++;
            }
        }
        reply.closeArray(mark, written);
    }

    private void range(CommandContext context, long group) {
        ReplyWriter reply = context.reply();
        long map = Group.pending(group);
        if (consumerIndex > 0) {
            long consumer = streams.groups.findConsumer(group, context.args().bytes(consumerIndex));
            if (consumer == 0) {
                reply.array(0);
                return;
            }
            map = Consumer.pending(consumer);
        }
        long mark = reply.deferredArray();
        int written = 0;
        boolean more = pending.atLeast(map, start.ms(), start.seq());
        while (more && written < count && end.compareTo(pending.ms(), pending.seq()) >= 0) {
            long nack = pending.value();
            long idle = context.nowMillis() - Nack.time(nack);
            if (minIdle == 0 || idle >= minIdle) {
                entry(reply, nack, Math.max(idle, 0));
                written++;
            }
            more = pending.next();
        }
        reply.closeArray(mark, written);
    }

    private void entry(ReplyWriter reply, long nack, long idle) {
        long consumer = Nack.consumer(nack);
        reply.array(4);
        streams.writer.id(reply, pending.ms(), pending.seq());
        reply.bulk(Consumer.name(consumer), Consumer.nameLength(consumer));
        reply.integer(idle);
        reply.integer(Nack.count(nack));
    }
}
