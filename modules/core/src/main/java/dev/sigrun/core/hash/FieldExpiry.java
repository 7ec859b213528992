// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.RW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.core.generic.ExpiryCondition;
import dev.sigrun.memory.dict.Element;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.type.CommandEmitter;

/**
 * HEXPIRE, HPEXPIRE, HEXPIREAT, HPEXPIREAT, HPERSIST. A field that is to end at once is deleted
 * instead. Owner thread only.
 */
final class FieldExpiry {
    private static final int NO_FIELD = -2;
    private static final int NO_TIME = -1;
    private static final int REFUSED = 0;
    private static final int DONE = 1;
    private static final int DELETED = 2;

    private final Hashes hashes;
    private final Positions deleted = new Positions();

    FieldExpiry(Hashes hashes) {
        this.hashes = hashes;
    }

    void register(Registrar registrar) {
        expire(registrar, "HEXPIRE", true, true);
        expire(registrar, "HPEXPIRE", true, false);
        expire(registrar, "HEXPIREAT", false, true);
        expire(registrar, "HPEXPIREAT", false, false);
        registrar.command(
                HashCommands.command("HPERSIST", -5)
                        .flags(WRITE, FAST)
                        .key(KeySpec.at(1, RW, UPDATE))
                        .build(),
                this::hpersist);
    }

    private void expire(Registrar registrar, String name, boolean relative, boolean seconds) {
        ExpiryTime time = new ExpiryTime(name, relative, seconds);
        registrar.command(
                HashCommands.command(name, -6)
                        .flags(WRITE, FAST)
                        .key(KeySpec.at(1, RW, UPDATE))
                        .build(),
                context -> expire(context, time));
    }

    private void expire(CommandContext context, ExpiryTime time) throws CommandException {
        Args args = context.args();
        int word = FieldList.find(args, 3);
        if (word == args.count()) {
            throw FieldList.wrongNumber();
        }
        int condition = ExpiryCondition.parse(args, 3, word);
        int first = FieldList.first(args, word + 1);
        long unixMillis = time.unixMillis(context, 2);
        HashValue hash = hashes.write(context);
        int count = args.count();
        context.reply().array(count - first);
        deleted.clear();
        int updated = 0;
        for (int i = first; i < count; i++) {
            int result = NO_FIELD;
            if (hash != null) {
                hashes.field(args, i);
                result = expire(context, hash, condition, unixMillis);
            }
            if (result == DONE) {
                updated++;
            } else if (result == DELETED) {
                deleted.add(i);
            }
            context.reply().integer(result);
        }
        if (deleted.count() > 0) {
            CommandEmitter effect = HashWrites.hdel(context, deleted.count());
            deleted.emit(args, effect);
            hashes.key().countExpiredElements(deleted.count());
            hashes.removed(deleted.count(), "hexpired");
        } else if (updated > 0) {
            hashes.changed(updated);
            replicate(context, unixMillis);
            hashes.key().notify(NotifyClass.HASH, "hexpire");
        }
    }

    private int expire(CommandContext context, HashValue hash, int condition, long unixMillis) {
        long value = hash.find(hashes.field);
        if (value == 0) {
            return NO_FIELD;
        }
        if (!ExpiryCondition.allows(condition, Element.expiryMillis(value), unixMillis)) {
            return REFUSED;
        }
        if (context.isOver(unixMillis)) {
            hash.remove(hashes.field);
            return DELETED;
        }
        hash.enlarge();
        hash.putExpiry(hashes.field, unixMillis);
        return DONE;
    }

    /** As the client sent it, but with the time as an instant. */
    private static void replicate(CommandContext context, long unixMillis) {
        Args args = context.args();
        int count = args.count();
        CommandEmitter effect = context.replication().instead().command("HPEXPIREAT", count - 1);
        effect.arg(args.bytes(1)).arg(unixMillis);
        for (int i = 3; i < count; i++) {
            effect.arg(args.bytes(i));
        }
    }

    private void hpersist(CommandContext context) throws CommandException {
        Args args = context.args();
        if (!args.is(2, "FIELDS")) {
            throw CommandException.SYNTAX;
        }
        int first = FieldList.first(args, 3);
        HashValue hash = hashes.write(context);
        int count = args.count();
        context.reply().array(count - first);
        int changes = 0;
        for (int i = first; i < count; i++) {
            long value = hash == null ? 0 : hash.find(hashes.field(args, i));
            int result = value == 0 ? NO_FIELD : Element.isTimed(value) ? DONE : NO_TIME;
            if (result == DONE) {
                hash.putExpiry(hashes.field, Element.NO_EXPIRY);
                changes++;
            }
            context.reply().integer(result);
        }
        if (changes > 0) {
            hashes.changed(changes);
            hashes.key().notify(NotifyClass.HASH, "hpersist");
            context.replication().verbatim();
        }
    }
}
