// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.memory.dict.Element;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.type.CommandEmitter;

/**
 * HGETEX: answers with fields and gives them a time to live, or takes it away. It replicates as
 * what it did: HPEXPIREAT, HPERSIST or HDEL. Owner thread only.
 */
final class HgetexCommand {
    private final Hashes hashes;
    private final TimedOptions options = new TimedOptions("HGETEX", false, "PERSIST");
    private final Positions changed = new Positions();

    HgetexCommand(Hashes hashes) {
        this.hashes = hashes;
    }

    void register(Registrar registrar) {
        registrar.command(
                HashCommands.command("HGETEX", -5)
                        .flags(WRITE, FAST)
                        .key(KeySpec.at(1, RW, ACCESS, UPDATE))
                        .build(),
                this::hgetex);
    }

    private void hgetex(CommandContext context) throws CommandException {
        Args args = context.args();
        options.parse(args, 1);
        HashValue hash = hashes.read(context);
        if (hash != null && (options.isTime() || options.isWord())) {
            // It was looked up as a read, which counts; what follows may change it.
            hash = hashes.write(context);
        }
        long unixMillis = options.isTime() ? options.unixMillis(context) : Element.NO_EXPIRY;
        boolean over = options.isTime() && context.isOver(unixMillis);
        int count = args.count();
        context.reply().array(count - options.firstField());
        changed.clear();
        for (int i = options.firstField(); i < count; i++) {
            long value = hash == null ? 0 : hash.find(hashes.field(args, i));
            Hashes.say(context.reply(), value);
            if (value != 0 && change(hash, value, unixMillis, over)) {
                changed.add(i);
            }
        }
        if (changed.count() == 0) {
            return;
        }
        replicate(context, unixMillis, over);
        if (over) {
            hashes.key().countExpiredElements(changed.count());
            hashes.removed(changed.count(), "hexpired");
        } else {
            hashes.changed(changed.count());
            hashes.key().notify(NotifyClass.HASH, options.isTime() ? "hexpire" : "hpersist");
        }
    }

    private boolean change(HashValue hash, long value, long unixMillis, boolean over) {
        if (over) {
            return hash.remove(hashes.field);
        }
        if (options.isTime()) {
            hash.enlarge();
            hash.putExpiry(hashes.field, unixMillis);
            return true;
        }
        if (options.isWord() && Element.isTimed(value)) {
            hash.putExpiry(hashes.field, Element.NO_EXPIRY);
            return true;
        }
        return false;
    }

    private void replicate(CommandContext context, long unixMillis, boolean over) {
        Args args = context.args();
        int fields = changed.count();
        CommandEmitter effect;
        if (over) {
            effect = HashWrites.hdel(context, fields);
        } else {
            boolean timed = options.isTime();
            effect =
                    context.replication()
                            .instead()
                            .command(timed ? "HPEXPIREAT" : "HPERSIST", fields + (timed ? 4 : 3))
                            .arg(args.bytes(1));
            if (timed) {
                effect.arg(unixMillis);
            }
            effect.arg("FIELDS").arg(fields);
        }
        changed.emit(args, effect);
    }
}
