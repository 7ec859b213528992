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
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.reply.ReplyWriter;

/**
 * SUNION and SDIFF, and the same with STORE. Owner thread only.
 *
 * <p>A difference is found in one of two ways, whichever takes less work: each member of the first
 * set is looked for in the others, the largest first; or all members of the others are taken out of
 * a copy of the first. The first way is given half its work for free, since it often stops early.
 */
final class Combinations {
    private static final int FIRST_KEY = 1;
    private static final int STORE_FIRST_KEY = 2;

    private final SetSources sources;
    private final SetIterator iterator = new SetIterator();
    private final SetStore store;

    Combinations(Sets sets, SetType type, CoreMemory memory) {
        this.sources = new SetSources(sets, type);
        this.store = new SetStore(sets, type, memory);
    }

    void register(Registrar registrar) {
        register(registrar, "SUNION", this::union, this::unionstore);
        register(registrar, "SDIFF", this::diff, this::diffstore);
    }

    private static void register(
            Registrar registrar, String name, CommandHandler plain, CommandHandler storing) {
        registrar.command(
                SetCommands.command(name, -2)
                        .flags(READONLY)
                        .key(KeySpec.range(1, -1, 1, RO, ACCESS))
                        .tips("nondeterministic_output_order")
                        .build(),
                plain);
        registrar.command(
                SetCommands.command(name + "STORE", -3)
                        .flags(WRITE, DENYOOM)
                        .key(KeySpec.at(1, OW, UPDATE))
                        .key(KeySpec.range(2, -1, 1, RO, ACCESS))
                        .build(),
                storing);
    }

    private void read(CommandContext context, int first) throws CommandException {
        sources.read(context, first, context.args().count() - first);
    }

    // ---- SUNION ----

    private void union(CommandContext context) throws CommandException {
        read(context, FIRST_KEY);
        beginForReply();
        try {
            addAll();
            reply(context);
        } finally {
            store.result().close();
        }
    }

    private void unionstore(CommandContext context) throws CommandException {
        read(context, STORE_FIRST_KEY);
        store.begin(true);
        try {
            addAll();
            store.store(context, "sunionstore");
        } finally {
            store.result().close();
        }
    }

    private void addAll() {
        for (int place = 0; place < sources.count(); place++) {
            addAll(place);
        }
    }

    private void addAll(int place) {
        if (sources.value(place) != 0) {
            iterator.over(sources.value(place), sources.length(place));
            while (iterator.next()) {
                store.result().add(iterator.item());
            }
        }
    }

    /** A set that only goes into a reply need not be small; looking through a roll takes longer. */
    private void beginForReply() {
        boolean integers = true;
        for (int place = 0; place < sources.count(); place++) {
            long value = sources.value(place);
            integers &= value == 0 || Sets.form(value) == Sets.INTSET;
        }
        store.result().begin(integers ? Sets.INTSET : Sets.HASHTABLE);
    }

    private void reply(CommandContext context) {
        ReplyWriter reply = context.reply();
        reply.set((int) store.result().size());
        Members.replyAll(reply, iterator.over(store.result().value()));
    }

    // ---- SDIFF ----

    private void diff(CommandContext context) throws CommandException {
        read(context, FIRST_KEY);
        if (isNothing()) {
            context.reply().set(0);
        } else if (isLookedFor()) {
            replyLookedFor(context.reply());
        } else {
            beginForReply();
            try {
                takeOut();
                reply(context);
            } finally {
                store.result().close();
            }
        }
    }

    private void diffstore(CommandContext context) throws CommandException {
        read(context, STORE_FIRST_KEY);
        store.begin(true);
        try {
            if (!isNothing()) {
                collect();
            }
            store.store(context, "sdiffstore");
        } finally {
            store.result().close();
        }
    }

    private void collect() {
        if (!isLookedFor()) {
            takeOut();
            return;
        }
        beginLookingFor();
        while (nextInNone()) {
            store.result().add(iterator.item());
        }
    }

    /** Whether there is no first set, or it is among those that are taken away. */
    private boolean isNothing() {
        boolean nothing = sources.value(0) == 0;
        for (int place = 1; place < sources.count(); place++) {
            nothing |= sources.isSame(place, 0);
        }
        return nothing;
    }

    private boolean isLookedFor() {
        long lookUps = 0;
        long members = 0;
        for (int place = 0; place < sources.count(); place++) {
            if (sources.value(place) != 0) {
                lookUps += sources.size(0);
                members += sources.size(place);
            }
        }
        return lookUps / 2 <= members;
    }

    private void beginLookingFor() {
        sources.sort(1, true);
        iterator.over(sources.value(0), sources.length(0));
    }

    /** Goes to the next member of the first set that is in none of the others. */
    private boolean nextInNone() {
        while (iterator.next()) {
            if (isInNone(iterator.item())) {
                return true;
            }
        }
        return false;
    }

    private boolean isInNone(Item member) {
        for (int place = 1; place < sources.count(); place++) {
            if (sources.value(place) != 0 && sources.contains(place, member)) {
                return false;
            }
        }
        return true;
    }

    private void replyLookedFor(ReplyWriter reply) {
        beginLookingFor();
        long mark = reply.deferredArray();
        int answered = 0;
        while (nextInNone()) {
            Members.reply(reply, iterator.item());
            answered++;
        }
        reply.closeSet(mark, answered);
    }

    private void takeOut() {
        addAll(0);
        for (int place = 1; place < sources.count() && store.result().size() > 0; place++) {
            if (sources.value(place) != 0) {
                iterator.over(sources.value(place), sources.length(place));
                while (iterator.next()) {
                    store.result().remove(iterator.item());
                }
            }
        }
    }
}
