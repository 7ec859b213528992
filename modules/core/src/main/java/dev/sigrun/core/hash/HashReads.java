// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;

import dev.sigrun.memory.dict.Element;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.reply.ReplyWriter;

/** HGET, HMGET, HLEN, HSTRLEN, HEXISTS, HGETALL, HKEYS, HVALS. Owner thread only. */
final class HashReads {
    private final Hashes hashes;

    HashReads(Hashes hashes) {
        this.hashes = hashes;
    }

    void register(Registrar registrar) {
        registrar.command(
                HashCommands.command("HGET", 3)
                        .flags(READONLY, FAST)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .build(),
                this::hget);
        registrar.command(
                HashCommands.command("HMGET", -3)
                        .flags(READONLY, FAST)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .build(),
                this::hmget);
        registrar.command(
                HashCommands.command("HLEN", 2)
                        .flags(READONLY, FAST)
                        .key(KeySpec.at(1, RO))
                        .build(),
                this::hlen);
        registrar.command(
                HashCommands.command("HSTRLEN", 3)
                        .flags(READONLY, FAST)
                        .key(KeySpec.at(1, RO))
                        .build(),
                this::hstrlen);
        registrar.command(
                HashCommands.command("HEXISTS", 3)
                        .flags(READONLY, FAST)
                        .key(KeySpec.at(1, RO))
                        .build(),
                this::hexists);
        all(registrar, "HGETALL", this::hgetall);
        all(registrar, "HKEYS", context -> list(context, true));
        all(registrar, "HVALS", context -> list(context, false));
    }

    private static void all(Registrar registrar, String name, CommandHandler handler) {
        registrar.command(
                HashCommands.command(name, 2)
                        .flags(READONLY)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .tips("nondeterministic_output_order")
                        .build(),
                handler);
    }

    private void hget(CommandContext context) throws CommandException {
        HashValue hash = hashes.read(context);
        Hashes.say(context.reply(), hash == null ? 0 : hash.find(hashes.field(context.args(), 2)));
    }

    private void hmget(CommandContext context) throws CommandException {
        HashValue hash = hashes.read(context);
        int count = context.args().count();
        ReplyWriter reply = context.reply();
        reply.array(count - 2);
        for (int i = 2; i < count; i++) {
            Hashes.say(reply, hash == null ? 0 : hash.find(hashes.field(context.args(), i)));
        }
    }

    private void hlen(CommandContext context) throws CommandException {
        HashValue hash = hashes.read(context);
        context.reply().integer(hash == null ? 0 : hash.length());
    }

    private void hstrlen(CommandContext context) throws CommandException {
        HashValue hash = hashes.read(context);
        long value = hash == null ? 0 : hash.find(hashes.field(context.args(), 2));
        context.reply().integer(value == 0 ? 0 : Element.length(value));
    }

    private void hexists(CommandContext context) throws CommandException {
        HashValue hash = hashes.read(context);
        boolean there = hash != null && hash.find(hashes.field(context.args(), 2)) != 0;
        context.reply().integer(there ? 1 : 0);
    }

    private void hgetall(CommandContext context) throws CommandException {
        HashValue hash = hashes.read(context);
        ReplyWriter reply = context.reply();
        if (hash == null) {
            reply.map(0);
            return;
        }
        if (!hash.hasTimes()) {
            reply.map((int) hash.length());
            pairs(hash, reply);
        } else {
            // How many are seen is known only when they have been looked at.
            long mark = reply.deferredArray();
            reply.closeMap(mark, pairs(hash, reply));
        }
    }

    private static int pairs(HashValue hash, ReplyWriter reply) {
        int count = 0;
        hash.begin();
        for (long field = hash.next(); field != 0; field = hash.next()) {
            Hashes.say(reply, field);
            Hashes.say(reply, hash.value());
            count++;
        }
        return count;
    }

    private void list(CommandContext context, boolean fields) throws CommandException {
        HashValue hash = hashes.read(context);
        ReplyWriter reply = context.reply();
        if (hash == null) {
            reply.array(0);
            return;
        }
        long mark = reply.deferredArray();
        int count = 0;
        hash.begin();
        for (long field = hash.next(); field != 0; field = hash.next()) {
            Hashes.say(reply, fields ? field : hash.value());
            count++;
        }
        reply.closeArray(mark, count);
    }
}
