// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.DELETE;
import static dev.sigrun.spi.command.KeySpec.Use.INSERT;
import static dev.sigrun.spi.command.KeySpec.Use.RW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.reply.ReplyWriter;
import dev.sigrun.spi.type.CommandEmitter;

/** HSET, HMSET, HSETNX, HDEL, HGETDEL. Owner thread only. */
final class HashWrites {
    private static final CommandException HSET_ARITY = arity("hset");
    private static final CommandException HMSET_ARITY = arity("hmset");

    private final Hashes hashes;
    private final FieldWriter writer;

    HashWrites(Hashes hashes) {
        this.hashes = hashes;
        this.writer = new FieldWriter(hashes);
    }

    private static CommandException arity(String command) {
        return CommandException.of("wrong number of arguments for '" + command + "' command");
    }

    void register(Registrar registrar) {
        registrar.command(
                HashCommands.command("HSET", -4)
                        .flags(WRITE, DENYOOM, FAST)
                        .key(KeySpec.at(1, RW, UPDATE))
                        .build(),
                context -> context.reply().integer(set(context, HSET_ARITY)));
        registrar.command(
                HashCommands.command("HMSET", -4)
                        .flags(WRITE, DENYOOM, FAST)
                        .key(KeySpec.at(1, RW, UPDATE))
                        .build(),
                this::hmset);
        registrar.command(
                HashCommands.command("HSETNX", 4)
                        .flags(WRITE, DENYOOM, FAST)
                        .key(KeySpec.at(1, RW, INSERT))
                        .build(),
                this::hsetnx);
        registrar.command(
                HashCommands.command("HDEL", -3)
                        .flags(WRITE, FAST)
                        .key(KeySpec.at(1, RW, DELETE))
                        .build(),
                this::hdel);
        registrar.command(
                HashCommands.command("HGETDEL", -5)
                        .flags(WRITE, FAST)
                        .key(KeySpec.at(1, RW, ACCESS, DELETE))
                        .build(),
                this::hgetdel);
    }

    private void hmset(CommandContext context) throws CommandException {
        set(context, HMSET_ARITY);
        context.reply().ok();
    }

    /** Sets all pairs; the number of fields that are new. */
    private int set(CommandContext context, CommandException arity) throws CommandException {
        Args args = context.args();
        int count = args.count();
        if (count % 2 == 1) {
            throw arity;
        }
        HashValue hash = hashes.writeOrCreate(context);
        writer.begin(context, hash);
        int added = 0;
        try {
            hashes.prepare(args, 2);
            for (int i = 2; i < count; i += 2) {
                added += writer.put(args, i) ? 1 : 0;
            }
            hashes.settle();
        } finally {
            hashes.giveUp();
        }
        finish((count - 2) / 2);
        context.replication().verbatim();
        return added;
    }

    private void finish(int fields) {
        hashes.changed(fields);
        writer.sayExpired();
        hashes.key().notify(NotifyClass.HASH, "hset");
    }

    private void hsetnx(CommandContext context) throws CommandException {
        Args args = context.args();
        HashValue present = hashes.write(context);
        if (present != null && present.find(hashes.field(args, 2)) != 0) {
            context.reply().integer(0);
            return;
        }
        HashValue hash = present == null ? hashes.create(context) : present;
        writer.begin(context, hash);
        boolean hadTimes = hashes.hadTimes();
        try {
            hashes.prepare(args, 2);
            writer.put(args, 2);
            hashes.settle();
        } finally {
            hashes.giveUp();
        }
        finish(1);
        if (hadTimes) {
            // A replica may still see a field that is over here, and would refuse.
            context.replication()
                    .instead()
                    .command("HSET", 3)
                    .arg(args.bytes(1))
                    .arg(args.bytes(2))
                    .arg(args.bytes(3));
        } else {
            context.replication().verbatim();
        }
        context.reply().integer(1);
    }

    private void hdel(CommandContext context) throws CommandException {
        Args args = context.args();
        HashValue hash = hashes.write(context);
        if (hash == null) {
            context.reply().integer(0);
            return;
        }
        int count = args.count();
        int deleted = 0;
        for (int i = 2; i < count; i++) {
            if (remove(hash, args, i)) {
                deleted++;
            }
        }
        if (deleted > 0) {
            hashes.removed(deleted, "hdel");
            context.replication().verbatim();
        }
        context.reply().integer(deleted);
    }

    /** Removes a field that is seen; what is past its time is the active expiry's. */
    private boolean remove(HashValue hash, Args args, int index) {
        hashes.field(args, index);
        if (hash.hasTimes() && hash.find(hashes.field) == 0) {
            return false;
        }
        return hash.remove(hashes.field);
    }

    private void hgetdel(CommandContext context) throws CommandException {
        Args args = context.args();
        if (!args.is(2, "FIELDS")) {
            throw CommandException.SYNTAX;
        }
        int first = FieldList.first(args, 3);
        HashValue hash = hashes.write(context);
        ReplyWriter reply = context.reply();
        int count = args.count();
        reply.array(count - first);
        int deleted = 0;
        for (int i = first; i < count; i++) {
            long value = hash == null ? 0 : hash.find(hashes.field(args, i));
            Hashes.say(reply, value);
            if (value != 0) {
                hash.remove(hashes.field);
                deleted++;
            }
        }
        if (deleted > 0) {
            context.replication().verbatim();
            hashes.removed(deleted, "hdel");
        }
    }

    /** Begins the effect of a command that deletes these many fields of the first argument. */
    static CommandEmitter hdel(CommandContext context, int fields) {
        return context.replication()
                .instead()
                .command("HDEL", 1 + fields)
                .arg(context.args().bytes(1));
    }
}
