// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.cms;

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

/** Owner thread only. The commands of count-min sketches but {@code CMS.MERGE}. */
public final class CmsCommands {
    /** The command that takes what {@code CMS.SCANDUMP} gave. */
    static final String LOAD = "CMS.LOADCHUNK";

    private static final String TYPE = "CMSk-TYPE";
    private static final String DOCS = "dev/sigrun/bloom/cms.json";
    private static final int LAYOUT_VERSION = 0;
    private static final int FIRST_ITEM = 2;

    private final Shelf<CountMinSketch> shelf;

    private CmsCommands(Shelf<CountMinSketch> shelf) {
        this.shelf = shelf;
    }

    /** Declares type and commands. */
    public static Shelf<?> register(Registrar registrar, SketchSettings settings) {
        Shelf<CountMinSketch> shelf =
                new Shelf<>(
                        "cms", settings, CmsErrors.NO_KEY, CmsErrors.EXISTS, CmsErrors.TOO_LARGE);
        shelf.type(
                new SketchType<>(
                        TYPE,
                        LAYOUT_VERSION,
                        CountMinSketch.class,
                        (context, in) ->
                                CountMinSketch.read(
                                        shelf.census(),
                                        context.memory(),
                                        in,
                                        shelf.bytesMax(context))));
        registrar.type(shelf.type());
        CmsCommands commands = new CmsCommands(shelf);
        Family family = new Family(registrar, "cms", DOCS);
        family.write("cms.initbydim", 4, commands::initByDimensions);
        family.write("cms.initbyprob", 4, commands::initByProbability);
        family.write("cms.incrby", -4, commands::increase);
        family.merge("cms.merge", -4, new MergeCommand(shelf)::merge);
        family.write("cms.loadchunk", 4, commands::load);
        family.read("cms.query", -3, commands::query);
        family.read("cms.info", 2, commands::info);
        family.read("cms.scandump", 3, commands::dump);
        return shelf;
    }

    private void initByDimensions(CommandContext context) throws CommandException {
        Args args = context.args();
        long width = args.longAt(2, 1, Long.MAX_VALUE, CmsErrors.BAD_WIDTH);
        long depth = args.longAt(3, 1, Long.MAX_VALUE, CmsErrors.BAD_DEPTH);
        init(context, width, depth);
    }

    private void initByProbability(CommandContext context) throws CommandException {
        Args args = context.args();
        double error = ratio(args, 2, CmsErrors.BAD_ERROR);
        double probability = ratio(args, 3, CmsErrors.BAD_PROBABILITY);
        // The paper's bounds are e/error and ln(1/probability); RedisBloom takes base two.
        double width = Math.ceil(2 / error);
        double depth = Math.ceil(Math.log10(probability) / Math.log10(0.5));
        init(context, (long) width, Math.max(1, (long) depth));
    }

    private static double ratio(Args args, int index, CommandException otherwise)
            throws CommandException {
        double value;
        try {
            value = args.doubleAt(index);
        } catch (CommandException noNumber) {
            throw otherwise;
        }
        if (value > 0 && value < 1) {
            return value;
        }
        throw otherwise;
    }

    private void init(CommandContext context, long width, long depth) throws CommandException {
        Key key = context.write(1);
        shelf.mustBeAbsent(key);
        shelf.checkBytes(context, CountMinSketch.bytes(width, depth));
        shelf.put(key, CountMinSketch.empty(shelf.census(), width, depth));
        context.replication().verbatim();
        context.reply().ok();
    }

    private void increase(CommandContext context) throws CommandException {
        Args args = context.args();
        int count = args.count();
        if (count % 2 != 0) {
            throw shelf.arity("cms.incrby");
        }
        for (int i = FIRST_ITEM + 1; i < count; i += 2) {
            more(args, i);
        }
        Key key = context.write(1);
        CountMinSketch sketch = shelf.get(key);
        for (int i = FIRST_ITEM; i < count; i += 2) {
            sketch.prepare(shelf.memory(), args.bytes(i));
        }
        ReplyWriter reply = context.reply();
        reply.array((count - FIRST_ITEM) / 2);
        for (int i = FIRST_ITEM; i < count; i += 2) {
            long more = more(args, i + 1);
            long estimate = sketch.add(args.bytes(i), more);
            if (estimate == CountMinSketch.CELL_MAX) {
                reply.error(CmsErrors.INCREASE_OVERFLOW);
            } else {
                reply.integer(estimate);
            }
        }
        key.markModified();
        context.replication().verbatim();
    }

    private static long more(Args args, int index) throws CommandException {
        long more = args.longAt(index, Long.MIN_VALUE, Long.MAX_VALUE, CmsErrors.NOT_A_NUMBER);
        if (more < 0) {
            throw CmsErrors.NEGATIVE;
        }
        return more;
    }

    private void query(CommandContext context) throws CommandException {
        Args args = context.args();
        CountMinSketch sketch = shelf.get(context.read(1));
        context.reply().array(args.count() - FIRST_ITEM);
        for (int i = FIRST_ITEM; i < args.count(); i++) {
            context.reply().integer(sketch.count(args.bytes(i)));
        }
    }

    private void info(CommandContext context) throws CommandException {
        CountMinSketch sketch = shelf.get(context.read(1));
        ReplyWriter reply = context.reply();
        reply.map(3);
        reply.simple("width");
        reply.integer(sketch.width());
        reply.simple("depth");
        reply.integer(sketch.depth());
        reply.simple("count");
        reply.integer(sketch.total());
    }

    private void dump(CommandContext context) throws CommandException {
        CountMinSketch sketch = shelf.get(context.read(1));
        long iterator = context.args().longAt(2, 0, Long.MAX_VALUE, CmsErrors.BAD_CHUNK);
        if (iterator == Chunks.BEGIN) {
            context.reply().array(2);
            context.reply().integer(Chunks.HEAD);
            context.reply().bulk(CmsHead.of(sketch));
        } else {
            Chunks.answer(context.reply(), sketch.runs(), iterator);
        }
    }

    private void load(CommandContext context) throws CommandException {
        long iterator = context.args().longAt(2, 1, Long.MAX_VALUE, CmsErrors.BAD_CHUNK);
        Bytes content = context.args().bytes(3);
        Key key = context.write(1);
        if (iterator == Chunks.HEAD) {
            CmsHead head = CmsHead.read(content);
            shelf.mustBeAbsent(key);
            shelf.checkBytes(context, CountMinSketch.bytes(head.width(), head.depth()));
            CountMinSketch sketch =
                    CountMinSketch.empty(shelf.census(), head.width(), head.depth());
            sketch.total(head.total());
            shelf.put(key, sketch);
        } else {
            CountMinSketch sketch = shelf.get(key);
            if (!Chunks.take(shelf.memory(), sketch.runs(), iterator, content)) {
                throw CmsErrors.BAD_CHUNK;
            }
            key.markModified();
        }
        context.replication().verbatim();
        context.reply().ok();
    }
}
