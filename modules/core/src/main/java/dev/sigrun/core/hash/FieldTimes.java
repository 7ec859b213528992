// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;

import dev.sigrun.memory.dict.Element;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;

/** HTTL, HPTTL, HEXPIRETIME, HPEXPIRETIME. Owner thread only. */
final class FieldTimes {
    private static final int NO_FIELD = -2;
    private static final int NO_TIME = -1;
    private static final int MILLIS_PER_SECOND = 1000;

    private final Hashes hashes;

    FieldTimes(Hashes hashes) {
        this.hashes = hashes;
    }

    void register(Registrar registrar) {
        declare(registrar, "HTTL", true, true);
        declare(registrar, "HPTTL", true, false);
        declare(registrar, "HEXPIRETIME", false, true);
        declare(registrar, "HPEXPIRETIME", false, false);
    }

    private void declare(Registrar registrar, String name, boolean left, boolean seconds) {
        registrar.command(
                HashCommands.command(name, -5)
                        .flags(READONLY, FAST)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .build(),
                context -> times(context, left, seconds));
    }

    private void times(CommandContext context, boolean left, boolean seconds)
            throws CommandException {
        Args args = context.args();
        if (!args.is(2, "FIELDS")) {
            throw CommandException.SYNTAX;
        }
        int first = FieldList.first(args, 3, 1, CommandException.SYNTAX);
        HashValue hash = hashes.read(context);
        int count = args.count();
        context.reply().array(count - first);
        for (int i = first; i < count; i++) {
            long value = hash == null ? 0 : hash.find(hashes.field(args, i));
            if (value == 0) {
                context.reply().integer(NO_FIELD);
            } else if (!Element.isTimed(value)) {
                context.reply().integer(NO_TIME);
            } else {
                long base = left ? context.nowMillis() : 0;
                long millis = Math.max(0, Element.expiryMillis(value) - base);
                context.reply()
                        .integer(
                                seconds
                                        ? (millis + MILLIS_PER_SECOND / 2) / MILLIS_PER_SECOND
                                        : millis);
            }
        }
    }
}
