// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.DELETE;
import static dev.sigrun.spi.command.KeySpec.Use.RW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.core.stream.store.StreamId;
import dev.sigrun.core.stream.store.StreamRoot;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;

/** XDEL and XSETID. Owner thread only. */
final class EditCommands {
    private static final int FIRST_OPTION = 3;
    private static final long NOT_GIVEN = -1;

    private final Streams streams;
    private final IdList ids = new IdList();
    private final StreamId id = new StreamId();
    private final StreamId deletedId = new StreamId();
    private final StreamId top = new StreamId();

    private EditCommands(Streams streams) {
        this.streams = streams;
    }

    static void register(Registrar registrar, Streams streams) {
        EditCommands commands = new EditCommands(streams);
        registrar.command(
                StreamCommands.command("XDEL", -3)
                        .flags(WRITE, FAST)
                        .key(KeySpec.at(1, RW, DELETE))
                        .build(),
                commands::delete);
        registrar.command(
                StreamCommands.command("XSETID", -3)
                        .flags(WRITE, DENYOOM, FAST)
                        .key(KeySpec.at(1, RW, UPDATE))
                        .build(),
                commands::setId);
    }

    private void delete(CommandContext context) throws CommandException {
        Key key = context.write(1);
        long root = streams.root(key);
        if (root == 0) {
            context.reply().integer(0);
            return;
        }
        ids.read(context.args(), 2, streams.parser);
        int deleted = delete(root);
        if (deleted > 0) {
            key.markModified();
            key.countChanges(deleted - 1L);
            Streams.notify(key, "xdel");
            context.replication().verbatim();
        }
        context.reply().integer(deleted);
    }

    private int delete(long root) {
        int deleted = 0;
        boolean first = false;
        for (int i = 0; i < ids.size(); i++) {
            ids.get(i, id);
            if (streams.eraser.delete(root, id)) {
                first |= id.compareTo(StreamRoot.firstMs(root), StreamRoot.firstSeq(root)) == 0;
                deleted++;
            }
        }
        if (deleted > 0 && (first || StreamRoot.length(root) == 0)) {
            streams.eraser.refreshFirst(root);
        }
        return deleted;
    }

    private void setId(CommandContext context) throws CommandException {
        Args args = context.args();
        streams.parser.readStrict(args.bytes(2), 0, id);
        deletedId.set(0, 0);
        long added = readOptions(args);
        Key key = context.write(1);
        long root = streams.root(key);
        if (root == 0) {
            throw CommandException.NO_SUCH_KEY;
        }
        requireAllowed(root, added);
        StreamRoot.lastId(root, id.ms(), id.seq());
        if (added != NOT_GIVEN) {
            StreamRoot.added(root, added);
        }
        if (!deletedId.isZero()) {
            StreamRoot.deletedId(root, deletedId.ms(), deletedId.seq());
        }
        key.countChange();
        Streams.notify(key, "xsetid");
        context.replication().verbatim();
        context.reply().ok();
    }

    private long readOptions(Args args) throws CommandException {
        long added = NOT_GIVEN;
        for (int i = FIRST_OPTION; i < args.count(); i += 2) {
            boolean more = i + 1 < args.count();
            if (more && args.is(i, "ENTRIESADDED")) {
                added = args.longAt(i + 1);
                if (added < 0) {
                    throw StreamErrors.SET_ADDED_NEGATIVE;
                }
            } else if (more && args.is(i, "MAXDELETEDID")) {
                streams.parser.readStrict(args.bytes(i + 1), 0, deletedId);
                if (id.compareTo(deletedId) < 0) {
                    throw StreamErrors.SET_BELOW_GIVEN_DELETED;
                }
            } else {
                throw CommandException.SYNTAX;
            }
        }
        return added;
    }

    private void requireAllowed(long root, long added) throws CommandException {
        if (id.compareTo(StreamRoot.deletedMs(root), StreamRoot.deletedSeq(root)) < 0) {
            throw StreamErrors.SET_BELOW_DELETED;
        }
        if (streams.lastEntry(root, top)) {
            if (id.compareTo(top) < 0) {
                throw StreamErrors.SET_BELOW_TOP;
            }
            if (added != NOT_GIVEN && StreamRoot.length(root) > added) {
                throw StreamErrors.SET_ADDED_BELOW_LENGTH;
            }
        }
    }
}
