// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.topk;

import dev.sigrun.bloom.page.Pages;
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

/** Owner thread only. The commands of lists of top items. */
public final class TopKCommands {
    /** The command that takes what {@code TOPK.SCANDUMP} gave. */
    static final String LOAD = "TOPK.LOADCHUNK";

    private static final String TYPE = "TopK-TYPE";
    private static final String DOCS = "dev/sigrun/bloom/topk.json";
    private static final int LAYOUT_VERSION = 0;
    private static final int FIRST_ITEM = 2;

    private final Shelf<TopK> shelf;

    private TopKCommands(Shelf<TopK> shelf) {
        this.shelf = shelf;
    }

    /** Declares type and commands. */
    public static Shelf<?> register(Registrar registrar, SketchSettings settings) {
        Shelf<TopK> shelf =
                new Shelf<>(
                        "topk",
                        settings,
                        TopKErrors.NO_KEY,
                        TopKErrors.EXISTS,
                        TopKErrors.TOO_LARGE);
        shelf.type(
                new SketchType<>(
                        TYPE,
                        LAYOUT_VERSION,
                        TopK.class,
                        (context, in) ->
                                TopKLayout.read(
                                        shelf.census(),
                                        context.memory(),
                                        in,
                                        shelf.bytesMax(context))));
        registrar.type(shelf.type());
        TopKCommands commands = new TopKCommands(shelf);
        Family family = new Family(registrar, "topk", DOCS);
        family.write("topk.reserve", -3, commands::reserve);
        family.write("topk.add", -3, commands::add);
        family.write("topk.incrby", -4, commands::increase);
        family.write("topk.loadchunk", 4, commands::load);
        family.read("topk.query", -3, commands::query);
        family.read("topk.count", -3, commands::count);
        family.read("topk.list", -2, commands::list);
        family.read("topk.info", 2, commands::info);
        family.read("topk.scandump", 3, commands::dump);
        return shelf;
    }

    private void reserve(CommandContext context) throws CommandException {
        Args args = context.args();
        if (args.count() != 3 && args.count() != 6) {
            throw shelf.arity("topk.reserve");
        }
        long places = args.longAt(2, 1, TopK.PLACES_MAX, TopKErrors.BAD_PLACES);
        long width = TopKShape.WIDTH;
        long depth = TopKShape.DEPTH;
        double decay = TopKShape.DECAY;
        if (args.count() == 6) {
            width = args.longAt(3, 1, Integer.MAX_VALUE, TopKErrors.BAD_WIDTH);
            depth = args.longAt(4, 1, Integer.MAX_VALUE, TopKErrors.BAD_DEPTH);
            decay = decay(args, 5);
        }
        Key key = context.write(1);
        shelf.mustBeAbsent(key);
        TopKShape shape = TopKShape.checked(places, width, depth, decay);
        if (shape == null) {
            throw TopKErrors.TOO_LARGE;
        }
        shelf.checkBytes(context, shape.bytes());
        shelf.put(key, TopK.empty(shelf.census(), shape));
        context.replication().verbatim();
        context.reply().ok();
    }

    private static double decay(Args args, int index) throws CommandException {
        double decay;
        try {
            decay = args.doubleAt(index);
        } catch (CommandException noNumber) {
            throw TopKErrors.BAD_DECAY;
        }
        if (decay > 0 && decay <= 1) {
            return decay;
        }
        throw TopKErrors.BAD_DECAY;
    }

    private void add(CommandContext context) throws CommandException {
        Args args = context.args();
        Key key = context.write(1);
        TopK sketch = shelf.get(key);
        context.reply().array(args.count() - FIRST_ITEM);
        for (int i = FIRST_ITEM; i < args.count(); i++) {
            answer(context.reply(), sketch.add(shelf.memory(), args.bytes(i), 1));
        }
        key.markModified();
        context.replication().verbatim();
    }

    private void increase(CommandContext context) throws CommandException {
        Args args = context.args();
        int count = args.count();
        if (count % 2 != 0) {
            throw shelf.arity("topk.incrby");
        }
        for (int i = FIRST_ITEM + 1; i < count; i += 2) {
            more(args, i);
        }
        Key key = context.write(1);
        TopK sketch = shelf.get(key);
        context.reply().array((count - FIRST_ITEM) / 2);
        for (int i = FIRST_ITEM; i < count; i += 2) {
            long more = more(args, i + 1);
            answer(
                    context.reply(),
                    more == 0 ? null : sketch.add(shelf.memory(), args.bytes(i), more));
        }
        key.markModified();
        context.replication().verbatim();
    }

    private static long more(Args args, int index) throws CommandException {
        return args.longAt(index, 0, TopK.MORE_MAX, TopKErrors.BAD_INCREMENT);
    }

    private static void answer(ReplyWriter reply, byte[] expelled) {
        if (expelled == null) {
            reply.nil();
        } else {
            reply.bulk(expelled);
        }
    }

    private void query(CommandContext context) throws CommandException {
        Args args = context.args();
        TopK sketch = shelf.get(context.read(1));
        context.reply().array(args.count() - FIRST_ITEM);
        for (int i = FIRST_ITEM; i < args.count(); i++) {
            context.reply().bool(sketch.contains(args.bytes(i)));
        }
    }

    private void count(CommandContext context) throws CommandException {
        Args args = context.args();
        TopK sketch = shelf.get(context.read(1));
        context.reply().array(args.count() - FIRST_ITEM);
        for (int i = FIRST_ITEM; i < args.count(); i++) {
            context.reply().integer(sketch.count(args.bytes(i)));
        }
    }

    private void list(CommandContext context) throws CommandException {
        Args args = context.args();
        if (args.count() > 3) {
            throw shelf.arity("topk.list");
        }
        TopK sketch = shelf.get(context.read(1));
        boolean withCounts = args.count() == 3;
        if (withCounts && !args.is(2, "WITHCOUNT")) {
            throw TopKErrors.BAD_WORD;
        }
        Ranking ranking = sketch.ranking();
        int[] order = ranking.order();
        ReplyWriter reply = context.reply();
        reply.array(withCounts ? 2 * order.length : order.length);
        for (int i = order.length - 1; i >= 0; i--) {
            reply.bulk(ranking.address(order[i]), ranking.length(order[i]));
            if (withCounts) {
                reply.integer(ranking.count(order[i]));
            }
        }
    }

    private void info(CommandContext context) throws CommandException {
        TopKShape shape = shelf.get(context.read(1)).shape();
        ReplyWriter reply = context.reply();
        reply.map(4);
        reply.simple("k");
        reply.integer(shape.places());
        reply.simple("width");
        reply.integer(shape.width());
        reply.simple("depth");
        reply.integer(shape.depth());
        reply.simple("decay");
        reply.dbl(shape.decay());
    }

    // ---- in and out ----

    private void dump(CommandContext context) throws CommandException {
        TopK sketch = shelf.get(context.read(1));
        long iterator = context.args().longAt(2, 0, Long.MAX_VALUE, TopKErrors.BAD_CHUNK);
        if (iterator == Chunks.BEGIN) {
            context.reply().array(2);
            context.reply().integer(Chunks.HEAD);
            context.reply().bulk(TopKHead.of(sketch));
        } else {
            Chunks.answer(context.reply(), runs(sketch), iterator);
        }
    }

    private static Pages[] runs(TopK sketch) {
        return new Pages[] {sketch.buckets()};
    }

    private void load(CommandContext context) throws CommandException {
        long iterator = context.args().longAt(2, 1, Long.MAX_VALUE, TopKErrors.BAD_CHUNK);
        Bytes content = context.args().bytes(3);
        Key key = context.write(1);
        if (iterator == Chunks.HEAD) {
            TopKShape shape = TopKHead.shape(content);
            shelf.mustBeAbsent(key);
            shelf.checkBytes(context, shape.bytes());
            shelf.put(key, TopKHead.read(shelf.census(), shelf.memory(), content, shape));
        } else {
            TopK sketch = shelf.get(key);
            if (!Chunks.take(shelf.memory(), runs(sketch), iterator, content)) {
                throw TopKErrors.BAD_CHUNK;
            }
            key.markModified();
        }
        context.replication().verbatim();
        context.reply().ok();
    }
}
