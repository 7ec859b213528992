// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.READONLY;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.command.KeySpec.Use;
import dev.sigrun.spi.key.Key;

/**
 * Owner thread only. TTL, PTTL, EXPIRETIME and PEXPIRETIME: when a key expires, as a distance or as
 * a point in time, in seconds or milliseconds. Allocates nothing.
 */
final class TtlCommands {
    /** The reply about a key that is not there. */
    private static final long ABSENT = -2;

    /** The reply about a key that never expires. */
    private static final long NEVER = -1;

    private TtlCommands() {}

    static void register(Registrar registrar) {
        registrar.command(
                describe("TTL").tips("nondeterministic_output").build(),
                context -> answer(context, seconds(left(context))));
        registrar.command(
                describe("PTTL").tips("nondeterministic_output").build(),
                context -> answer(context, left(context)));
        registrar.command(
                describe("EXPIRETIME").build(),
                context -> answer(context, seconds(expireAt(context))));
        registrar.command(
                describe("PEXPIRETIME").build(), context -> answer(context, expireAt(context)));
    }

    private static CommandSpec.Builder describe(String name) {
        return GenericCommands.describe(name, 2)
                .flags(READONLY, FAST)
                .key(KeySpec.at(1, Use.RO, Use.ACCESS));
    }

    private static void answer(CommandContext context, long value) {
        context.reply().integer(value);
    }

    private static long expireAt(CommandContext context) {
        Key key = LookupCommands.peek(context, 1);
        return key.isPresent() ? key.expireAtMillis() : ABSENT;
    }

    private static long left(CommandContext context) {
        long expireAt = expireAt(context);
        // A replica still shows a key whose time is over until the primary removes it.
        return expireAt < 0 ? expireAt : Math.max(expireAt - context.nowMillis(), 0);
    }

    /** Rounds to the nearest second; the two replies below zero stay as they are. */
    static long seconds(long millis) {
        return millis <= NEVER ? millis : (millis + 500) / 1000;
    }
}
