// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.tdigest;

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

/** Owner thread only. The commands of t-digests that make and change them. */
public final class TDigestCommands {
    /** The command that takes a whole digest. */
    static final String LOAD = "TDIGEST.LOAD";

    private static final String TYPE = "TDIS-TYPE";
    private static final String DOCS = "dev/sigrun/bloom/tdigest.json";
    private static final int LAYOUT_VERSION = 0;
    private static final long COMPRESSION = 100;
    private static final int FIRST_VALUE = 2;
    private static final int FIRST_SOURCE = 3;

    private final Shelf<TDigest> shelf;

    private TDigestCommands(Shelf<TDigest> shelf) {
        this.shelf = shelf;
    }

    /** Declares type and commands. */
    public static Shelf<?> register(Registrar registrar, SketchSettings settings) {
        Shelf<TDigest> shelf =
                new Shelf<>(
                        "tdigest",
                        settings,
                        TDigestErrors.NO_KEY,
                        TDigestErrors.EXISTS,
                        TDigestErrors.TOO_LARGE);
        shelf.type(
                new SketchType<>(
                        TYPE,
                        LAYOUT_VERSION,
                        TDigest.class,
                        (context, in) ->
                                TDigest.read(
                                        shelf.census(),
                                        context.memory(),
                                        in,
                                        shelf.bytesMax(context))));
        registrar.type(shelf.type());
        TDigestCommands commands = new TDigestCommands(shelf);
        Family family = new Family(registrar, "tdigest", DOCS);
        family.write("tdigest.create", -2, commands::create);
        family.write("tdigest.add", -3, commands::add);
        family.write("tdigest.reset", 2, commands::reset);
        family.merge("tdigest.merge", -4, commands::merge);
        family.write("tdigest.load", 3, commands::load);
        new QueryCommands(shelf).register(family);
        return shelf;
    }

    private void create(CommandContext context) throws CommandException {
        Args args = context.args();
        long compression = COMPRESSION;
        if (args.count() == 4 && args.is(2, "COMPRESSION")) {
            compression = compression(args, 3);
        } else if (args.count() != 2) {
            throw args.count() == 4 ? TDigestErrors.BAD_KEYWORD : shelf.arity("tdigest.create");
        }
        Key key = context.write(1);
        shelf.mustBeAbsent(key);
        shelf.checkBytes(context, TDigest.bytes(compression));
        shelf.put(key, TDigest.empty(shelf.census(), compression));
        context.replication().verbatim();
        context.reply().ok();
    }

    private static long compression(Args args, int index) throws CommandException {
        long compression =
                args.longAt(index, Long.MIN_VALUE, Long.MAX_VALUE, TDigestErrors.BAD_COMPRESSION);
        if (compression < 1) {
            throw TDigestErrors.COMPRESSION_RANGE;
        }
        return compression;
    }

    private void add(CommandContext context) throws CommandException {
        Args args = context.args();
        Key key = context.write(1);
        TDigest digest = shelf.get(key);
        for (int i = FIRST_VALUE; i < args.count(); i++) {
            value(args, i);
        }
        digest.prepare(shelf.memory(), args.count() - FIRST_VALUE);
        for (int i = FIRST_VALUE; i < args.count(); i++) {
            digest.add(shelf.memory(), value(args, i));
        }
        key.markModified();
        context.replication().verbatim();
        context.reply().ok();
    }

    private static double value(Args args, int index) throws CommandException {
        double value = QueryCommands.number(args, index, TDigestErrors.BAD_VALUE);
        if (Double.isInfinite(value)) {
            throw TDigestErrors.BAD_VALUE;
        }
        return value;
    }

    private void reset(CommandContext context) throws CommandException {
        Key key = context.write(1);
        shelf.get(key).reset(shelf.memory());
        key.markModified();
        context.replication().verbatim();
        context.reply().ok();
    }

    private void merge(CommandContext context) throws CommandException {
        Args args = context.args();
        long count = args.longAt(2, Long.MIN_VALUE, Long.MAX_VALUE, TDigestErrors.BAD_COUNT);
        if (count < 1) {
            throw TDigestErrors.COUNT_RANGE;
        }
        if (count > args.count() - FIRST_SOURCE) {
            throw shelf.arity("tdigest.merge");
        }
        int at = FIRST_SOURCE + (int) count;
        boolean isOver = false;
        long wished = 0;
        while (at < args.count()) {
            if (args.is(at, "OVERRIDE")) {
                isOver = true;
            } else if (args.is(at, "COMPRESSION") && at + 1 < args.count()) {
                at++;
                wished = compression(args, at);
            } else {
                throw TDigestErrors.BAD_KEYWORD;
            }
            at++;
        }
        Key key = context.write(1);
        TDigest before = shelf.find(key);
        TDigest[] sources = new TDigest[(int) count];
        long largest = before != null && !isOver ? before.compression() : 0;
        for (int i = 0; i < sources.length; i++) {
            sources[i] = shelf.get(context.read(FIRST_SOURCE + i));
            largest = Math.max(largest, sources[i].compression());
        }
        long compression = wished > 0 ? wished : largest;
        shelf.checkBytes(context, TDigest.bytes(compression));
        put(key, union(before != null && !isOver ? before : null, sources, compression));
        context.replication().verbatim();
        context.reply().ok();
    }

    /**
     * A new digest of all; the old one may be among the sources and stays as it is till the end.
     */
    private TDigest union(TDigest before, TDigest[] sources, long compression) {
        TDigest union = TDigest.empty(shelf.census(), compression);
        boolean isWhole = false;
        try {
            if (before != null) {
                union.merge(shelf.memory(), before);
            }
            for (TDigest source : sources) {
                union.merge(shelf.memory(), source);
            }
            isWhole = true;
            return union;
        } finally {
            if (!isWhole) {
                union.free(shelf.memory());
            }
        }
    }

    private void put(Key key, TDigest digest) {
        long expireAtMillis = key.expireAtMillis();
        shelf.put(key, digest);
        if (expireAtMillis >= 0) {
            key.expireAt(expireAtMillis);
        }
    }

    private void load(CommandContext context) throws CommandException {
        Bytes blob = context.args().bytes(2);
        Key key = context.write(1);
        shelf.mustBeAbsent(key);
        long compression = TDigestBlob.compression(blob);
        shelf.checkBytes(context, TDigest.bytes(compression));
        shelf.put(key, TDigestBlob.read(shelf.census(), shelf.memory(), blob, compression));
        context.replication().verbatim();
        context.reply().ok();
    }
}
