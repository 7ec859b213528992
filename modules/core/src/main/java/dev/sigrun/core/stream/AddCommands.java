// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.DELETE;
import static dev.sigrun.spi.command.KeySpec.Use.RW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.core.stream.store.IdText;
import dev.sigrun.core.stream.store.StreamId;
import dev.sigrun.core.stream.store.StreamRoot;
import dev.sigrun.core.stream.store.TrimRule;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.type.CommandEmitter;

/** XADD and XTRIM. Owner thread only. */
final class AddCommands {
    private final Streams streams;
    private final TrimOptions options;
    private final StreamId id = new StreamId();
    private final StreamId edge = new StreamId();
    private final IdText text = new IdText();

    private AddCommands(Streams streams) {
        this.streams = streams;
        this.options = new TrimOptions(streams.parser, streams.limits);
    }

    static void register(Registrar registrar, Streams streams) {
        AddCommands commands = new AddCommands(streams);
        registrar.command(
                StreamCommands.command("XADD", -5)
                        .flags(WRITE, DENYOOM, FAST)
                        .key(KeySpec.at(1, RW, UPDATE).withNotes("Trimming takes entries away."))
                        .tips("nondeterministic_output")
                        .build(),
                commands::add);
        registrar.command(
                StreamCommands.command("XTRIM", -4)
                        .flags(WRITE)
                        .key(KeySpec.at(1, RW, DELETE))
                        .tips("nondeterministic_output")
                        .build(),
                commands::trim);
    }

    private void add(CommandContext context) throws CommandException {
        Args args = context.args();
        int idIndex = options.read(context, true);
        int first = idIndex + 1;
        if (args.count() - first < 2 || (args.count() - first) % 2 != 0) {
            throw StreamErrors.ADD_ARITY;
        }
        if (options.isWholeIdGiven() && options.id().isZero()) {
            throw StreamErrors.ADD_ZERO;
        }
        Key key = context.write(1);
        long root = streams.root(key);
        if (root == 0 && !options.mayCreate()) {
            context.reply().nil();
            return;
        }
        chooseId(context, root);
        streams.appender.entry(args, first);
        if (streams.appender.isTooLarge()) {
            throw StreamErrors.ADD_TOO_LARGE;
        }
        append(key, root);
        Streams.notify(key, "xadd");
        streams.writer.id(context.reply(), id);
        if (options.rule().kind() != TrimRule.Kind.NONE) {
            cut(key);
        }
        replicate(context, "XADD", streams.root(key), idIndex);
    }

    /** Finds the new entry's identifier; nothing can be wrong with it afterwards. */
    private void chooseId(CommandContext context, long root) throws CommandException {
        edge.set(0, 0);
        if (root != 0) {
            edge.set(StreamRoot.lastMs(root), StreamRoot.lastSeq(root));
        }
        if (edge.isMax()) {
            throw StreamErrors.ADD_EXHAUSTED;
        }
        if (options.isWholeIdGiven()) {
            id.set(options.id());
        } else {
            long ms = options.isIdGiven() ? options.id().ms() : context.nowMillis();
            boolean sameTime =
                    options.isIdGiven()
                            ? ms == edge.ms()
                            : Long.compareUnsigned(ms, edge.ms()) <= 0;
            if (!sameTime) {
                id.set(ms, 0);
            } else {
                id.set(edge).increment();
            }
            if (options.isIdGiven() && id.ms() != ms) {
                throw StreamErrors.ADD_SMALLER;
            }
        }
        if (id.compareTo(edge) <= 0) {
            throw StreamErrors.ADD_SMALLER;
        }
    }

    private void append(Key key, long root) throws CommandException {
        if (root != 0) {
            if (!streams.appender.append(root, id)) {
                throw StreamErrors.ADD_SMALLER;
            }
            key.markModified();
            return;
        }
        boolean kept = false;
        try {
            streams.appender.append(streams.create(key), id);
            kept = true;
        } finally {
            if (!kept) {
                key.remove(false);
            }
        }
    }

    private void trim(CommandContext context) throws CommandException {
        options.read(context, false);
        Key key = context.write(1);
        long root = streams.root(key);
        long deleted = root == 0 ? 0 : cut(key);
        if (deleted > 0) {
            key.markModified();
            key.countChanges(deleted - 1);
            replicate(context, "XTRIM", root, 0);
        }
        context.reply().integer(deleted);
    }

    private long cut(Key key) throws CommandException {
        long deleted = streams.eraser.trim(streams.root(key), options.rule());
        if (deleted > 0) {
            Streams.notify(key, "xtrim");
        }
        return deleted;
    }

    /**
     * The identifier that was chosen stands in for a star, and where a cut was not exact, the
     * length or the first entry that it left stands in for the one that was asked for.
     */
    private void replicate(CommandContext context, String name, long root, int idIndex) {
        Args args = context.args();
        boolean inexact = options.rule().isWholeNodes();
        boolean idChosen = idIndex > 0 && !options.isWholeIdGiven();
        if (!inexact && !idChosen) {
            context.replication().verbatim();
            return;
        }
        CommandEmitter out = context.replication().instead().command(name, args.count() - 1);
        for (int i = 1; i < args.count(); i++) {
            if (inexact && i == options.thresholdIndex() - 1) {
                out.arg("=");
            } else if (inexact && i == options.thresholdIndex()) {
                threshold(out, root);
            } else if (idChosen && i == idIndex) {
                out.arg(text.write(id.ms(), id.seq()).bytes());
            } else {
                out.arg(args.bytes(i));
            }
        }
    }

    private void threshold(CommandEmitter out, long root) {
        if (options.rule().kind() == TrimRule.Kind.LENGTH) {
            out.arg(StreamRoot.length(root));
        } else {
            streams.eraser.firstEntry(root, true, edge);
            out.arg(text.write(edge.ms(), edge.seq()).bytes());
        }
    }
}
