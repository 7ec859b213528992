// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.set;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.DELETE;
import static dev.sigrun.spi.command.KeySpec.Use.RW;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.LazyFree;
import dev.sigrun.core.element.ElementBytes;
import dev.sigrun.memory.dict.Item;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.reply.ReplyWriter;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.CommandEmitter;
import java.util.random.RandomGenerator;

/**
 * SPOP. It replicates as the removal of the members that chance has picked. A member is answered
 * and replicated before it goes, since it is only lent till then. Owner thread only.
 */
final class PopCommand {
    private static final CommandException NOT_POSITIVE =
            CommandException.of("value is out of range, must be positive");

    /** Members in one SREM that replicates. */
    private static final int BATCH_MAX = 1024;

    /**
     * When more than so many times as many are popped as stay, those that stay are picked instead,
     * and become a new set.
     */
    private static final int POPPED_PER_LEFT_MAX = 5;

    private final Sets sets;
    private final SetType type;
    private final SetResult rest;
    private final LazyFree lazyFree;
    private final SetIterator iterator = new SetIterator();
    private final Item item = new Item();
    private final ElementBytes content = new ElementBytes();
    private CommandContext context;
    private CommandEmitter out;
    private long toPop;
    private int batchLeft;

    PopCommand(Sets sets, SetType type, CoreMemory memory, LazyFree lazyFree) {
        this.lazyFree = lazyFree;
        this.sets = sets;
        this.type = type;
        this.rest = new SetResult(sets, type, memory);
    }

    void register(Registrar registrar) {
        registrar.command(
                SetCommands.command("SPOP", -2)
                        .flags(WRITE, FAST)
                        .key(KeySpec.at(1, RW, ACCESS, DELETE))
                        .tips("nondeterministic_output")
                        .build(),
                this::pop);
    }

    private void pop(CommandContext newContext) throws CommandException {
        context = newContext;
        batchLeft = 0;
        switch (context.args().count()) {
            case 2 -> popOne();
            case 3 -> popMany(context.args().longAt(2, 0, Long.MAX_VALUE, NOT_POSITIVE));
            default -> throw CommandException.SYNTAX;
        }
    }

    private void popOne() throws CommandException {
        Key key = context.write(1);
        Cell cell = key.value(type);
        if (cell == null) {
            context.reply().nil();
            return;
        }
        toPop = 1;
        remove(cell, sets.pick(cell, context.random(), item));
        boolean empty = sets.size(cell) == 0;
        if (empty) {
            key.remove(true);
        } else {
            key.markModified();
        }
        key.notify(NotifyClass.SET, "spop");
        if (empty) {
            key.notify(NotifyClass.GENERIC, "del");
        }
    }

    private void popMany(long count) throws CommandException {
        Key key = context.write(1);
        Cell cell = key.value(type);
        ReplyWriter reply = context.reply();
        if (cell == null || count == 0) {
            reply.set(0);
        } else if (count >= sets.size(cell)) {
            popAll(key, cell);
        } else {
            toPop = count;
            reply.set((int) count);
            popSome(cell, sets.size(cell) - count);
            key.markModified();
            key.countChanges(count - 1);
            key.notify(NotifyClass.SET, "spop");
        }
    }

    private void popAll(Key key, Cell cell) {
        context.reply().set((int) sets.size(cell));
        Members.replyAll(context.reply(), iterator.over(cell));
        key.remove(true);
        key.notify(NotifyClass.SET, "spop");
        key.notify(NotifyClass.GENERIC, "del");
        context.replication().instead().command(lazyFree.removal(), 1).arg(context.args().bytes(1));
    }

    private void popSome(Cell cell, long left) {
        boolean isTable = Sets.form(cell) == Sets.HASHTABLE;
        if (isTable && toPop < left * POPPED_PER_LEFT_MAX) {
            RandomGenerator random = context.random();
            while (toPop > 0) {
                remove(cell, sets.pick(cell, random, item));
            }
            return;
        }
        try {
            if (isTable) {
                pickRest(cell, left);
            } else {
                sift(cell, left);
            }
            rest.replace(cell);
        } finally {
            rest.close();
        }
    }

    /** Picks those that stay out of a table, and pops the others. */
    private void pickRest(Cell cell, long left) {
        rest.begin(Sets.LISTPACK);
        while (rest.size() < left) {
            rest.add(sets.pick(cell, context.random(), item));
        }
        rest.makeRoom(cell); // From here on, nothing can fail for want of memory.
        iterator.over(rest.value());
        while (iterator.next()) {
            sets.remove(cell, iterator.item());
        }
        iterator.over(cell);
        while (iterator.next()) {
            answer(iterator.item());
        }
    }

    /** Goes over a small set once, and pops each member with the chance that is left for it. */
    private void sift(Cell cell, long left) {
        long toStay = left;
        rest.begin(Sets.form(cell));
        iterator.over(cell);
        while (iterator.next()) {
            if (context.random().nextLong(toPop + toStay) < toPop) {
                answer(iterator.item());
            } else {
                rest.add(iterator.item());
                toStay--;
            }
        }
    }

    private void remove(Cell cell, Item member) {
        answer(member);
        sets.remove(cell, member);
    }

    private void answer(Item member) {
        Members.reply(context.reply(), member);
        replicate(member);
        toPop--;
    }

    private void replicate(Item member) {
        if (batchLeft == 0) {
            batchLeft = (int) Math.min(toPop, BATCH_MAX);
            out = context.replication().instead().command("SREM", 1 + batchLeft);
            out.arg(context.args().bytes(1));
        }
        out.arg(content.over(member));
        batchLeft--;
    }
}
