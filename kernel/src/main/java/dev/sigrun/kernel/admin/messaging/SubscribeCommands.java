// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.messaging;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.LOADING;
import static dev.sigrun.spi.command.CommandFlag.MAY_REPLICATE;
import static dev.sigrun.spi.command.CommandFlag.NOSCRIPT;
import static dev.sigrun.spi.command.CommandFlag.PUBSUB;
import static dev.sigrun.spi.command.CommandFlag.STALE;

import dev.sigrun.kernel.admin.messaging.MessagingCommands.Handler;
import dev.sigrun.kernel.command.CommandErrors;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.pubsub.Kind;
import dev.sigrun.kernel.pubsub.PubSub;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;

/** SUBSCRIBE, PUBLISH and their kind. Owner thread only. */
final class SubscribeCommands {
    private static final CommandException NOT_IN_TRANSACTION =
            CommandException.of("SSUBSCRIBE isn't allowed for a DENY BLOCKING client");

    private final PubSub pubSub;

    SubscribeCommands(PubSub pubSub) {
        this.pubSub = pubSub;
    }

    void register(Registry registry) {
        add(registry, listening("subscribe", -2), at -> subscribe(at, Kind.CHANNEL));
        add(registry, listening("unsubscribe", -1), at -> unsubscribe(at, Kind.CHANNEL));
        add(registry, listening("psubscribe", -2), at -> subscribe(at, Kind.PATTERN));
        add(registry, listening("punsubscribe", -1), at -> unsubscribe(at, Kind.PATTERN));
        add(registry, ofShard(listening("ssubscribe", -2), -1), this::subscribeToShard);
        add(
                registry,
                ofShard(listening("sunsubscribe", -1), -1),
                at -> unsubscribe(at, Kind.SHARD));
        add(registry, publishing("publish"), this::publish);
        add(registry, ofShard(publishing("spublish"), 0), this::publishToShard);
    }

    private static void add(Registry registry, CommandSpec.Builder spec, Handler handler) {
        registry.add(Registry.KERNEL, spec.build(), handler.plain());
    }

    private static CommandSpec.Builder listening(String name, int arity) {
        return MessagingCommands.spec(name, arity, PUBSUB, NOSCRIPT, LOADING, STALE)
                .categories("pubsub");
    }

    private static CommandSpec.Builder publishing(String name) {
        return MessagingCommands.spec(name, 3, PUBSUB, LOADING, STALE, FAST, MAY_REPLICATE)
                .categories("pubsub");
    }

    /** Channels of shards are routed as keys are, but are none. */
    private static CommandSpec.Builder ofShard(CommandSpec.Builder spec, int last) {
        return spec.key(KeySpec.range(1, last, 1, KeySpec.Use.NOT_KEY));
    }

    /**
     * Subscribes. The confirmations are this command's replies, one for each name, although they
     * look like messages.
     */
    private void subscribe(Execution execution, Kind kind) throws CommandException {
        Args args = execution.args();
        if (!pubSub.room().hasRoom(args.count() - 1)) {
            throw CommandErrors.ALLOCATION_FAILED;
        }
        for (int i = 1; i < args.count(); i++) {
            pubSub.subscribe(execution.session(), kind, args.bytes(i), execution.replyBuffer());
        }
    }

    private void subscribeToShard(Execution execution) throws CommandException {
        if (execution.session().runsTransaction()) {
            throw NOT_IN_TRANSACTION;
        }
        subscribe(execution, Kind.SHARD);
    }

    private void unsubscribe(Execution execution, Kind kind) {
        Args args = execution.args();
        if (args.count() == 1) {
            pubSub.unsubscribeAll(execution.session(), kind, execution.replyBuffer());
        }
        for (int i = 1; i < args.count(); i++) {
            pubSub.unsubscribe(execution.session(), kind, args.bytes(i), execution.replyBuffer());
        }
    }

    private void publish(Execution execution) {
        Args args = execution.args();
        int receivers = pubSub.publish(args.bytes(1), args.bytes(2));
        execution.replication().verbatim();
        execution.reply().integer(receivers);
    }

    private void publishToShard(Execution execution) {
        Args args = execution.args();
        int receivers = pubSub.publishToShard(args.bytes(1), args.bytes(2));
        execution.replication().verbatim();
        execution.reply().integer(receivers);
    }
}
