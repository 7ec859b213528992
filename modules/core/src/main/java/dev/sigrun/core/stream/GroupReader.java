// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import dev.sigrun.core.stream.store.Consumer;
import dev.sigrun.core.stream.store.EntryCursor;
import dev.sigrun.core.stream.store.Nack;
import dev.sigrun.core.stream.store.PendingEntries;
import dev.sigrun.core.stream.store.StreamId;
import dev.sigrun.memory.idmap.IdCursor;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.reply.ReplyWriter;

/**
 * Reads one stream for a consumer of a group: what is new, which the consumer then has, or what it
 * already has. Owner thread only.
 */
final class GroupReader {
    private final Streams streams;
    private final Propagation propagation = new Propagation();
    private final EntryCursor entries = new EntryCursor();
    private final IdCursor pending = new IdCursor();
    private final StreamId id = new StreamId();
    private final StreamId highest = new StreamId().set(-1, -1);
    private CommandContext context;
    private Key key;
    private long group;
    private long consumer;

    GroupReader(Streams streams) {
        this.streams = streams;
    }

    /** Begins to read a stream. */
    void open(CommandContext newContext, Key newKey, Bytes groupName, long newGroup) {
        context = newContext;
        key = newKey;
        group = newGroup;
        propagation.open(context.replication(), key.name(), groupName);
    }

    /**
     * Finds the consumer, or makes it.
     *
     * @param noAck whether nothing but the consumer itself will tell replicas that there is one
     */
    void consumer(Bytes name, boolean noAck) {
        consumer = streams.groups.findConsumer(group, name);
        if (consumer == 0) {
            consumer = streams.groups.createConsumer(group, name, context.nowMillis());
            changed();
            Streams.notify(key, "xgroup-createconsumer");
            if (noAck) {
                propagation.consumer(name);
            }
        }
        streams.groups.seen(group, consumer, context.nowMillis());
    }

    private void changed() {
        key.countChange();
        context.replication().nothing();
    }

    /** Delivers what is new from an identifier on. */
    void news(StreamId start, long count, boolean noAck) throws CommandException {
        ReplyWriter reply = context.reply();
        long root = streams.root(key);
        changed();
        long mark = reply.deferredArray();
        int written = 0;
        entries.open(root, start, highest, false);
        while ((count == 0 || written < count) && entries.next()) {
            id.set(entries.ms(), entries.seq());
            streams.writer.entry(reply, entries);
            // Where there is no memory for it, the entry still counts as not delivered.
            long nack = noAck ? 0 : deliver();
            streams.groups.advance(root, group, id);
            if (!noAck) {
                propagation.claim(group, nack, id);
            }
            written++;
        }
        reply.closeArray(mark, written);
        if (written > 0) {
            propagation.groupId(group);
        }
    }

    /** Gives the entry to the consumer, even if another one has it since the group went back. */
    private long deliver() {
        long now = context.nowMillis();
        long nack = PendingEntries.find(group, id);
        if (nack == 0) {
            nack = streams.pending.add(group, consumer, id, now, 1);
        } else {
            streams.pending.move(group, consumer, id, nack);
            streams.pending.delivered(group, id, nack, now, 1);
        }
        streams.groups.active(group, consumer, now);
        return nack;
    }

    /** Delivers again what the consumer has from an identifier on. */
    void history(StreamId start, long count) throws CommandException {
        ReplyWriter reply = context.reply();
        long root = streams.root(key);
        changed();
        long mark = reply.deferredArray();
        int written = 0;
        boolean more = pending.atLeast(Consumer.pending(consumer), start.ms(), start.seq());
        while (more && (count == 0 || written < count)) {
            id.set(pending.ms(), pending.seq());
            if (streams.writer.single(reply, root, id)) {
                long nack = pending.value();
                streams.pending.delivered(
                        group, id, nack, context.nowMillis(), Nack.count(nack) + 1);
            } else {
                // The entry is gone, but nobody has said so to the group.
                reply.array(2);
                streams.writer.id(reply, id);
                reply.nilArray();
            }
            written++;
            more = pending.next();
        }
        reply.closeArray(mark, written);
    }
}
