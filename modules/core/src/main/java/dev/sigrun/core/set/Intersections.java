// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.set;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.OW;
import static dev.sigrun.spi.command.KeySpec.Use.RO;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.memory.dict.Item;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.reply.ReplyWriter;

/**
 * SINTER, SINTERCARD and SINTERSTORE: each member of the smallest set is looked for in the others,
 * the next smallest first. Owner thread only.
 */
final class Intersections {
    private static final int CARD_FIRST_KEY = 2;
    private static final int STORE_FIRST_KEY = 2;

    private static final CommandException NO_KEYS =
            CommandException.of("numkeys should be greater than 0");
    private static final CommandException TOO_FEW_KEYS =
            CommandException.of("Number of keys can't be greater than number of args");
    private static final CommandException NEGATIVE_LIMIT =
            CommandException.of("LIMIT can't be negative");

    private final SetSources sources;
    private final SetIterator iterator = new SetIterator();
    private final SetStore store;

    Intersections(Sets sets, SetType type, CoreMemory memory) {
        this.sources = new SetSources(sets, type);
        this.store = new SetStore(sets, type, memory);
    }

    void register(Registrar registrar) {
        registrar.command(
                SetCommands.command("SINTER", -2)
                        .flags(READONLY)
                        .key(KeySpec.range(1, -1, 1, RO, ACCESS))
                        .tips("nondeterministic_output_order")
                        .build(),
                this::inter);
        registrar.command(
                SetCommands.command("SINTERCARD", -3)
                        .flags(READONLY)
                        .key(KeySpec.counted(1, 1, 1, RO, ACCESS))
                        .build(),
                this::card);
        registrar.command(
                SetCommands.command("SINTERSTORE", -3)
                        .flags(WRITE, DENYOOM)
                        .key(KeySpec.at(1, OW, UPDATE))
                        .key(KeySpec.range(2, -1, 1, RO, ACCESS))
                        .build(),
                this::interstore);
    }

    // ---- going over an intersection ----

    /** Begins; whether there can be any members at all. */
    private boolean begin(CommandContext context, int first, int keys) throws CommandException {
        sources.read(context, first, keys);
        if (sources.someMissing()) {
            return false;
        }
        sources.sort(0, false);
        iterator.over(sources.value(0), sources.length(0));
        return true;
    }

    /** Goes to the next member that all sets have; false when there are no more. */
    private boolean next() {
        while (iterator.next()) {
            if (isInAll(iterator.item())) {
                return true;
            }
        }
        return false;
    }

    private boolean isInAll(Item member) {
        for (int place = 1; place < sources.count(); place++) {
            if (!sources.isSame(place, 0) && !sources.contains(place, member)) {
                return false;
            }
        }
        return true;
    }

    // ---- the commands ----

    private void inter(CommandContext context) throws CommandException {
        boolean some = begin(context, 1, context.args().count() - 1);
        ReplyWriter reply = context.reply();
        long mark = reply.deferredArray();
        int answered = 0;
        while (some && next()) {
            Members.reply(reply, iterator.item());
            answered++;
        }
        reply.closeSet(mark, answered);
    }

    private void card(CommandContext context) throws CommandException {
        Args args = context.args();
        long keys = args.longAt(1, 1, Long.MAX_VALUE, NO_KEYS);
        if (keys > args.count() - CARD_FIRST_KEY) {
            throw TOO_FEW_KEYS;
        }
        long limit = 0;
        for (int i = CARD_FIRST_KEY + (int) keys; i < args.count(); i += 2) {
            if (!args.is(i, "LIMIT") || i + 1 == args.count()) {
                throw CommandException.SYNTAX;
            }
            limit = args.longAt(i + 1, 0, Long.MAX_VALUE, NEGATIVE_LIMIT);
        }
        boolean some = begin(context, CARD_FIRST_KEY, (int) keys);
        long found = 0;
        while (some && (limit == 0 || found < limit) && next()) {
            found++;
        }
        context.reply().integer(found);
    }

    private void interstore(CommandContext context) throws CommandException {
        int keys = context.args().count() - STORE_FIRST_KEY;
        boolean some = begin(context, STORE_FIRST_KEY, keys);
        store.begin(some && Sets.form(sources.value(0)) == Sets.INTSET);
        try {
            boolean integers = true;
            while (some && next()) {
                store.result().add(iterator.item());
                integers &= iterator.item().isInteger();
            }
            if (integers) {
                store.result().toIntset();
            }
            store.store(context, "sinterstore");
        } finally {
            store.result().close();
        }
    }
}
