// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.cuckoo;

import dev.sigrun.bloom.sketch.Chunks;
import dev.sigrun.bloom.sketch.Family;
import dev.sigrun.bloom.sketch.Shelf;
import dev.sigrun.bloom.sketch.SketchSettings;
import dev.sigrun.bloom.sketch.SketchType;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.reply.ReplyWriter;

/** Owner thread only. The commands of cuckoo filters but those that add. */
public final class CuckooCommands {
    /** The command that takes what {@code CF.SCANDUMP} gave. */
    static final String LOAD = "CF.LOADCHUNK";

    private static final String TYPE = "MBbloomCF";
    private static final String DOCS = "dev/sigrun/bloom/cf.json";
    private static final int LAYOUT_VERSION = 4;
    private static final int FIRST_ITEM = 2;

    private final Shelf<CuckooFilter> shelf;

    private CuckooCommands(Shelf<CuckooFilter> shelf) {
        this.shelf = shelf;
    }

    /** Declares type and commands. */
    public static Shelf<?> register(Registrar registrar, SketchSettings settings) {
        Shelf<CuckooFilter> shelf =
                new Shelf<>(
                        "cuckoo",
                        settings,
                        CuckooErrors.NOT_FOUND,
                        CuckooErrors.EXISTS,
                        CuckooErrors.TOO_LARGE);
        shelf.type(
                new SketchType<>(
                        TYPE,
                        LAYOUT_VERSION,
                        CuckooFilter.class,
                        (context, in) ->
                                CuckooFilter.read(
                                        shelf.census(),
                                        context.memory(),
                                        in,
                                        shelf.bytesMax(context))));
        registrar.type(shelf.type());
        CuckooCommands commands = new CuckooCommands(shelf);
        AddCommands additions = new AddCommands(shelf);
        Family family = new Family(registrar, "cuckoo", DOCS);
        family.write("cf.reserve", -3, additions::reserve);
        family.write("cf.add", 3, context -> additions.add(context, false));
        family.write("cf.addnx", 3, context -> additions.add(context, true));
        family.write("cf.insert", -4, context -> additions.insert(context, false));
        family.write("cf.insertnx", -4, context -> additions.insert(context, true));
        family.write("cf.loadchunk", 4, commands::load);
        family.remove("cf.del", 3, commands::delete);
        family.remove("cf.compact", 2, commands::compact);
        family.read("cf.exists", 3, commands::exists);
        family.read("cf.mexists", -3, commands::existsMany);
        family.read("cf.count", 3, commands::count);
        family.read("cf.info", 2, commands::info);
        family.read("cf.debug", 2, commands::debug);
        family.read("cf.scandump", 3, commands::dump);
        return shelf;
    }

    private void exists(CommandContext context) throws CommandException {
        CuckooFilter filter = shelf.find(context.read(1));
        context.reply().bool(isIn(filter, context.args(), FIRST_ITEM));
    }

    private void existsMany(CommandContext context) throws CommandException {
        Args args = context.args();
        CuckooFilter filter = shelf.find(context.read(1));
        context.reply().array(args.count() - FIRST_ITEM);
        for (int i = FIRST_ITEM; i < args.count(); i++) {
            context.reply().bool(isIn(filter, args, i));
        }
    }

    private static boolean isIn(CuckooFilter filter, Args args, int index) {
        return filter != null && filter.contains(CuckooFilter.hash(args.bytes(index)));
    }

    private void count(CommandContext context) throws CommandException {
        CuckooFilter filter = shelf.find(context.read(1));
        Bytes item = context.args().bytes(FIRST_ITEM);
        context.reply().integer(filter == null ? 0 : filter.count(CuckooFilter.hash(item)));
    }

    private void delete(CommandContext context) throws CommandException {
        Key key = context.write(1);
        CuckooFilter filter = shelf.get(key);
        Bytes item = context.args().bytes(FIRST_ITEM);
        boolean isGone = filter.delete(shelf.memory(), CuckooFilter.hash(item));
        if (isGone) {
            key.markModified();
            context.replication().verbatim();
        }
        context.reply().bool(isGone);
    }

    private void compact(CommandContext context) throws CommandException {
        Key key = context.write(1);
        CuckooFilter filter = shelf.find(key);
        if (filter == null) {
            throw CuckooErrors.COMPACT_NOT_FOUND;
        }
        filter.compact(shelf.memory());
        key.markModified();
        context.replication().verbatim();
        context.reply().ok();
    }

    private CuckooFilter described(CommandContext context) throws CommandException {
        CuckooFilter filter = shelf.find(context.read(1));
        if (filter == null) {
            throw CuckooErrors.INFO_NOT_FOUND;
        }
        return filter;
    }

    private void info(CommandContext context) throws CommandException {
        CuckooFilter filter = described(context);
        ReplyWriter reply = context.reply();
        reply.map(8);
        field(reply, "Size", filter.memoryUsage(shelf.memory()));
        field(reply, "Number of buckets", filter.shape().buckets());
        field(reply, "Number of filters", filter.layers());
        field(reply, "Number of items inserted", filter.items());
        field(reply, "Number of items deleted", filter.deleted());
        field(reply, "Bucket size", filter.shape().slots());
        field(reply, "Expansion rate", filter.shape().expansion());
        field(reply, "Max iterations", filter.shape().moves());
    }

    private static void field(ReplyWriter reply, String name, long value) {
        reply.simple(name);
        reply.integer(value);
    }

    private void debug(CommandContext context) throws CommandException {
        CuckooFilter filter = described(context);
        CuckooShape shape = filter.shape();
        StringBuilder line = new StringBuilder();
        line.append("bktsize:").append(shape.slots());
        line.append(" buckets:").append(shape.buckets());
        line.append(" items:").append(filter.items());
        line.append(" deletes:").append(filter.deleted());
        line.append(" filters:").append(filter.layers());
        line.append(" max_iterations:").append(shape.moves());
        line.append(" expansion:").append(shape.expansion());
        context.reply().bulk(line.toString());
    }

    // ---- in and out ----

    private void dump(CommandContext context) throws CommandException {
        CuckooFilter filter = shelf.get(context.read(1));
        long iterator = context.args().longAt(2, 0, Long.MAX_VALUE, CuckooErrors.BAD_POSITION);
        if (iterator == Chunks.BEGIN) {
            context.reply().array(2);
            context.reply().integer(Chunks.HEAD);
            context.reply().bulk(CuckooHead.of(filter));
        } else {
            Chunks.answer(context.reply(), filter.runs(), iterator);
        }
    }

    private void load(CommandContext context) throws CommandException {
        long iterator = context.args().longAt(2, 1, Long.MAX_VALUE, CuckooErrors.BAD_POSITION);
        Bytes content = context.args().bytes(3);
        Key key = context.write(1);
        if (iterator == Chunks.HEAD) {
            CuckooHead head = CuckooHead.read(content);
            shelf.mustBeAbsent(key);
            if (head == null) {
                throw CuckooErrors.BAD_HEADER;
            }
            shelf.checkBytes(context, head.bytes());
            CuckooFilter filter = CuckooFilter.empty(shelf.census(), head.shape());
            filter.assume(head.layers(), head.items(), head.deleted());
            shelf.put(key, filter);
        } else {
            CuckooFilter filter = shelf.get(key);
            if (!Chunks.take(shelf.memory(), filter.runs(), iterator, content)) {
                throw CuckooErrors.BAD_POSITION;
            }
            key.markModified();
        }
        context.replication().verbatim();
        context.reply().ok();
    }
}
