// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.DELETE;
import static dev.sigrun.spi.command.KeySpec.Use.RW;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.type.Cell;

/** ZREM, and ZREMRANGEBYRANK, ZREMRANGEBYSCORE and ZREMRANGEBYLEX. Owner thread only. */
final class Removals {
    private final SortedSetKeys keys;
    private final RankRange ranks = new RankRange();
    private final ScoreRange scores = new ScoreRange();
    private final LexRange texts = new LexRange();

    Removals(SortedSetKeys keys) {
        this.keys = keys;
    }

    void register(Registrar registrar) {
        registrar.command(
                SortedSetCommands.command("ZREM", -3)
                        .flags(WRITE, FAST)
                        .key(KeySpec.at(1, RW, DELETE))
                        .build(),
                this::remove);
        registerRange(registrar, "ZREMRANGEBYRANK", this::removeRanks);
        registerRange(registrar, "ZREMRANGEBYSCORE", this::removeScores);
        registerRange(registrar, "ZREMRANGEBYLEX", this::removeTexts);
    }

    private static void registerRange(Registrar registrar, String name, CommandHandler handler) {
        registrar.command(
                SortedSetCommands.command(name, 4)
                        .flags(WRITE)
                        .key(KeySpec.at(1, RW, DELETE))
                        .build(),
                handler);
    }

    private void remove(CommandContext context) throws CommandException {
        Args args = context.args();
        Key key = context.write(1);
        Cell cell = keys.find(key);
        int removed = 0;
        for (int i = 2; cell != null && i < args.count(); i++) {
            if (keys.find(cell, args.bytes(i))) {
                keys.sets.remove(cell);
                removed++;
            }
        }
        if (removed > 0) {
            keys.finishRemoval(key, SortedSets.size(cell), removed, "zrem");
            context.replication().verbatim();
        }
        context.reply().integer(removed);
    }

    private void removeRanks(CommandContext context) throws CommandException {
        ranks.parse(context.args(), 2);
        Key key = context.write(1);
        Cell cell = keys.find(key);
        if (cell == null) {
            context.reply().integer(0);
            return;
        }
        ranks.locate(SortedSets.size(cell));
        removeRange(context, key, cell, ranks.from(), ranks.to(), "zremrangebyrank");
    }

    private void removeScores(CommandContext context) throws CommandException {
        scores.parse(context.args().bytes(2), context.args().bytes(3));
        Key key = context.write(1);
        Cell cell = keys.find(key);
        if (cell == null) {
            context.reply().integer(0);
            return;
        }
        long from = scores.from(keys.sets, cell);
        long to = scores.to(keys.sets, cell);
        removeRange(context, key, cell, from, to, "zremrangebyscore");
    }

    private void removeTexts(CommandContext context) throws CommandException {
        texts.parse(context.args().bytes(2), context.args().bytes(3));
        Key key = context.write(1);
        Cell cell = keys.find(key);
        if (cell == null) {
            context.reply().integer(0);
            return;
        }
        texts.locate(keys.sets, cell, false);
        removeRange(context, key, cell, texts.from(), texts.to(), "zremrangebylex");
    }

    private void removeRange(
            CommandContext context, Key key, Cell cell, long from, long to, String event) {
        long count = Math.max(0, to - from);
        if (count > 0) {
            keys.removeRange(key, cell, from, to, event);
            context.replication().verbatim();
        }
        context.reply().integer(count);
    }
}
