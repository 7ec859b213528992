// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;

import dev.sigrun.core.LazyFree;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.command.KeySpec.Use;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;

/** Owner thread only. The commands that give a key a time to live or take it away. */
final class ExpiryCommands {
    private ExpiryCommands() {}

    static void register(Registrar registrar, LazyFree lazyFree) {
        registrar.command(spec("EXPIRE", -3), new ExpireHandler("expire", true, true, lazyFree));
        registrar.command(
                spec("EXPIREAT", -3), new ExpireHandler("expireat", true, false, lazyFree));
        registrar.command(spec("PEXPIRE", -3), new ExpireHandler("pexpire", false, true, lazyFree));
        registrar.command(
                spec("PEXPIREAT", -3), new ExpireHandler("pexpireat", false, false, lazyFree));
        registrar.command(spec("PERSIST", 2), ExpiryCommands::persist);
    }

    private static CommandSpec spec(String name, int arity) {
        return GenericCommands.describe(name, arity)
                .flags(WRITE, FAST)
                .key(KeySpec.at(1, Use.RW, Use.UPDATE))
                .build();
    }

    private static void persist(CommandContext context) {
        Key key = context.write(1);
        if (!key.isPresent() || !key.persist()) {
            context.reply().integer(0);
            return;
        }
        key.notify(NotifyClass.GENERIC, "persist");
        context.replication().verbatim();
        context.reply().integer(1);
    }
}
