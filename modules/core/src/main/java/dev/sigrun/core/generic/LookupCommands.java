// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.CommandFlag.TOUCHES_ARBITRARY_KEYS;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.command.KeySpec.Use;
import dev.sigrun.spi.key.Access;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.Keyspace;

/**
 * Owner thread only. EXISTS, TOUCH, TYPE and RANDOMKEY: questions about keys whose values stay
 * unread.
 *
 * <p>Asking whether a key exists, or of which type it is, counts as a hit or a miss but must not
 * refresh the access time, or monitoring would keep cold keys alive under an eviction policy.
 */
final class LookupCommands {
    /** Counts a hit or a miss and leaves the access time alone. */
    private static final int PEEK = Access.READ | Access.NO_TOUCH;

    private LookupCommands() {}

    static void register(Registrar registrar) {
        registrar.command(manyKeys("EXISTS"), LookupCommands::exists);
        registrar.command(manyKeys("TOUCH"), LookupCommands::touch);
        registrar.command(
                GenericCommands.describe("TYPE", 2)
                        .flags(READONLY, FAST)
                        .key(KeySpec.at(1, Use.RO))
                        .build(),
                LookupCommands::type);
        registrar.command(
                GenericCommands.describe("RANDOMKEY", 1)
                        .flags(READONLY, TOUCHES_ARBITRARY_KEYS)
                        .tips(
                                "request_policy:all_shards",
                                "response_policy:special",
                                "nondeterministic_output")
                        .build(),
                LookupCommands::randomKey);
    }

    private static CommandSpec manyKeys(String name) {
        return GenericCommands.describe(name, -2)
                .flags(READONLY, FAST)
                .tips("request_policy:multi_shard", "response_policy:agg_sum")
                .key(KeySpec.range(1, -1, 1, Use.RO))
                .build();
    }

    private static void exists(CommandContext context) {
        int present = 0;
        int count = context.args().count();
        for (int i = 1; i < count; i++) {
            if (peek(context, i).isPresent()) {
                present++;
            }
        }
        context.reply().integer(present);
    }

    private static void touch(CommandContext context) {
        int present = 0;
        int count = context.args().count();
        for (int i = 1; i < count; i++) {
            Key key = peek(context, i);
            if (key.isPresent()) {
                // Said aloud, because this command refreshes even for a client in NO-TOUCH mode.
                key.touch();
                present++;
            }
        }
        context.reply().integer(present);
    }

    private static void type(CommandContext context) {
        context.reply().simple(peek(context, 1).typeName());
    }

    private static void randomKey(CommandContext context) {
        Key key = context.keyspace().randomKey();
        if (key == null) {
            context.reply().nil();
        } else {
            context.reply().bulk(key.name());
        }
    }

    /** Looks up the key at an argument without refreshing its access time. */
    static Key peek(CommandContext context, int index) {
        Keyspace keyspace = context.keyspace();
        return keyspace.open(context.args().bytes(index), PEEK);
    }
}
