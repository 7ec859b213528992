// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.LOADING;
import static dev.sigrun.spi.command.CommandFlag.STALE;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.DELETE;
import static dev.sigrun.spi.command.KeySpec.Use.INSERT;
import static dev.sigrun.spi.command.KeySpec.Use.RW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.core.stream.store.Group;
import dev.sigrun.core.stream.store.StreamId;
import dev.sigrun.core.stream.store.StreamRoot;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;

/** XGROUP and its subcommands. Owner thread only. */
final class GroupCommands {
    private static final String CONTAINER = "XGROUP";
    private static final int FIRST_OPTION = 5;
    private static final int CREATE_ARGS_MAX = 8;

    private static final String[] HELP = {
        "CREATE <key> <groupname> <id|$> [option]",
        "    Create a new consumer group. Options are:",
        "    * MKSTREAM",
        "      Create the empty stream if it does not exist.",
        "    * ENTRIESREAD entries_read",
        "      Set the group's entries_read counter (internal use).",
        "CREATECONSUMER <key> <groupname> <consumer>",
        "    Create a new consumer in the specified group.",
        "DELCONSUMER <key> <groupname> <consumer>",
        "    Remove the specified consumer.",
        "DESTROY <key> <groupname>",
        "    Remove the specified group.",
        "SETID <key> <groupname> <id|$> [ENTRIESREAD entries_read]",
        "    Set the current group ID and entries_read counter."
    };

    private final Streams streams;
    private final StreamId id = new StreamId();
    private long entriesRead;
    private boolean mayCreateKey;

    private GroupCommands(Streams streams) {
        this.streams = streams;
    }

    static void register(Registrar registrar, Streams streams) {
        GroupCommands commands = new GroupCommands(streams);
        registrar.command(StreamCommands.container(CONTAINER), StreamHelp::refuseSubcommand);
        add(registrar, sub("CREATE", -5, INSERT).flags(DENYOOM), commands::create);
        add(registrar, sub("SETID", -5, UPDATE), commands::setId);
        add(registrar, sub("DESTROY", 4, DELETE), commands::destroy);
        add(registrar, sub("CREATECONSUMER", 5, INSERT).flags(DENYOOM), commands::createConsumer);
        add(registrar, sub("DELCONSUMER", 5, DELETE), commands::dropConsumer);
        add(
                registrar,
                StreamCommands.command("HELP", 2).flags(LOADING, STALE),
                new StreamHelp(CONTAINER, HELP));
    }

    private static CommandSpec.Builder sub(String name, int arity, KeySpec.Use use) {
        return StreamCommands.command(name, arity).flags(WRITE).key(KeySpec.at(2, RW, use));
    }

    private static void add(Registrar registrar, CommandSpec.Builder spec, CommandHandler handler) {
        registrar.subcommand(CONTAINER, spec.build(), handler);
    }

    private void create(CommandContext context) throws CommandException {
        Args args = context.args();
        readOptions(args, true);
        Key key = context.write(2);
        long root = streams.root(key);
        if (root == 0 && !mayCreateKey) {
            throw StreamErrors.NO_KEY_FOR_GROUP;
        }
        if (args.count() > CREATE_ARGS_MAX) {
            throw syntax(args);
        }
        if (args.is(4, "$")) {
            readLastId(root);
        } else {
            streams.parser.readStrict(args.bytes(4), 0, id);
        }
        if (root != 0 && streams.groups.find(root, args.bytes(3)) != 0) {
            throw StreamErrors.BUSY_GROUP;
        }
        create(key, root, args.bytes(3));
        Streams.notify(key, "xgroup-create");
        context.replication().verbatim();
        context.reply().ok();
    }

    private void create(Key key, long root, Bytes name) {
        if (root != 0) {
            streams.groups.create(root, name, id, entriesRead);
            key.countChange();
            return;
        }
        boolean kept = false;
        try {
            streams.groups.create(streams.create(key), name, id, entriesRead);
            kept = true;
        } finally {
            if (!kept) {
                key.remove(false);
            }
        }
    }

    private void readOptions(Args args, boolean create) throws CommandException {
        entriesRead = Group.UNKNOWN;
        mayCreateKey = false;
        int at = FIRST_OPTION;
        while (at < args.count()) {
            if (create && args.is(at, "MKSTREAM")) {
                mayCreateKey = true;
                at++;
            } else if (args.is(at, "ENTRIESREAD") && at + 1 < args.count()) {
                entriesRead = args.longAt(at + 1);
                if (entriesRead < 0 && entriesRead != Group.UNKNOWN) {
                    throw StreamErrors.BAD_ENTRIES_READ;
                }
                at += 2;
            } else {
                throw syntax(args);
            }
        }
    }

    private static CommandException syntax(Args args) {
        return StreamErrors.subcommandSyntax(args.bytes(0), args.bytes(1));
    }

    private void readLastId(long root) {
        if (root == 0) {
            id.set(0, 0);
        } else {
            id.set(StreamRoot.lastMs(root), StreamRoot.lastSeq(root));
        }
    }

    private long requireStream(Key key) throws CommandException {
        long root = streams.root(key);
        if (root == 0) {
            throw StreamErrors.NO_KEY_FOR_GROUP;
        }
        return root;
    }

    private long requireGroup(Args args, long root) throws CommandException {
        long group = streams.groups.find(root, args.bytes(3));
        if (group == 0) {
            throw StreamErrors.noGroupOfKey(args.bytes(2), args.bytes(3));
        }
        return group;
    }

    private void setId(CommandContext context) throws CommandException {
        Args args = context.args();
        readOptions(args, false);
        Key key = context.write(2);
        long root = requireStream(key);
        long group = requireGroup(args, root);
        if (args.count() != FIRST_OPTION && args.count() != FIRST_OPTION + 2) {
            throw syntax(args);
        }
        if (args.is(4, "$")) {
            readLastId(root);
        } else {
            streams.parser.read(args.bytes(4), 0, id);
        }
        streams.groups.lastId(group, id.ms(), id.seq());
        streams.groups.entriesRead(group, entriesRead);
        key.countChange();
        Streams.notify(key, "xgroup-setid");
        context.replication().verbatim();
        context.reply().ok();
    }

    private void destroy(CommandContext context) throws CommandException {
        Args args = context.args();
        Key key = context.write(2);
        long root = requireStream(key);
        long group = streams.groups.find(root, args.bytes(3));
        if (group == 0) {
            context.reply().integer(0);
            return;
        }
        streams.groups.drop(root, group);
        // This also tells those who wait for the group that they wait in vain.
        key.markModified();
        Streams.notify(key, "xgroup-destroy");
        context.replication().verbatim();
        context.reply().integer(1);
    }

    private void createConsumer(CommandContext context) throws CommandException {
        Args args = context.args();
        Key key = context.write(2);
        long group = requireGroup(args, requireStream(key));
        if (streams.groups.findConsumer(group, args.bytes(4)) != 0) {
            context.reply().integer(0);
            return;
        }
        streams.groups.createConsumer(group, args.bytes(4), context.nowMillis());
        key.countChange();
        Streams.notify(key, "xgroup-createconsumer");
        context.replication().verbatim();
        context.reply().integer(1);
    }

    private void dropConsumer(CommandContext context) throws CommandException {
        Args args = context.args();
        Key key = context.write(2);
        long group = requireGroup(args, requireStream(key));
        long consumer = streams.groups.findConsumer(group, args.bytes(4));
        if (consumer == 0) {
            context.reply().integer(0);
            return;
        }
        long pending = streams.groups.dropConsumer(group, consumer);
        key.countChange();
        Streams.notify(key, "xgroup-delconsumer");
        context.replication().verbatim();
        context.reply().integer(pending);
    }
}
