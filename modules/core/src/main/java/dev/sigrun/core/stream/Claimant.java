// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import dev.sigrun.core.stream.store.StreamId;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;

/**
 * The consumer for whom XCLAIM or XAUTOCLAIM runs, found or made by its name, and what both do for
 * it. Owner thread only.
 */
final class Claimant {
    private static final int GROUP_INDEX = 2;
    private static final int CONSUMER_INDEX = 3;

    private final Streams streams;
    private final Propagation propagation = new Propagation();
    private CommandContext context;
    private Key key;
    private long group;
    private long consumer;
    private boolean changed;

    Claimant(Streams streams) {
        this.streams = streams;
    }

    /** Finds the group that the arguments name. */
    long open(CommandContext newContext) throws CommandException {
        context = newContext;
        Args args = context.args();
        key = context.read(1);
        long root = streams.root(key);
        group = root == 0 ? 0 : streams.groups.find(root, args.bytes(GROUP_INDEX));
        if (group == 0) {
            throw StreamErrors.noGroup(args.bytes(1), args.bytes(GROUP_INDEX));
        }
        propagation.open(context.replication(), args.bytes(1), args.bytes(GROUP_INDEX));
        changed = false;
        return group;
    }

    /** The stream. */
    long root() throws CommandException {
        return streams.root(key);
    }

    /** Finds the consumer or makes it; to be called when nothing can be refused any more. */
    long consumer() {
        Bytes name = context.args().bytes(CONSUMER_INDEX);
        consumer = streams.groups.findConsumer(group, name);
        if (consumer == 0) {
            consumer = streams.groups.createConsumer(group, name, context.nowMillis());
            changed = true;
            Streams.notify(key, "xgroup-createconsumer");
        }
        streams.groups.seen(group, consumer, context.nowMillis());
        return consumer;
    }

    /** Notes that the consumer has got an entry. */
    void got(StreamId id, long nack, long time, long count) {
        streams.pending.delivered(group, id, nack, time, count);
        streams.groups.active(group, consumer, context.nowMillis());
        changed = true;
    }

    /** Notes a change of other kinds. */
    void changed() {
        changed = true;
    }

    /** Says what claims replicate as. */
    Propagation propagation() {
        return propagation;
    }

    /** Ends the claims; what they replicate as is said before this or never. */
    void finish() {
        if (changed) {
            key.countChange();
            context.replication().nothing();
        }
    }
}
