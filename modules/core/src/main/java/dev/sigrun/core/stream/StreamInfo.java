// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import dev.sigrun.core.stream.store.Consumer;
import dev.sigrun.core.stream.store.Group;
import dev.sigrun.core.stream.store.Groups;
import dev.sigrun.core.stream.store.Nack;
import dev.sigrun.core.stream.store.NameCursor;
import dev.sigrun.core.stream.store.StreamId;
import dev.sigrun.core.stream.store.StreamRoot;
import dev.sigrun.memory.idmap.IdCursor;
import dev.sigrun.memory.idmap.IdMap;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.reply.ReplyWriter;

/** XINFO STREAM: a stream's numbers, or with FULL also what is in it. Owner thread only. */
final class StreamInfo implements CommandHandler {
    private static final long COUNT_USUAL = 10;
    private static final int PLAIN_ARGS = 3;

    private final Streams streams;
    private final NameCursor groups = new NameCursor();
    private final NameCursor consumers = new NameCursor();
    private final IdCursor pending = new IdCursor();
    private final StreamId lowest = new StreamId();
    private final StreamId highest = new StreamId().set(-1, -1);

    StreamInfo(Streams streams) {
        this.streams = streams;
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        long root = streams.root(context.read(2));
        if (root == 0) {
            throw CommandException.NO_SUCH_KEY;
        }
        boolean full = context.args().count() > PLAIN_ARGS;
        long count = full ? readCount(context.args()) : 0;
        ReplyWriter reply = context.reply();
        reply.map(full ? 9 : 10);
        numbers(reply, root);
        if (full) {
            reply.bulk("entries");
            streams.writer.all(reply, streams.range(root, lowest, highest, false), count);
            groups(reply, root, count);
        } else {
            reply.bulk("groups");
            reply.integer(Groups.count(root));
            edges(reply, root);
        }
    }

    private static long readCount(Args args) throws CommandException {
        boolean withCount = args.count() == PLAIN_ARGS + 3;
        if ((!withCount && args.count() != PLAIN_ARGS + 1)
                || !args.is(PLAIN_ARGS, "FULL")
                || (withCount && !args.is(PLAIN_ARGS + 1, "COUNT"))) {
            throw StreamErrors.subcommandSyntax(args.bytes(0), args.bytes(1));
        }
        long count = withCount ? args.longAt(PLAIN_ARGS + 2) : COUNT_USUAL;
        return count < 0 ? COUNT_USUAL : count;
    }

    private void numbers(ReplyWriter reply, long root) {
        long nodes = IdMap.size(StreamRoot.nodes(root));
        reply.bulk("length");
        reply.integer(StreamRoot.length(root));
        reply.bulk("radix-tree-keys");
        reply.integer(nodes);
        // There is no radix tree here. A top and what hangs on it is what most streams have there.
        reply.bulk("radix-tree-nodes");
        reply.integer(nodes + 1);
        reply.bulk("last-generated-id");
        streams.writer.id(reply, StreamRoot.lastMs(root), StreamRoot.lastSeq(root));
        reply.bulk("max-deleted-entry-id");
        streams.writer.id(reply, StreamRoot.deletedMs(root), StreamRoot.deletedSeq(root));
        reply.bulk("entries-added");
        reply.integer(StreamRoot.added(root));
        reply.bulk("recorded-first-entry-id");
        streams.writer.id(reply, StreamRoot.firstMs(root), StreamRoot.firstSeq(root));
    }

    private void edges(ReplyWriter reply, long root) {
        reply.bulk("first-entry");
        if (!streams.writer.first(reply, root, lowest, highest, false)) {
            reply.nil();
        }
        reply.bulk("last-entry");
        if (!streams.writer.first(reply, root, lowest, highest, true)) {
            reply.nil();
        }
    }

    private void groups(ReplyWriter reply, long root, long count) {
        reply.bulk("groups");
        reply.array(Groups.count(root));
        groups.groups(root);
        for (long group = groups.next(); group != 0; group = groups.next()) {
            reply.map(7);
            reply.bulk("name");
            reply.bulk(Group.name(group), Group.nameLength(group));
            reply.bulk("last-delivered-id");
            streams.writer.id(reply, Group.lastMs(group), Group.lastSeq(group));
            InfoCommands.progress(reply, root, group);
            pending(reply, Group.pending(group), count, true);
            consumers(reply, group, count);
        }
    }

    private void consumers(ReplyWriter reply, long group, long count) {
        reply.bulk("consumers");
        reply.array(Groups.consumerCount(group));
        consumers.consumers(group);
        for (long one = consumers.next(); one != 0; one = consumers.next()) {
            reply.map(5);
            reply.bulk("name");
            reply.bulk(Consumer.name(one), Consumer.nameLength(one));
            reply.bulk("seen-time");
            reply.integer(Consumer.seenMillis(one));
            reply.bulk("active-time");
            reply.integer(Consumer.activeMillis(one));
            pending(reply, Consumer.pending(one), count, false);
        }
    }

    /** Writes how many entries are pending, and the first of them. */
    private void pending(ReplyWriter reply, long map, long count, boolean withConsumer) {
        reply.bulk("pel-count");
        reply.integer(IdMap.size(map));
        reply.bulk("pending");
        long mark = reply.deferredArray();
        int written = 0;
        boolean more = pending.first(map);
        while (more && (count == 0 || written < count)) {
            long nack = pending.value();
            reply.array(withConsumer ? 4 : 3);
            streams.writer.id(reply, pending.ms(), pending.seq());
            if (withConsumer) {
                long consumer = Nack.consumer(nack);
                reply.bulk(Consumer.name(consumer), Consumer.nameLength(consumer));
            }
            reply.integer(Nack.time(nack));
            reply.integer(Nack.count(nack));
            written++;
            more = pending.next();
        }
        reply.closeArray(mark, written);
    }
}
