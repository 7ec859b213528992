// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.command.KeySpec.Use;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;

/**
 * Owner thread only. DEL and UNLINK, which differ in name and flags alone: with Valkey's default
 * {@code lazyfree-lazy-user-del yes} both leave the freeing of large values to the background.
 */
final class DeleteCommands {
    private DeleteCommands() {}

    static void register(Registrar registrar) {
        registrar.command(describe("DEL").flags(WRITE).build(), DeleteCommands::delete);
        registrar.command(describe("UNLINK").flags(WRITE, FAST).build(), DeleteCommands::delete);
    }

    private static CommandSpec.Builder describe(String name) {
        return GenericCommands.describe(name, -2)
                .tips("request_policy:multi_shard", "response_policy:agg_sum")
                .key(KeySpec.range(1, -1, 1, Use.RM, Use.DELETE));
    }

    private static void delete(CommandContext context) {
        int removed = 0;
        int count = context.args().count();
        for (int i = 1; i < count; i++) {
            Key key = context.write(i);
            if (key.remove(true)) {
                key.notify(NotifyClass.GENERIC, "del");
                removed++;
            }
        }
        if (removed > 0) {
            context.replication().verbatim();
        }
        context.reply().integer(removed);
    }
}
