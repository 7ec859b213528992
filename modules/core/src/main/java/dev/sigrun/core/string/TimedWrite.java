// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;

/** What commands that set a string together with its time to live have in common. Owner only. */
final class TimedWrite {
    /** The option under which an absolute time replicates. */
    static final Bytes PXAT = Bytes.constant("PXAT");

    private TimedWrite() {}

    /** Whether a key with this time is to be removed at once. */
    static boolean isPast(CommandContext context, long unixMillis) {
        return unixMillis != ExpiryOption.NEVER && context.isOver(unixMillis);
    }

    /**
     * Removes the key at argument 1 as if its time had come while it was there.
     *
     * @param replicated the command as which that replicates
     */
    static void expireNow(CommandContext context, Key key, String replicated) {
        key.remove(true);
        context.replication().instead().command(replicated, 1).arg(context.args().bytes(1));
        key.notify(NotifyClass.EXPIRED, "expired");
    }

    /**
     * Stores a string.
     *
     * @param keepTtl whether a time to live stays when no new one is given
     * @param unixMillis the new time to expire, or {@link ExpiryOption#NEVER}
     */
    static void store(Key key, Bytes value, boolean keepTtl, long unixMillis) {
        boolean timed = unixMillis != ExpiryOption.NEVER;
        key.setString(value, keepTtl || timed);
        if (timed) {
            key.expireAt(unixMillis);
        }
        key.notify(NotifyClass.STRING, "set");
        if (timed) {
            key.notify(NotifyClass.GENERIC, "expire");
        }
    }

    /** Replicates as a SET of the key at argument 1 with an absolute time. */
    static void replicate(CommandContext context, Bytes value, long unixMillis) {
        context.replication()
                .instead()
                .command("SET", 4)
                .arg(context.args().bytes(1))
                .arg(value)
                .arg(PXAT)
                .arg(unixMillis);
    }
}
