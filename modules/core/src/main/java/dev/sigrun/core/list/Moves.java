// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import static dev.sigrun.spi.command.CommandFlag.BLOCKING;
import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.DELETE;
import static dev.sigrun.spi.command.KeySpec.Use.INSERT;
import static dev.sigrun.spi.command.KeySpec.Use.RW;

import dev.sigrun.core.BlockTimeout;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.command.Wait;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.CommandEmitter;

/**
 * LMOVE and RPOPLPUSH, and BLMOVE and BRPOPLPUSH, which wait for an element and replicate as the
 * former two. Owner thread only.
 */
final class Moves {
    private final ListKeys keys;
    private final Transfer transfer;

    private Moves(ListKeys keys, Transfer transfer) {
        this.keys = keys;
        this.transfer = transfer;
    }

    static void register(Registrar registrar, ListKeys keys, Transfer transfer) {
        Moves moves = new Moves(keys, transfer);
        registrar.command(declare("LMOVE", 5).flags(WRITE, DENYOOM).build(), moves::lmove);
        registrar.command(declare("RPOPLPUSH", 3).flags(WRITE, DENYOOM).build(), moves::rpoplpush);
        registrar.command(
                declare("BLMOVE", 6).flags(WRITE, DENYOOM, BLOCKING).build(), moves::blmove);
        registrar.command(
                declare("BRPOPLPUSH", 4).flags(WRITE, DENYOOM, BLOCKING).build(),
                moves::brpoplpush);
    }

    private static CommandSpec.Builder declare(String name, int arity) {
        return ListCommands.command(name, arity)
                .key(KeySpec.at(1, RW, ACCESS, DELETE))
                .key(KeySpec.at(2, RW, INSERT));
    }

    private void lmove(CommandContext context) throws CommandException {
        Side from = Side.of(context.args(), 3);
        Side to = Side.of(context.args(), 4);
        move(context, from, to);
    }

    private void rpoplpush(CommandContext context) throws CommandException {
        move(context, Side.RIGHT, Side.LEFT);
    }

    private void move(CommandContext context, Side from, Side to) throws CommandException {
        if (keys.find(context.write(1)) == null) {
            context.reply().nil();
        } else {
            transfer.run(context, from, to);
            context.replication().verbatim();
        }
    }

    private void blmove(CommandContext context) throws CommandException {
        Side from = Side.of(context.args(), 3);
        Side to = Side.of(context.args(), 4);
        long untilMillis = BlockTimeout.untilMillis(context, 5);
        if (isThere(context, untilMillis)) {
            transfer.run(context, from, to);
            replicate(context, "LMOVE", 4);
        }
    }

    private void brpoplpush(CommandContext context) throws CommandException {
        long untilMillis = BlockTimeout.untilMillis(context, 3);
        if (isThere(context, untilMillis)) {
            transfer.run(context, Side.RIGHT, Side.LEFT);
            replicate(context, "RPOPLPUSH", 2);
        }
    }

    /** Whether there is something to move; else the client waits, or is told so. */
    private boolean isThere(CommandContext context, long untilMillis) throws CommandException {
        Key source = context.write(1);
        Cell list = keys.find(source);
        if (list != null) {
            return true;
        }
        if (context.mayBlock()) {
            context.block(Wait.keys(keys.type, 1).until(untilMillis).build());
        } else {
            // Unlike a wait in vain, which ends with a null array.
            context.reply().nil();
        }
        return false;
    }

    /** As the command that does not wait, with the arguments before the time. */
    private static void replicate(CommandContext context, String name, int arguments) {
        Args args = context.args();
        CommandEmitter out = context.replication().instead().command(name, arguments);
        for (int index = 1; index <= arguments; index++) {
            out.arg(args.bytes(index));
        }
    }
}
