// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.RW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.core.stream.store.Group;
import dev.sigrun.core.stream.store.Nack;
import dev.sigrun.core.stream.store.PendingEntries;
import dev.sigrun.core.stream.store.StreamId;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.reply.ReplyWriter;

/**
 * XCLAIM: gives entries that other consumers have had for long to a consumer. An entry that does
 * not exist any more is no longer pending. Owner thread only.
 */
final class ClaimCommand implements CommandHandler {
    private final Streams streams;
    private final ClaimOptions options;
    private final Claimant claimant;
    private final StreamId id = new StreamId();
    private long group;
    private long consumer;

    /** Whether replicas still have to be told up to which entry the group was served. */
    private boolean lastIdUntold;

    private ClaimCommand(Streams streams) {
        this.streams = streams;
        this.options = new ClaimOptions(streams.parser);
        this.claimant = new Claimant(streams);
    }

    static void register(Registrar registrar, Streams streams) {
        registrar.command(
                StreamCommands.command("XCLAIM", -6)
                        .flags(WRITE, FAST)
                        .key(KeySpec.at(1, RW, UPDATE))
                        .tips("nondeterministic_output")
                        .build(),
                new ClaimCommand(streams));
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        group = claimant.open(context);
        options.read(context);
        advanceGroup();
        consumer = claimant.consumer();
        ReplyWriter reply = context.reply();
        long mark = reply.deferredArray();
        int written = 0;
        for (int i = 0; i < options.ids().size(); i++) {
            options.ids().get(i, id);
            long nack = PendingEntries.find(group, id);
            if (!streams.hasEntry(claimant.root(), id)) {
                forget(context, i, nack);
            } else if (claim(context, i, nack)) {
                if (options.isJustId()) {
                    streams.writer.id(reply, id);
                } else {
                    streams.writer.single(reply, claimant.root(), id);
                }
                written++;
            }
        }
        reply.closeArray(mark, written);
        if (lastIdUntold) {
            claimant.propagation().groupId(group);
        }
        claimant.finish();
    }

    private void advanceGroup() {
        StreamId lastId = options.lastId();
        lastIdUntold = lastId.compareTo(Group.lastMs(group), Group.lastSeq(group)) > 0;
        if (lastIdUntold) {
            streams.groups.lastId(group, lastId.ms(), lastId.seq());
            claimant.changed();
        }
    }

    private void forget(CommandContext context, int index, long nack) {
        if (nack != 0) {
            propagate(context, index, nack);
            streams.pending.remove(group, id);
            claimant.changed();
        }
    }

    /** Gives an entry to the consumer, unless another one got it too recently. */
    private boolean claim(CommandContext context, int index, long found) {
        long nack = found;
        if (nack == 0) {
            if (!options.isForce()) {
                return false;
            }
            nack = streams.pending.add(group, consumer, id, context.nowMillis(), 1);
        } else {
            long idle = context.nowMillis() - Nack.time(nack);
            if (options.minIdle() != 0 && idle < options.minIdle()) {
                return false;
            }
            streams.pending.move(group, consumer, id, nack);
        }
        long count = options.retryCount();
        if (count < 0) {
            count = Nack.count(nack) + (options.isJustId() ? 0 : 1);
        }
        claimant.got(id, nack, options.time(), count);
        propagate(context, index, nack);
        return true;
    }

    private void propagate(CommandContext context, int index, long nack) {
        Bytes asGiven = context.args().bytes(options.idIndex(index));
        claimant.propagation().claim(group, nack, asGiven);
        // A claim says it as well.
        lastIdUntold = false;
    }
}
