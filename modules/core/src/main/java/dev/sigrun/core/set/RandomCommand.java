// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.set;

import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.element.RandomCount;
import dev.sigrun.memory.dict.Element;
import dev.sigrun.memory.dict.Item;
import dev.sigrun.memory.dict.Roll;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.reply.ReplyWriter;
import dev.sigrun.spi.type.Cell;
import java.util.random.RandomGenerator;

/**
 * SRANDMEMBER. Different members are picked in one walk over the set, each with the chance that is
 * left for it; out of a much larger table, at random, where those already answered are kept in
 * mind. Owner thread only.
 */
final class RandomCommand {
    /** From a table with more than so many times as many members, they are picked at random. */
    private static final int WALKED_PER_PICK_MAX = 3;

    private final Sets sets;
    private final SetType type;
    private final SetResult answered;
    private final SetIterator iterator = new SetIterator();
    private final Item item = new Item();
    private int[] offsets = new int[0];

    RandomCommand(Sets sets, SetType type, CoreMemory memory) {
        this.sets = sets;
        this.type = type;
        this.answered = new SetResult(sets, type, memory);
    }

    void register(Registrar registrar) {
        registrar.command(
                SetCommands.command("SRANDMEMBER", -2)
                        .flags(READONLY)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .tips("nondeterministic_output")
                        .build(),
                this::randomMember);
    }

    private void randomMember(CommandContext context) throws CommandException {
        switch (context.args().count()) {
            case 2 -> answerOne(context);
            case 3 -> answerMany(context, RandomCount.parse(context.args(), 2));
            default -> throw CommandException.SYNTAX;
        }
    }

    private void answerOne(CommandContext context) throws CommandException {
        Cell cell = context.read(1).value(type);
        if (cell == null) {
            context.reply().nil();
        } else {
            Members.reply(context.reply(), sets.pick(cell, context.random(), item));
        }
    }

    private void answerMany(CommandContext context, long count) throws CommandException {
        Cell cell = context.read(1).value(type);
        ReplyWriter reply = context.reply();
        if (cell == null || count == 0) {
            reply.array(0);
        } else if (count < 0) {
            RandomCount.limit(count);
            repeat(cell, (int) -count, context.random(), reply);
        } else {
            answerDifferent(cell, count, context.random(), reply);
        }
    }

    // ---- the same member may come again ----

    private void repeat(Cell cell, int count, RandomGenerator random, ReplyWriter reply) {
        reply.array(count);
        if (Sets.form(cell) == Sets.LISTPACK && count > 1) {
            repeatFromRoll(Sets.content(cell), count, random, reply);
            return;
        }
        for (int left = count; left > 0; left--) {
            Members.reply(reply, sets.pick(cell, random, item));
        }
    }

    /** The places of all members are noted, or each pick would walk over them. */
    private void repeatFromRoll(long roll, int count, RandomGenerator random, ReplyWriter reply) {
        int members = Roll.count(roll);
        if (offsets.length < members) {
            offsets = new int[members];
        }
        int at = Roll.HEADER_BYTES;
        for (int index = 0; index < members; index++) {
            offsets[index] = at;
            at += Element.size(roll + at);
        }
        for (int left = count; left > 0; left--) {
            Members.reply(reply, item.element(roll + offsets[random.nextInt(members)]));
        }
    }

    // ---- different members ----

    private void answerDifferent(Cell cell, long count, RandomGenerator random, ReplyWriter reply) {
        long size = sets.size(cell);
        long wanted = Math.min(count, size);
        reply.array((int) wanted);
        boolean isTable = Sets.form(cell) == Sets.HASHTABLE;
        if (isTable && wanted <= size / WALKED_PER_PICK_MAX) {
            pickDifferent(cell, wanted, random, reply);
        } else {
            walk(cell, size, wanted, random, reply);
        }
    }

    private void walk(
            Cell cell, long size, long wanted, RandomGenerator random, ReplyWriter reply) {
        long left = size;
        long toAnswer = wanted;
        iterator.over(cell);
        while (toAnswer > 0 && iterator.next()) {
            if (left == toAnswer || random.nextLong(left) < toAnswer) {
                Members.reply(reply, iterator.item());
                toAnswer--;
            }
            left--;
        }
    }

    private void pickDifferent(Cell cell, long wanted, RandomGenerator random, ReplyWriter reply) {
        if (wanted == 1) {
            Members.reply(reply, sets.pick(cell, random, item));
            return;
        }
        answered.begin(Sets.HASHTABLE);
        try {
            while (answered.size() < wanted) {
                if (answered.add(sets.pick(cell, random, item))) {
                    Members.reply(reply, item);
                }
            }
        } finally {
            answered.close();
        }
    }
}
