// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import dev.sigrun.core.LazyFree;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.type.CommandEmitter;

/**
 * Owner thread only. One command of the EXPIRE family; the four differ in unit and starting point.
 *
 * <p>Whatever the client said, the effect replicates as a point in time in milliseconds, so that a
 * replica that applies it late, or an append-only file that is read next week, agrees with us. A
 * point that has passed removes the key at once and replicates as a removal. A replicated command
 * never removes: only the primary decides when a key is gone. Allocates nothing.
 */
final class ExpireHandler implements CommandHandler {
    private static final int MILLIS_PER_SECOND = 1000;

    private final boolean seconds;
    private final boolean relative;
    private final LazyFree lazyFree;
    private final CommandException badTime;

    ExpireHandler(String name, boolean seconds, boolean relative, LazyFree lazyFree) {
        this.seconds = seconds;
        this.relative = relative;
        this.lazyFree = lazyFree;
        this.badTime = GenericErrors.expireTime(name);
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        Args args = context.args();
        int condition = ExpiryCondition.parse(args, 3);
        long now = context.nowMillis();
        long expireAt = expireAt(args.longAt(2), now);
        Key key = context.write(1);
        if (!key.isPresent()
                || !ExpiryCondition.allows(condition, key.expireAtMillis(), expireAt)) {
            context.reply().integer(0);
            return;
        }
        if (context.isOver(expireAt)) {
            key.remove(true);
            key.notify(NotifyClass.EXPIRED, "expired");
            context.replication().instead().command(lazyFree.expiry(), 1).arg(args.bytes(1));
        } else {
            key.expireAt(expireAt);
            key.notify(NotifyClass.GENERIC, "expire");
            replicate(context, expireAt);
        }
        context.reply().integer(1);
    }

    /** The point in time that the argument means; one before the epoch counts as the epoch. */
    long expireAt(long argument, long now) throws CommandException {
        long time = argument;
        if (seconds) {
            if (time > Long.MAX_VALUE / MILLIS_PER_SECOND
                    || time < Long.MIN_VALUE / MILLIS_PER_SECOND) {
                throw badTime;
            }
            time *= MILLIS_PER_SECOND;
        }
        if (relative) {
            if (time > Long.MAX_VALUE - now) {
                throw badTime;
            }
            time += now;
        }
        return Math.max(time, 0);
    }

    private void replicate(CommandContext context, long expireAt) {
        if (!seconds && !relative) {
            context.replication().verbatim();
            return;
        }
        Args args = context.args();
        int count = args.count();
        CommandEmitter out = context.replication().instead().command("PEXPIREAT", count - 1);
        out.arg(args.bytes(1)).arg(expireAt);
        // The options go along: they hold on the replica exactly when they held here.
        for (int i = 3; i < count; i++) {
            out.arg(args.bytes(i));
        }
    }
}
