// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.element.RandomCount;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.reply.ReplyWriter;
import dev.sigrun.spi.type.Cell;
import java.util.random.RandomGenerator;

/**
 * ZRANDMEMBER. A member is picked by its rank. Different members are picked in one walk over the
 * set, each with the chance that is left for it; out of a much larger set, at random, where the
 * ranks already picked are kept in mind. Owner thread only.
 */
final class RandomCommand {
    /** From a set with more than so many times as many members, they are picked at random. */
    private static final int WALKED_PER_PICK_MAX = 3;

    private final SortedSetKeys keys;
    private final RankSet picked;

    // What is to be answered, and how.
    private long size;
    private RandomGenerator random;
    private ReplyWriter reply;
    private boolean scores;
    private boolean nested;

    RandomCommand(SortedSetKeys keys, CoreMemory memory) {
        this.keys = keys;
        this.picked = new RankSet(memory);
    }

    void register(Registrar registrar) {
        registrar.command(
                SortedSetCommands.command("ZRANDMEMBER", -2)
                        .flags(READONLY)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .tips("nondeterministic_output")
                        .build(),
                this::randomMember);
    }

    private void randomMember(CommandContext context) throws CommandException {
        Args args = context.args();
        if (args.count() == 2) {
            answerOne(context);
            return;
        }
        long count = RandomCount.parse(args, 2);
        boolean withScores = args.count() == 4 && args.is(3, "WITHSCORES");
        if (args.count() > 4 || (args.count() == 4 && !withScores)) {
            throw CommandException.SYNTAX;
        }
        if (withScores && Math.abs(count) > Long.MAX_VALUE / 2) {
            throw CommandException.OUT_OF_RANGE;
        }
        answerMany(context, count, withScores);
    }

    private void answerOne(CommandContext context) throws CommandException {
        Cell cell = keys.find(context.read(1));
        if (cell == null) {
            context.reply().nil();
        } else {
            keys.walk.seek(cell, context.random().nextLong(SortedSets.size(cell)));
            context.reply().bulk(keys.walk.member(), keys.walk.length());
        }
    }

    private void answerMany(CommandContext context, long count, boolean withScores)
            throws CommandException {
        Cell cell = keys.find(context.read(1));
        if (cell == null || count == 0) {
            context.reply().array(0);
            return;
        }
        RandomCount.limit(count);
        size = SortedSets.size(cell);
        long answered = count < 0 ? -count : Math.min(count, size);
        random = context.random();
        reply = context.reply();
        scores = withScores;
        nested = context.client().protocol() > 2;
        SortedSetKeys.begin(reply, answered, scores, nested);
        if (count < 0 || answered == 1) {
            for (long left = answered; left > 0; left--) {
                answer(cell, random.nextLong(size));
            }
        } else if (answered > size / WALKED_PER_PICK_MAX) {
            walk(cell, answered);
        } else {
            pickDifferent(cell, answered);
        }
    }

    private void answer(Cell cell, long rank) {
        keys.walk.seek(cell, rank);
        SortedSetKeys.reply(reply, keys.walk, scores, nested);
    }

    private void walk(Cell cell, long wanted) {
        long left = size;
        long toAnswer = wanted;
        keys.walk.seek(cell, 0);
        while (toAnswer > 0) {
            if (left == toAnswer || random.nextLong(left) < toAnswer) {
                SortedSetKeys.reply(reply, keys.walk, scores, nested);
                toAnswer--;
            }
            left--;
            keys.walk.next();
        }
    }

    private void pickDifferent(Cell cell, long wanted) {
        picked.begin(wanted);
        try {
            long left = wanted;
            while (left > 0) {
                long rank = random.nextLong(size);
                if (picked.add(rank)) {
                    answer(cell, rank);
                    left--;
                }
            }
        } finally {
            picked.close();
        }
    }
}
