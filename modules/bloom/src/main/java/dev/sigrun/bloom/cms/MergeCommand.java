// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.cms;

import dev.sigrun.bloom.sketch.Shelf;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;
import java.util.Arrays;

/** Owner thread only. {@code CMS.MERGE}. */
final class MergeCommand {
    private static final int FIRST_SOURCE = 3;

    private final Shelf<CountMinSketch> shelf;

    MergeCommand(Shelf<CountMinSketch> shelf) {
        this.shelf = shelf;
    }

    void merge(CommandContext context) throws CommandException {
        Args args = context.args();
        long count = args.longAt(2, Long.MIN_VALUE, Long.MAX_VALUE, CmsErrors.BAD_COUNT);
        if (count < 1) {
            throw CmsErrors.NO_KEYS;
        }
        if (count > args.count() - FIRST_SOURCE) {
            throw CmsErrors.WRONG_COUNT;
        }
        int end = FIRST_SOURCE + (int) count;
        long[] weights = weights(args, end, (int) count);
        Key key = context.write(1);
        CountMinSketch target = shelf.get(key);
        CountMinSketch[] sources = new CountMinSketch[(int) count];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = shelf.get(context.read(FIRST_SOURCE + i));
            if (!sources[i].isShapedAs(target)) {
                throw CmsErrors.OTHER_SHAPE;
            }
        }
        if (!target.takes(sources, weights)) {
            throw CmsErrors.MERGE_OVERFLOW;
        }
        target.prepareSum(shelf.memory(), sources);
        target.become(sources, weights);
        key.markModified();
        context.replication().verbatim();
        context.reply().ok();
    }

    private static long[] weights(Args args, int end, int count) throws CommandException {
        long[] weights = new long[count];
        if (args.count() == end) {
            Arrays.fill(weights, 1);
            return weights;
        }
        if (!args.is(end, "WEIGHTS")) {
            throw CmsErrors.WRONG_COUNT;
        }
        if (args.count() != end + 1 + count) {
            throw CmsErrors.WRONG_WEIGHTS;
        }
        for (int i = 0; i < count; i++) {
            weights[i] =
                    args.longAt(end + 1 + i, Long.MIN_VALUE, Long.MAX_VALUE, CmsErrors.BAD_WEIGHT);
        }
        return weights;
    }
}
