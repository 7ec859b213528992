// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.INSERT;
import static dev.sigrun.spi.command.KeySpec.Use.RW;

import dev.sigrun.memory.dict.Element;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.type.CommandEmitter;

/**
 * HSETEX: sets fields together with their time to live, under conditions. Fields whose time is over
 * at once are deleted instead. Owner thread only.
 */
final class HsetexCommand {
    private final Hashes hashes;
    private final FieldWriter writer;
    private final TimedOptions options = new TimedOptions("HSETEX", true, "KEEPTTL");
    private final Positions positions = new Positions();

    HsetexCommand(Hashes hashes) {
        this.hashes = hashes;
        this.writer = new FieldWriter(hashes);
    }

    void register(Registrar registrar) {
        registrar.command(
                HashCommands.command("HSETEX", -6)
                        .flags(WRITE, DENYOOM, FAST)
                        .key(KeySpec.at(1, RW, INSERT))
                        .build(),
                this::hsetex);
    }

    private void hsetex(CommandContext context) throws CommandException {
        Args args = context.args();
        options.parse(args, 2);
        HashValue present = hashes.write(context);
        if (present == null ? options.wantsKey() : options.wantsNoKey()) {
            context.reply().integer(0);
            return;
        }
        long unixMillis = options.isTime() ? options.unixMillis(context) : Element.NO_EXPIRY;
        if (!fieldsAllow(args, present)) {
            context.reply().integer(0);
            return;
        }
        if (options.isTime() && context.isOver(unixMillis)) {
            delete(context, present);
        } else {
            set(context, present, unixMillis);
        }
        context.reply().integer(1);
    }

    private boolean fieldsAllow(Args args, HashValue present) {
        if (!options.wantsField() && !options.wantsNoField()) {
            return true;
        }
        if (present == null) {
            return options.wantsNoField();
        }
        int count = args.count();
        for (int i = options.firstField(); i < count; i += 2) {
            boolean there = present.find(hashes.field(args, i)) != 0;
            if (there != options.wantsField()) {
                return false;
            }
        }
        return true;
    }

    private void set(CommandContext context, HashValue present, long unixMillis) {
        Args args = context.args();
        HashValue hash = present == null ? hashes.create(context) : present;
        writer.begin(context, hash, unixMillis, options.isWord());
        positions.clear();
        try {
            int count = args.count();
            for (int i = options.firstField(); i < count; i += 2) {
                writer.put(args, i);
                if (options.isWord() && writer.lastWasExpired()) {
                    positions.add(i);
                }
                hashes.settle();
            }
        } finally {
            hashes.giveUp();
        }
        hashes.changed((context.args().count() - options.firstField()) / 2);
        writer.sayExpired();
        replicate(context, unixMillis);
        say(options.isTime(), false);
    }

    private void say(boolean expires, boolean expired) {
        Key key = hashes.key();
        key.notify(NotifyClass.HASH, "hset");
        if (expires) {
            key.notify(NotifyClass.HASH, "hexpire");
        }
        if (expired) {
            key.notify(NotifyClass.HASH, "hexpired");
        }
    }

    private void replicate(CommandContext context, long unixMillis) {
        Args args = context.args();
        if (positions.count() > 0) {
            // A replica that still has these fields would keep their time.
            positions.emit(args, HashWrites.hdel(context, positions.count()));
        }
        if (!options.isRewritten() && positions.count() == 0) {
            context.replication().verbatim();
            return;
        }
        int from = options.firstField();
        int head = options.isTime() ? 2 : options.isWord() ? 1 : 0;
        CommandEmitter effect =
                context.replication()
                        .instead()
                        .command("HSETEX", 1 + head + 2 + args.count() - from)
                        .arg(args.bytes(1));
        if (options.isTime()) {
            effect.arg("PXAT").arg(unixMillis);
        } else if (options.isWord()) {
            effect.arg("KEEPTTL");
        }
        for (int i = from - 2; i < args.count(); i++) {
            effect.arg(args.bytes(i));
        }
    }

    /** Valkey counts and raises the events even where there was nothing to delete. */
    private void delete(CommandContext context, HashValue present) {
        Args args = context.args();
        positions.clear();
        if (present != null) {
            int count = args.count();
            for (int i = options.firstField(); i < count; i += 2) {
                if (present.remove(hashes.field(args, i))) {
                    positions.add(i);
                }
            }
        }
        if (positions.count() > 0) {
            positions.emit(args, HashWrites.hdel(context, positions.count()));
            hashes.changed(positions.count());
        }
        hashes.key().countExpiredElements((args.count() - options.firstField()) / 2);
        say(true, true);
        if (present != null) {
            hashes.removeIfEmpty();
        } else {
            hashes.key().notify(NotifyClass.GENERIC, "del");
        }
    }
}
