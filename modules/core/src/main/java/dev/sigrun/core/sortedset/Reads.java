// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.reply.ReplyWriter;
import dev.sigrun.spi.type.Cell;
import java.util.Locale;

/** ZCARD, ZSCORE, ZMSCORE, ZCOUNT, ZLEXCOUNT, ZRANK and ZREVRANK. Owner thread only. */
final class Reads {
    private final SortedSetKeys keys;
    private final ScoreRange scoreRange = new ScoreRange();
    private final LexRange textRange = new LexRange();

    Reads(SortedSetKeys keys) {
        this.keys = keys;
    }

    void register(Registrar registrar) {
        registrar.command(
                SortedSetCommands.command("ZCARD", 2)
                        .flags(READONLY, FAST)
                        .key(KeySpec.at(1, RO))
                        .build(),
                this::card);
        register(registrar, "ZSCORE", 3, this::score);
        register(registrar, "ZMSCORE", -3, this::scores);
        register(registrar, "ZCOUNT", 4, this::count);
        register(registrar, "ZLEXCOUNT", 4, this::lexcount);
        registerRank(registrar, "ZRANK", false);
        registerRank(registrar, "ZREVRANK", true);
    }

    private static void register(
            Registrar registrar, String name, int arity, CommandHandler handler) {
        registrar.command(
                SortedSetCommands.command(name, arity)
                        .flags(READONLY, FAST)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .build(),
                handler);
    }

    private void registerRank(Registrar registrar, String name, boolean backwards) {
        CommandException wrongArity =
                CommandException.of(
                        "wrong number of arguments for '"
                                + name.toLowerCase(Locale.ROOT)
                                + "' command");
        register(registrar, name, -3, context -> rank(context, backwards, wrongArity));
    }

    private void card(CommandContext context) throws CommandException {
        Cell cell = keys.find(context.read(1));
        context.reply().integer(cell == null ? 0 : SortedSets.size(cell));
    }

    private void score(CommandContext context) throws CommandException {
        Cell cell = keys.find(context.read(1));
        replyScore(context, cell, 2);
    }

    private void scores(CommandContext context) throws CommandException {
        Cell cell = keys.find(context.read(1));
        int count = context.args().count();
        context.reply().array(count - 2);
        for (int i = 2; i < count; i++) {
            replyScore(context, cell, i);
        }
    }

    private void replyScore(CommandContext context, Cell cell, int index) {
        if (cell != null && keys.find(cell, context.args().bytes(index))) {
            context.reply().dbl(keys.sets.score(cell));
        } else {
            context.reply().nil();
        }
    }

    private void count(CommandContext context) throws CommandException {
        scoreRange.parse(context.args().bytes(2), context.args().bytes(3));
        Cell cell = keys.find(context.read(1));
        long count = 0;
        if (cell != null) {
            count = scoreRange.to(keys.sets, cell) - scoreRange.from(keys.sets, cell);
        }
        context.reply().integer(Math.max(0, count));
    }

    private void lexcount(CommandContext context) throws CommandException {
        textRange.parse(context.args().bytes(2), context.args().bytes(3));
        Cell cell = keys.find(context.read(1));
        long count = 0;
        if (cell != null) {
            textRange.locate(keys.sets, cell, false);
            count = textRange.to() - textRange.from();
        }
        context.reply().integer(Math.max(0, count));
    }

    private void rank(CommandContext context, boolean backwards, CommandException wrongArity)
            throws CommandException {
        Args args = context.args();
        if (args.count() > 4) {
            throw wrongArity;
        }
        boolean withScore = args.count() > 3;
        if (withScore && !args.is(3, "WITHSCORE")) {
            throw CommandException.SYNTAX;
        }
        ReplyWriter reply = context.reply();
        Cell cell = keys.find(context.read(1));
        if (cell == null || !keys.find(cell, args.bytes(2))) {
            replyNothing(reply, withScore);
            return;
        }
        long rank = keys.sets.rank(cell);
        if (withScore) {
            reply.array(2);
        }
        reply.integer(backwards ? SortedSets.size(cell) - 1 - rank : rank);
        if (withScore) {
            reply.dbl(keys.sets.score(cell));
        }
    }

    private static void replyNothing(ReplyWriter reply, boolean withScore) {
        if (withScore) {
            reply.nilArray();
        } else {
            reply.nil();
        }
    }
}
