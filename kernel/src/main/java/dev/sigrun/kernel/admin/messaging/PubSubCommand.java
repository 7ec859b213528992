// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.messaging;

import static dev.sigrun.spi.command.CommandFlag.LOADING;
import static dev.sigrun.spi.command.CommandFlag.PUBSUB;
import static dev.sigrun.spi.command.CommandFlag.STALE;

import dev.sigrun.kernel.admin.messaging.MessagingCommands.Handler;
import dev.sigrun.kernel.admin.server.Help;
import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.CommandErrors;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.pubsub.Kind;
import dev.sigrun.kernel.pubsub.PubSub;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.GlobPattern;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** PUBSUB: who listens to what. Owner thread only. */
final class PubSubCommand {
    private final PubSub pubSub;

    PubSubCommand(PubSub pubSub) {
        this.pubSub = pubSub;
    }

    void register(Registry registry) {
        Command container =
                registry.add(Registry.KERNEL, MessagingCommands.spec("pubsub", -2).build(), null);
        add(registry, container, "channels", -2, at -> names(at, Kind.CHANNEL));
        add(registry, container, "numpat", 2, this::patterns);
        add(registry, container, "numsub", -2, at -> listeners(at, Kind.CHANNEL));
        add(registry, container, "shardchannels", -2, at -> names(at, Kind.SHARD));
        add(registry, container, "shardnumsub", -2, at -> listeners(at, Kind.SHARD));
        registry.addSubcommand(
                Registry.KERNEL,
                container,
                MessagingCommands.spec("help", 2, LOADING, STALE).build(),
                new Help(
                        "pubsub",
                        "CHANNELS [<pattern>]",
                        "    The channels that somebody listens to.",
                        "NUMPAT",
                        "    Number of patterns that somebody listens to.",
                        "NUMSUB [<channel> ...]",
                        "    How many listen to each channel, patterns aside.",
                        "SHARDCHANNELS [<pattern>]",
                        "    The shard channels that somebody listens to.",
                        "SHARDNUMSUB [<shardchannel> ...]",
                        "    How many listen to each shard channel."));
    }

    private static void add(
            Registry registry, Command container, String name, int arity, Handler handler) {
        registry.addSubcommand(
                Registry.KERNEL,
                container,
                MessagingCommands.spec(name, arity, PUBSUB, LOADING, STALE)
                        .categories("pubsub")
                        .build(),
                handler.plain());
    }

    private void names(Execution execution, Kind kind) throws CommandException {
        Args args = execution.args();
        if (args.count() > 3) {
            throw CommandErrors.unknownSubcommand(args);
        }
        GlobPattern pattern = args.count() == 3 ? GlobPattern.of(args.bytes(2)) : null;
        List<String> names = pubSub.names(kind, pattern);
        execution.reply().array(names.size());
        for (String name : names) {
            execution.reply().bulk(name.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private void patterns(Execution execution) {
        execution.reply().integer(pubSub.count(Kind.PATTERN));
    }

    private void listeners(Execution execution, Kind kind) {
        Args args = execution.args();
        execution.reply().map(args.count() - 2);
        for (int i = 2; i < args.count(); i++) {
            Bytes name = args.bytes(i);
            execution.reply().bulk(name);
            execution.reply().integer(pubSub.listeners(kind, name));
        }
    }
}
