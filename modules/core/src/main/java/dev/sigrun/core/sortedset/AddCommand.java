// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.type.Cell;

/** ZADD, and ZINCRBY, which is ZADD with INCR and nothing else. Owner thread only. */
final class AddCommand implements CommandHandler {
    private static final CommandException NOT_A_NUMBER =
            CommandException.of("resulting score is not a number (NaN)");

    private final SortedSetKeys keys;
    private final AddOptions options;

    // What has been done so far.
    private int added;
    private int updated;
    private int processed;
    private double lastScore;

    private AddCommand(SortedSetKeys keys, boolean increments) {
        this.keys = keys;
        this.options = new AddOptions(increments);
    }

    static void register(Registrar registrar, SortedSetKeys keys) {
        registrar.command(
                SortedSetCommands.command("ZADD", -4)
                        .flags(WRITE, DENYOOM, FAST)
                        .key(KeySpec.at(1, RW, UPDATE))
                        .build(),
                new AddCommand(keys, false));
        registrar.command(
                SortedSetCommands.command("ZINCRBY", 4)
                        .flags(WRITE, DENYOOM, FAST)
                        .key(KeySpec.at(1, RW, ACCESS, UPDATE))
                        .build(),
                new AddCommand(keys, true));
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        options.parse(context.args());
        added = 0;
        updated = 0;
        processed = 0;
        Key key = context.write(1);
        Cell cell = keys.find(key);
        if (cell != null) {
            keys.sets.expect(cell, options.pairs(), options.lengthMax());
            addAll(context, cell);
        } else if (options.takesNew()) {
            create(context, key);
        }
        if (added + updated > 0) {
            key.markModified();
            key.countChanges(added + updated - 1L);
            key.notify(NotifyClass.SORTED_SET, options.increments() ? "zincr" : "zadd");
            context.replication().verbatim();
        }
        reply(context);
    }

    private void create(CommandContext context, Key key) throws CommandException {
        boolean large = keys.sets.beginsLarge(options.pairs(), options.lengthMax());
        Cell cell = key.newValue(keys.type, SortedSets.emptyBytes(large));
        SortedSets.create(cell, large);
        try {
            addAll(context, cell);
        } finally {
            if (added == 0) {
                key.remove(false); // Memory ran out before anything could be added.
            }
        }
    }

    private void addAll(CommandContext context, Cell cell) throws CommandException {
        for (int i = 0; i < options.pairs(); i++) {
            Bytes member = context.args().bytes(options.memberIndex(i));
            if (keys.find(cell, member)) {
                change(cell, options.score(i));
            } else if (options.takesNew()) {
                lastScore = options.score(i);
                keys.sets.add(cell, lastScore);
                added++;
                processed++;
            }
        }
    }

    private void change(Cell cell, double given) throws CommandException {
        if (!options.takesOld()) {
            return;
        }
        double old = keys.sets.score(cell);
        double score = options.increments() ? old + given : given;
        if (Double.isNaN(score)) {
            // This can only be the one pair that INCR takes, so nothing was changed before.
            throw NOT_A_NUMBER;
        }
        if (!options.takes(old, score)) {
            return;
        }
        if (score != old) {
            keys.sets.update(cell, score);
            updated++;
        }
        lastScore = score;
        processed++;
    }

    private void reply(CommandContext context) {
        if (!options.increments()) {
            context.reply().integer(options.countsChanges() ? added + updated : added);
        } else if (processed > 0) {
            context.reply().dbl(lastScore);
        } else {
            context.reply().nil();
        }
    }
}
