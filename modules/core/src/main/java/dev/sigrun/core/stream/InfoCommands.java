// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import static dev.sigrun.spi.command.CommandFlag.LOADING;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.CommandFlag.STALE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;

import dev.sigrun.core.stream.store.Consumer;
import dev.sigrun.core.stream.store.Group;
import dev.sigrun.core.stream.store.Groups;
import dev.sigrun.core.stream.store.NameCursor;
import dev.sigrun.core.stream.store.ReadCounter;
import dev.sigrun.memory.idmap.IdMap;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.reply.ReplyWriter;

/** XINFO and its subcommands, of which STREAM is {@link StreamInfo}. Owner thread only. */
final class InfoCommands {
    private static final String CONTAINER = "XINFO";

    private static final String[] HELP = {
        "CONSUMERS <key> <groupname>",
        "    Show consumers of <groupname>.",
        "GROUPS <key>",
        "    Show the stream consumer groups.",
        "STREAM <key> [FULL [COUNT <count>]",
        "    Show information about the stream."
    };

    private final Streams streams;
    private final NameCursor names = new NameCursor();

    private InfoCommands(Streams streams) {
        this.streams = streams;
    }

    static void register(Registrar registrar, Streams streams) {
        InfoCommands commands = new InfoCommands(streams);
        registrar.command(StreamCommands.container(CONTAINER), StreamHelp::refuseSubcommand);
        add(registrar, sub("STREAM", -3), new StreamInfo(streams));
        add(registrar, sub("GROUPS", 3), commands::groups);
        add(registrar, sub("CONSUMERS", 4).tips("nondeterministic_output"), commands::consumers);
        add(
                registrar,
                StreamCommands.command("HELP", 2).flags(LOADING, STALE),
                new StreamHelp(CONTAINER, HELP));
    }

    private static CommandSpec.Builder sub(String name, int arity) {
        return StreamCommands.command(name, arity).flags(READONLY).key(KeySpec.at(2, RO, ACCESS));
    }

    private static void add(Registrar registrar, CommandSpec.Builder spec, CommandHandler handler) {
        registrar.subcommand(CONTAINER, spec.build(), handler);
    }

    private long requireStream(CommandContext context) throws CommandException {
        long root = streams.root(context.read(2));
        if (root == 0) {
            throw CommandException.NO_SUCH_KEY;
        }
        return root;
    }

    private void groups(CommandContext context) throws CommandException {
        long root = requireStream(context);
        ReplyWriter reply = context.reply();
        reply.array(Groups.count(root));
        names.groups(root);
        for (long group = names.next(); group != 0; group = names.next()) {
            reply.map(6);
            reply.bulk("name");
            reply.bulk(Group.name(group), Group.nameLength(group));
            reply.bulk("consumers");
            reply.integer(Groups.consumerCount(group));
            reply.bulk("pending");
            reply.integer(IdMap.size(Group.pending(group)));
            reply.bulk("last-delivered-id");
            streams.writer.id(reply, Group.lastMs(group), Group.lastSeq(group));
            progress(reply, root, group);
        }
    }

    /** Writes how much a group has read and how much is ahead of it, as far as that is known. */
    static void progress(ReplyWriter reply, long root, long group) {
        reply.bulk("entries-read");
        integerOrNil(reply, Group.entriesRead(group), Group.UNKNOWN);
        reply.bulk("lag");
        integerOrNil(reply, ReadCounter.lag(root, group), ReadCounter.LAG_UNKNOWN);
    }

    private static void integerOrNil(ReplyWriter reply, long value, long nil) {
        if (value == nil) {
            reply.nil();
        } else {
            reply.integer(value);
        }
    }

    private void consumers(CommandContext context) throws CommandException {
        Args args = context.args();
        long root = requireStream(context);
        long group = streams.groups.find(root, args.bytes(3));
        if (group == 0) {
            throw StreamErrors.noGroupOfKey(args.bytes(2), args.bytes(3));
        }
        ReplyWriter reply = context.reply();
        long now = context.nowMillis();
        reply.array(Groups.consumerCount(group));
        names.consumers(group);
        for (long one = names.next(); one != 0; one = names.next()) {
            long active = Consumer.activeMillis(one);
            reply.map(4);
            reply.bulk("name");
            reply.bulk(Consumer.name(one), Consumer.nameLength(one));
            reply.bulk("pending");
            reply.integer(IdMap.size(Consumer.pending(one)));
            reply.bulk("idle");
            reply.integer(Math.max(now - Consumer.seenMillis(one), 0));
            reply.bulk("inactive");
            reply.integer(active == Consumer.NEVER ? Consumer.NEVER : now - active);
        }
    }
}
