// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.MOVABLEKEYS;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.OW;
import static dev.sigrun.spi.command.KeySpec.Use.RO;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.set.SetType;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.reply.ReplyWriter;
import java.util.Locale;

/**
 * ZUNION, ZINTER and ZDIFF, the same with STORE, and ZINTERCARD. Results are put together in the
 * large form, which keeps the sign of a zero; what is stored becomes small when it may. Owner
 * thread only.
 *
 * <p>A difference is found in one of two ways, whichever takes less work: each member of the first
 * set is looked for in the others, the largest first; or all members of the others are taken out of
 * a copy of the first. The first way is given half its work for free, since it often stops early.
 */
final class Combinations {
    private final SortedSetKeys keys;
    private final Sources sources;
    private final SortedSetResult result;
    private CombineOptions options;

    /** What the scores of a member that is in all sets have become. */
    private double aggregated;

    Combinations(SortedSetKeys keys, SetType setType, CoreMemory memory) {
        this.keys = keys;
        this.sources = new Sources(keys, setType);
        this.result = new SortedSetResult(keys.type, memory);
    }

    void register(Registrar registrar) {
        for (Operation operation : Operation.values()) {
            registerPlain(registrar, operation);
            registerStoring(registrar, operation);
        }
        CombineOptions counting =
                new CombineOptions("zintercard", Operation.INTER, CombineOptions.Answer.COUNT);
        registrar.command(
                SortedSetCommands.command("ZINTERCARD", -3)
                        .flags(READONLY, MOVABLEKEYS)
                        .key(KeySpec.counted(1, 1, 1, RO, ACCESS))
                        .build(),
                context -> count(context, counting));
    }

    private void registerPlain(Registrar registrar, Operation operation) {
        String name = operation.command;
        CombineOptions plain =
                new CombineOptions(
                        name.toLowerCase(Locale.ROOT), operation, CombineOptions.Answer.MEMBERS);
        registrar.command(
                SortedSetCommands.command(name, -3)
                        .flags(READONLY, MOVABLEKEYS)
                        .key(KeySpec.counted(1, 1, 1, RO, ACCESS))
                        .build(),
                context -> answer(context, operation, plain));
    }

    private void registerStoring(Registrar registrar, Operation operation) {
        String name = operation.command + "STORE";
        CombineOptions storing =
                new CombineOptions(
                        name.toLowerCase(Locale.ROOT), operation, CombineOptions.Answer.STORED);
        registrar.command(
                SortedSetCommands.command(name, -4)
                        .flags(WRITE, DENYOOM, MOVABLEKEYS)
                        .key(KeySpec.at(1, OW, UPDATE))
                        .key(KeySpec.counted(2, 1, 1, RO, ACCESS))
                        .build(),
                context -> store(context, operation, storing));
    }

    private void read(CommandContext context, CombineOptions newOptions) throws CommandException {
        options = newOptions;
        int numkeys = options.parseNumkeys(context.args());
        sources.read(context, options.firstKey(), numkeys);
        options.parse(context.args(), numkeys, sources.weights());
    }

    private void answer(CommandContext context, Operation operation, CombineOptions newOptions)
            throws CommandException {
        read(context, newOptions);
        result.beginLarge();
        try {
            combine(operation);
            reply(context);
        } finally {
            result.close();
        }
    }

    private void store(CommandContext context, Operation operation, CombineOptions newOptions)
            throws CommandException {
        read(context, newOptions);
        result.beginLarge();
        try {
            combine(operation);
            context.reply().integer(result.store(context, 1, operation.event));
        } finally {
            result.close();
        }
    }

    private void reply(CommandContext context) {
        ReplyWriter reply = context.reply();
        boolean nested = context.client().protocol() > 2;
        SortedSetKeys.begin(reply, result.size(), options.withScores(), nested);
        SortedSetWalk walk = keys.walk;
        boolean more = walk.first(result.value());
        while (more) {
            SortedSetKeys.reply(reply, walk, options.withScores(), nested);
            more = walk.next();
        }
    }

    private void combine(Operation operation) {
        switch (operation) {
            case UNION -> unite();
            case INTER -> intersect();
            case DIFF -> subtract();
        }
    }

    // ---- unions ----

    private void unite() {
        sources.sort(0, false);
        for (int place = 0; place < sources.count(); place++) {
            uniteWith(place);
        }
    }

    private void uniteWith(int place) {
        double weight = sources.weight(place);
        sources.begin(place);
        if (result.size() == 0 && weight == 1 && sources.isInOrder(place)) {
            copyRest();
            return;
        }
        while (sources.next()) {
            double score = CombineOptions.weigh(weight, sources.score());
            if (result.find(sources.member(), sources.length())) {
                result.update(options.aggregate(result.score(), score));
            } else {
                result.add(score);
            }
        }
    }

    /** Copies what is left of a sorted set into an empty result. */
    private void copyRest() {
        while (sources.next()) {
            result.append(sources.score(), sources.member(), sources.length());
        }
        result.endAppend();
    }

    // ---- intersections ----

    private void intersect() {
        sources.sort(0, false);
        sources.begin(0);
        while (sources.next()) {
            if (isInAll()) {
                // Not found, for a set has each of its members once.
                result.find(sources.member(), sources.length());
                result.add(aggregated);
            }
        }
    }

    /** Whether the member at hand is in all other sets; then its scores are one. */
    private boolean isInAll() {
        double first = sources.score();
        aggregated = CombineOptions.weigh(sources.weight(0), first);
        for (int place = 1; place < sources.count(); place++) {
            double score = first;
            if (!sources.isSame(place, 0)) {
                if (!sources.find(place, sources.member(), sources.length())) {
                    return false;
                }
                score = sources.found();
            }
            // Here, as on Valkey, what is no number only becomes 0 in a sum.
            aggregated = options.aggregate(aggregated, sources.weight(place) * score);
        }
        return true;
    }

    private void count(CommandContext context, CombineOptions counting) throws CommandException {
        read(context, counting);
        sources.sort(0, false);
        sources.begin(0);
        long count = 0;
        while (sources.next()) {
            count += isInAll() ? 1 : 0;
            if (options.limit() > 0 && count == options.limit()) {
                break;
            }
        }
        context.reply().integer(count);
    }

    // ---- differences ----

    private void subtract() {
        if (isNothing()) {
            return;
        }
        if (isLookedFor()) {
            sources.sort(1, true);
            collectMissing();
        } else {
            takeOut();
        }
    }

    /** Whether the first set is empty, or among those that are taken away. */
    private boolean isNothing() {
        boolean nothing = sources.size(0) == 0;
        for (int place = 1; place < sources.count(); place++) {
            nothing |= sources.isSame(place, 0);
        }
        return nothing;
    }

    private boolean isLookedFor() {
        long lookUps = 0;
        long members = 0;
        for (int place = 0; place < sources.count(); place++) {
            lookUps += sources.size(0);
            members += sources.size(place);
        }
        return lookUps / 2 <= members;
    }

    private void collectMissing() {
        boolean inOrder = sources.isInOrder(0);
        sources.begin(0);
        while (sources.next()) {
            if (!isInAny()) {
                if (inOrder) {
                    result.append(sources.score(), sources.member(), sources.length());
                } else {
                    result.find(sources.member(), sources.length());
                    result.add(sources.score());
                }
            }
        }
        result.endAppend();
    }

    private boolean isInAny() {
        for (int place = 1; place < sources.count(); place++) {
            if (sources.find(place, sources.member(), sources.length())) {
                return true;
            }
        }
        return false;
    }

    private void takeOut() {
        uniteWith(0);
        for (int place = 1; place < sources.count() && result.size() > 0; place++) {
            sources.begin(place);
            while (result.size() > 0 && sources.next()) {
                if (result.find(sources.member(), sources.length())) {
                    result.remove();
                }
            }
        }
    }
}
