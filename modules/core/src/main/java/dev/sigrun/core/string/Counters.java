// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;

/** INCR, DECR, INCRBY, DECRBY: 64-bit counters. Owner thread only; none allocates. */
final class Counters {
    private static final CommandException WOULD_OVERFLOW =
            CommandException.of("increment or decrement would overflow");
    private static final CommandException DECREMENT_WOULD_OVERFLOW =
            CommandException.of("decrement would overflow");

    private Counters() {}

    static void register(Registrar registrar) {
        declare(registrar, "INCR", 2, Counters::incr);
        declare(registrar, "DECR", 2, Counters::decr);
        declare(registrar, "INCRBY", 3, Counters::incrby);
        declare(registrar, "DECRBY", 3, Counters::decrby);
    }

    private static void declare(
            Registrar registrar, String name, int arity, CommandHandler handler) {
        registrar.command(
                StringCommands.command(name, arity)
                        .flags(WRITE, DENYOOM, FAST)
                        .key(KeySpec.at(1, RW, ACCESS, UPDATE))
                        .build(),
                handler);
    }

    private static void incr(CommandContext context) throws CommandException {
        add(context, 1);
    }

    private static void decr(CommandContext context) throws CommandException {
        add(context, -1);
    }

    private static void incrby(CommandContext context) throws CommandException {
        add(context, context.args().longAt(2));
    }

    private static void decrby(CommandContext context) throws CommandException {
        long decrement = context.args().longAt(2);
        if (decrement == Long.MIN_VALUE) { // It has no negative.
            throw DECREMENT_WOULD_OVERFLOW;
        }
        add(context, -decrement);
    }

    private static void add(CommandContext context, long increment) throws CommandException {
        Key key = context.write(1);
        long value = key.integer(0);
        long sum = value + increment;
        boolean overflowed = ((value ^ sum) & (increment ^ sum)) < 0;
        if (overflowed) {
            throw WOULD_OVERFLOW;
        }
        key.setInteger(sum, true);
        key.notify(NotifyClass.STRING, "incrby");
        context.replication().verbatim();
        context.reply().integer(sum);
    }
}
