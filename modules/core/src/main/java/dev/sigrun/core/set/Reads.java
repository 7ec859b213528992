// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.set;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;

import dev.sigrun.memory.dict.Item;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.reply.ReplyWriter;
import dev.sigrun.spi.type.Cell;

/** SISMEMBER, SMISMEMBER, SCARD and SMEMBERS. Owner thread only; none allocates on the heap. */
final class Reads {
    private static final int FIRST_MEMBER = 2;

    private final Sets sets;
    private final SetType type;
    private final Item item = new Item();
    private final SetIterator iterator = new SetIterator();

    Reads(Sets sets, SetType type) {
        this.sets = sets;
        this.type = type;
    }

    void register(Registrar registrar) {
        registrar.command(
                SetCommands.command("SISMEMBER", 3)
                        .flags(READONLY, FAST)
                        .key(KeySpec.at(1, RO))
                        .build(),
                this::isMember);
        registrar.command(
                SetCommands.command("SMISMEMBER", -3)
                        .flags(READONLY, FAST)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .build(),
                this::areMembers);
        registrar.command(
                SetCommands.command("SCARD", 2)
                        .flags(READONLY, FAST)
                        .key(KeySpec.at(1, RO))
                        .build(),
                this::size);
        registrar.command(
                SetCommands.command("SMEMBERS", 2)
                        .flags(READONLY)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .tips("nondeterministic_output_order")
                        .build(),
                this::members);
    }

    private void isMember(CommandContext context) throws CommandException {
        Cell cell = context.read(1).value(type);
        context.reply().integer(contains(cell, context.args().bytes(2)) ? 1 : 0);
    }

    private void areMembers(CommandContext context) throws CommandException {
        Args args = context.args();
        Cell cell = context.read(1).value(type);
        ReplyWriter reply = context.reply();
        reply.array(args.count() - FIRST_MEMBER);
        for (int i = FIRST_MEMBER; i < args.count(); i++) {
            reply.integer(contains(cell, args.bytes(i)) ? 1 : 0);
        }
    }

    private boolean contains(Cell cell, Bytes member) {
        return cell != null && sets.contains(cell, Members.over(item, member));
    }

    private void size(CommandContext context) throws CommandException {
        Cell cell = context.read(1).value(type);
        context.reply().integer(cell == null ? 0 : sets.size(cell));
    }

    private void members(CommandContext context) throws CommandException {
        Cell cell = context.read(1).value(type);
        ReplyWriter reply = context.reply();
        reply.set(cell == null ? 0 : (int) sets.size(cell));
        if (cell != null) {
            Members.replyAll(reply, iterator.over(cell));
        }
    }
}
