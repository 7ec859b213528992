// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import static dev.sigrun.spi.command.CommandFlag.BLOCKING;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;

import dev.sigrun.core.stream.store.EntryCursor;
import dev.sigrun.core.stream.store.Group;
import dev.sigrun.core.stream.store.StreamId;
import dev.sigrun.core.stream.store.StreamRoot;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.command.Wait;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.reply.ReplyWriter;
import java.nio.charset.StandardCharsets;

/**
 * XREAD and XREADGROUP: entries behind an identifier, of several streams, and waiting for them. A
 * stream that has nothing to say is left out of the reply. Owner thread only.
 */
final class ReadCommand implements CommandHandler {
    private final Streams streams;
    private final boolean ofGroup;
    private final ReadOptions options;
    private final GroupReader reader;

    /** Behind which identifier each stream is read; the highest stands for what is new. */
    private final IdList behind = new IdList();

    private final StreamId id = new StreamId();
    private final StreamId last = new StreamId();
    private final StreamId highest = new StreamId().set(-1, -1);
    private int served;
    private long mark;

    private ReadCommand(Streams streams, boolean ofGroup) {
        this.streams = streams;
        this.ofGroup = ofGroup;
        this.options = new ReadOptions(ofGroup);
        this.reader = new GroupReader(streams);
    }

    static void register(Registrar registrar, Streams streams) {
        registrar.command(
                StreamCommands.command("XREAD", -4)
                        .flags(BLOCKING, READONLY)
                        .key(KeySpec.keyword("STREAMS", 1, -1, 1, 2, RO, ACCESS))
                        .finder(ReadOptions::keyPositions)
                        .build(),
                new ReadCommand(streams, false));
        registrar.command(
                StreamCommands.command("XREADGROUP", -7)
                        .flags(BLOCKING, WRITE)
                        .key(KeySpec.keyword("STREAMS", 4, -1, 1, 2, RO, ACCESS))
                        .finder(ReadOptions::keyPositions)
                        .build(),
                new ReadCommand(streams, true));
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        options.read(context);
        behind.clear();
        for (int i = 0; i < options.keys(); i++) {
            readId(context, i);
        }
        serve(context);
        if (served > 0) {
            if (context.client().protocol() == 2) {
                context.reply().closeArray(mark, served);
            } else {
                context.reply().closeMap(mark, served);
            }
        } else if (options.deadlineMillis() != ReadOptions.NO_WAIT) {
            block(context);
        } else {
            context.reply().nilArray();
        }
    }

    // ---- what to read ----

    private void readId(CommandContext context, int i) throws CommandException {
        Args args = context.args();
        int keyIndex = options.firstKey() + i;
        Bytes text = args.bytes(keyIndex + options.keys());
        long root = streams.root(context.read(keyIndex));
        if (ofGroup) {
            requireGroup(args, keyIndex, root);
        }
        if (text.length() == 1) {
            char symbol = (char) text.byteAt(0);
            if (symbol == '$' || symbol == '+') {
                readEdge(root, symbol);
                return;
            }
            if (symbol == '>') {
                if (!ofGroup) {
                    throw StreamErrors.NEW_ID_IN_XREAD;
                }
                behind.add(highest);
                return;
            }
        }
        streams.parser.readStrict(text, 0, id);
        behind.add(id);
    }

    private void requireGroup(Args args, int keyIndex, long root) throws CommandException {
        Bytes name = args.bytes(options.groupIndex());
        if (root == 0 || streams.groups.find(root, name) == 0) {
            throw StreamErrors.noGroupToRead(args.bytes(keyIndex), name);
        }
    }

    /** The end of a stream, or the place just before its last entry. */
    private void readEdge(long root, char symbol) throws CommandException {
        if (ofGroup) {
            throw StreamErrors.meaningless(symbol);
        }
        id.set(0, 0);
        boolean beforeLast = symbol == '+';
        if (root != 0 && (!beforeLast || StreamRoot.length(root) > 0)) {
            id.set(StreamRoot.lastMs(root), StreamRoot.lastSeq(root));
            if (beforeLast) {
                id.decrement();
            }
        }
        behind.add(id);
    }

    // ---- reading ----

    private void serve(CommandContext context) throws CommandException {
        served = 0;
        for (int i = 0; i < options.keys(); i++) {
            Key key = context.read(options.firstKey() + i);
            if (!key.isPresent()) {
                continue;
            }
            behind.get(i, id);
            if (ofGroup) {
                serveGroup(context, key);
            } else {
                serve(context, key);
            }
        }
    }

    private void serve(CommandContext context, Key key) throws CommandException {
        long root = streams.root(key);
        if (streams.lastEntry(root, last) && last.compareTo(id) > 0) {
            beginStream(context.reply(), context.client().protocol(), key);
            id.increment();
            EntryCursor entries = streams.range(root, id, highest, false);
            streams.writer.all(context.reply(), entries, options.count());
        }
    }

    private void serveGroup(CommandContext context, Key key) throws CommandException {
        Args args = context.args();
        Bytes groupName = args.bytes(options.groupIndex());
        long group = streams.groups.find(streams.root(key), groupName);
        reader.open(context, key, groupName, group);
        reader.consumer(args.bytes(options.groupIndex() + 1), options.isNoAck());
        boolean history = !id.isMax();
        if (!history && !hasNews(streams.root(key), group)) {
            return;
        }
        beginStream(context.reply(), context.client().protocol(), key);
        if (history) {
            id.increment();
            reader.history(id, options.count());
        } else {
            id.set(Group.lastMs(group), Group.lastSeq(group)).increment();
            reader.news(id, options.count(), options.isNoAck());
        }
    }

    private boolean hasNews(long root, long group) {
        return streams.lastEntry(root, last)
                && last.compareTo(Group.lastMs(group), Group.lastSeq(group)) > 0;
    }

    /** Begins the part of the reply that belongs to one stream. */
    private void beginStream(ReplyWriter reply, int protocol, Key key) {
        if (served == 0) {
            mark = reply.deferredArray();
        }
        served++;
        if (protocol == 2) {
            reply.array(2);
        }
        reply.bulk(key.name());
    }

    // ---- waiting ----

    /** Waits; what stands for the end of a stream is from now on the end as it is now. */
    private void block(CommandContext context) {
        int[] keys = new int[options.keys()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = options.firstKey() + i;
        }
        Wait.Builder wait = Wait.keys(streams.type, keys).until(options.deadlineMillis());
        if (ofGroup) {
            wait.goneToo();
        }
        for (int i = 0; i < keys.length; i++) {
            int at = keys[i] + keys.length;
            if (context.args().is(at, "$")) {
                String concrete = behind.get(i, id).toString();
                wait.replace(at, concrete.getBytes(StandardCharsets.US_ASCII));
            }
        }
        context.block(wait.build());
    }
}
