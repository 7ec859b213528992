// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.tdigest;

import dev.sigrun.bloom.sketch.Family;
import dev.sigrun.bloom.sketch.Shelf;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.reply.ReplyWriter;

/** Owner thread only. The commands of t-digests that read them. */
final class QueryCommands {
    private static final int FIRST = 2;
    private static final long RANK_BELOW_ALL = -1;
    private static final long RANK_OF_NONE = -2;

    private final Shelf<TDigest> shelf;

    QueryCommands(Shelf<TDigest> shelf) {
        this.shelf = shelf;
    }

    void register(Family family) {
        family.read("tdigest.min", 2, context -> context.reply().dbl(digest(context).min()));
        family.read("tdigest.max", 2, context -> context.reply().dbl(digest(context).max()));
        family.read("tdigest.quantile", -3, this::quantile);
        family.read("tdigest.cdf", -3, this::shares);
        family.read("tdigest.trimmed_mean", 4, this::trimmedMean);
        family.read("tdigest.rank", -3, context -> ranks(context, false));
        family.read("tdigest.revrank", -3, context -> ranks(context, true));
        family.read("tdigest.byrank", -3, context -> byRank(context, false));
        family.read("tdigest.byrevrank", -3, context -> byRank(context, true));
        family.read("tdigest.info", 2, this::info);
    }

    private TDigest digest(CommandContext context) throws CommandException {
        return shelf.get(context.read(1));
    }

    /** A number that is not NaN. */
    static double number(Args args, int index, CommandException otherwise) throws CommandException {
        try {
            return args.doubleAt(index);
        } catch (CommandException noNumber) {
            throw otherwise;
        }
    }

    private void quantile(CommandContext context) throws CommandException {
        Args args = context.args();
        TDigest digest = digest(context);
        for (int i = FIRST; i < args.count(); i++) {
            double share = number(args, i, TDigestErrors.BAD_QUANTILE);
            if (share < 0 || share > 1) {
                throw TDigestErrors.QUANTILE_RANGE;
            }
        }
        context.reply().array(args.count() - FIRST);
        for (int i = FIRST; i < args.count(); i++) {
            double share = number(args, i, TDigestErrors.BAD_QUANTILE);
            context.reply().dbl(Estimates.quantile(digest, share));
        }
    }

    private void shares(CommandContext context) throws CommandException {
        Args args = context.args();
        TDigest digest = digest(context);
        checkNumbers(args, TDigestErrors.BAD_CDF);
        context.reply().array(args.count() - FIRST);
        for (int i = FIRST; i < args.count(); i++) {
            double value = number(args, i, TDigestErrors.BAD_CDF);
            context.reply()
                    .dbl(
                            digest.isEmpty()
                                    ? Double.NaN
                                    : Estimates.below(digest, value) / digest.total());
        }
    }

    private static void checkNumbers(Args args, CommandException otherwise)
            throws CommandException {
        for (int i = FIRST; i < args.count(); i++) {
            number(args, i, otherwise);
        }
    }

    private void trimmedMean(CommandContext context) throws CommandException {
        Args args = context.args();
        TDigest digest = digest(context);
        double low = number(args, 2, TDigestErrors.BAD_LOW);
        double high = number(args, 3, TDigestErrors.BAD_HIGH);
        if (low < 0 || low > 1 || high < 0 || high > 1) {
            throw TDigestErrors.CUT_RANGE;
        }
        if (low >= high) {
            throw TDigestErrors.CUT_ORDER;
        }
        context.reply().dbl(Estimates.trimmedMean(digest, low, high));
    }

    private void ranks(CommandContext context, boolean isReverse) throws CommandException {
        Args args = context.args();
        TDigest digest = digest(context);
        checkNumbers(args, TDigestErrors.BAD_RANK_VALUE);
        context.reply().array(args.count() - FIRST);
        for (int i = FIRST; i < args.count(); i++) {
            double value = number(args, i, TDigestErrors.BAD_RANK_VALUE);
            context.reply().integer(rank(digest, value, isReverse));
        }
    }

    private static long rank(TDigest digest, double value, boolean isReverse) {
        if (digest.isEmpty()) {
            return RANK_OF_NONE;
        }
        boolean isBefore = isReverse ? value > digest.max() : value < digest.min();
        if (isBefore) {
            return RANK_BELOW_ALL;
        }
        double below = Estimates.below(digest, value);
        return (long) Math.floor(isReverse ? digest.total() - below : below);
    }

    private void byRank(CommandContext context, boolean isReverse) throws CommandException {
        Args args = context.args();
        TDigest digest = digest(context);
        for (int i = FIRST; i < args.count(); i++) {
            rank(args, i);
        }
        context.reply().array(args.count() - FIRST);
        for (int i = FIRST; i < args.count(); i++) {
            context.reply().dbl(atRank(digest, rank(args, i), isReverse));
        }
    }

    private static long rank(Args args, int index) throws CommandException {
        long rank = args.longAt(index, Long.MIN_VALUE, Long.MAX_VALUE, TDigestErrors.BAD_RANK);
        if (rank < 0) {
            throw TDigestErrors.RANK_RANGE;
        }
        return rank;
    }

    private static double atRank(TDigest digest, long rank, boolean isReverse) {
        if (digest.isEmpty()) {
            return Double.NaN;
        }
        if (rank >= digest.total()) {
            return isReverse ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        // A rank stands for a whole value, of which the middle is asked for.
        double fromBelow = isReverse ? digest.total() - 1 - rank : rank;
        return Estimates.atRank(digest, fromBelow + 0.5);
    }

    private void info(CommandContext context) throws CommandException {
        TDigest digest = digest(context);
        ReplyWriter reply = context.reply();
        reply.map(9);
        field(reply, "Compression", digest.compression());
        field(reply, "Capacity", digest.capacity());
        field(reply, "Merged nodes", digest.centroids());
        field(reply, "Unmerged nodes", 0);
        field(reply, "Merged weight", (long) digest.total());
        field(reply, "Unmerged weight", 0);
        field(reply, "Observations", (long) digest.total());
        field(reply, "Total compressions", digest.compressions());
        field(reply, "Memory usage", digest.memoryUsage(shelf.memory()));
    }

    private static void field(ReplyWriter reply, String name, long value) {
        reply.simple(name);
        reply.integer(value);
    }
}
