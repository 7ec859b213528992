// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;
import static dev.sigrun.spi.command.KeySpec.Use.VARIABLE_FLAGS;

import dev.sigrun.core.LazyFree;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.type.CommandEmitter;

/**
 * SET. Without options it allocates nothing. Owner thread only.
 *
 * <p>A time replicates as an absolute one, so that a replica or a file that is read later arrives
 * at the same moment. GET is left out of what replicates, for nobody reads that reply; only next to
 * PXAT does it stay, as on Valkey, where such a command replicates as it came.
 */
final class SetCommand implements CommandHandler {
    private static final int FIRST_OPTION = 3;

    private final SetOptions options = SetOptions.ofSet();
    private final LazyFree lazyFree;

    private SetCommand(LazyFree lazyFree) {
        this.lazyFree = lazyFree;
    }

    static void register(Registrar registrar, LazyFree lazyFree) {
        registrar.command(
                StringCommands.command("SET", -3)
                        .flags(WRITE, DENYOOM)
                        .key(
                                KeySpec.at(1, RW, ACCESS, UPDATE, VARIABLE_FLAGS)
                                        .withNotes("It is read when `GET` is asked for."))
                        .finder(new SetKeys())
                        .build(),
                new SetCommand(lazyFree));
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        if (context.args().count() == FIRST_OPTION) {
            setPlainly(context);
        } else {
            setWithOptions(context);
        }
    }

    private static void setPlainly(CommandContext context) {
        Key key = context.write(1);
        key.setString(context.args().bytes(2), false);
        key.notify(NotifyClass.STRING, "set");
        context.replication().verbatim();
        context.reply().ok();
    }

    private void setWithOptions(CommandContext context) throws CommandException {
        Args args = context.args();
        options.parse(args, FIRST_OPTION);
        long unixMillis = options.expiry().unixMillis(context);
        boolean returnsOld = options.returnsOld();
        Bytes old = returnsOld ? context.read(1).string() : null;
        Key key = context.write(1);
        boolean allowed = options.allows(args, key);
        if (returnsOld) { // The old content is lent until the key changes.
            Reads.reply(context.reply(), old);
        }
        if (allowed) {
            set(context, key, unixMillis);
        }
        if (!returnsOld && allowed) {
            context.reply().ok();
        } else if (!returnsOld) {
            context.reply().nil();
        }
    }

    private void set(CommandContext context, Key key, long unixMillis) {
        if (TimedWrite.isPast(context, unixMillis)) {
            if (key.isPresent()) {
                TimedWrite.expireNow(context, key, lazyFree.expiry());
            }
            return;
        }
        Bytes value = context.args().bytes(2);
        TimedWrite.store(key, value, options.expiry().isWord(), unixMillis);
        boolean timed = options.expiry().isTime();
        if (timed && options.expiry().kind() != ExpiryOption.Kind.PXAT) {
            TimedWrite.replicate(context, value, unixMillis);
        } else if (options.returnsOld() && !timed) {
            replicateWithoutGet(context);
        } else {
            context.replication().verbatim();
        }
    }

    private void replicateWithoutGet(CommandContext context) {
        Args args = context.args();
        int kept = 0;
        for (int i = 1; i < args.count(); i++) {
            kept += isGet(args, i) ? 0 : 1;
        }
        CommandEmitter out = context.replication().instead().command("SET", kept);
        for (int i = 1; i < args.count(); i++) {
            if (!isGet(args, i)) {
                out.arg(args.bytes(i));
            }
        }
    }

    private boolean isGet(Args args, int index) {
        return index >= FIRST_OPTION && index != options.comparisonIndex() && args.is(index, "GET");
    }
}
