// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import dev.sigrun.core.LazyFree;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.type.CommandEmitter;
import dev.sigrun.spi.type.RdbException;

/**
 * Owner thread only. RESTORE.
 *
 * <p>A payload is hostile until it has been decoded, and a key that it would replace survives a bad
 * one. What had expired before it came is decoded as well, since a bad payload is refused whatever
 * else is asked for. A relative time to live replicates as a point in time.
 */
final class RestoreHandler implements CommandHandler {
    /** Stands for a key that never expires. */
    private static final long NEVER = -1;

    private final LazyFree lazyFree;

    RestoreHandler(LazyFree lazyFree) {
        this.lazyFree = lazyFree;
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        Args args = context.args();
        RestoreOptions options = RestoreOptions.parse(args, 4);
        Key key = context.write(1);
        if (key.isPresent() && !options.replace()) {
            throw GenericErrors.BUSY_KEY;
        }
        long expireAt = expireAt(context, options.absolute());
        if (isOver(context, expireAt)) {
            decode(key, args.bytes(3), false);
            removeReplaced(context, key);
        } else {
            decode(key, args.bytes(3), true);
            finish(context, key, expireAt, options);
        }
        context.reply().ok();
    }

    private static long expireAt(CommandContext context, boolean absolute) throws CommandException {
        long ttl = context.args().longAt(2);
        if (ttl < 0) {
            throw GenericErrors.BAD_TTL;
        }
        if (ttl == 0) {
            return NEVER;
        }
        // A distance too long to add ends in the past, and so expires at once, as on Valkey.
        return absolute ? ttl : ttl + context.nowMillis();
    }

    private static boolean isOver(CommandContext context, long expireAt) {
        return expireAt != NEVER && context.isOver(expireAt);
    }

    private static void decode(Key key, Bytes payload, boolean keep) throws CommandException {
        try {
            if (keep) {
                key.restore(payload);
            } else {
                key.checkPayload(payload);
            }
        } catch (RdbException e) {
            throw switch (e.reason()) {
                case CHECKSUM -> GenericErrors.BAD_CHECKSUM;
                case FOREIGN_TYPE -> CommandException.of(e.getMessage());
                default -> GenericErrors.BAD_FORMAT;
            };
        }
    }

    /** The value had expired before it came: only what it would have replaced goes. */
    private void removeReplaced(CommandContext context, Key key) {
        if (key.remove(true)) {
            key.notify(NotifyClass.GENERIC, "del");
            Bytes name = context.args().bytes(1);
            context.replication().instead().command(lazyFree.removal(), 1).arg(name);
        } else {
            context.replication().nothing();
        }
    }

    private static void finish(
            CommandContext context, Key key, long expireAt, RestoreOptions options) {
        if (expireAt != NEVER) {
            key.expireAt(expireAt);
        }
        if (options.idleSeconds() != RestoreOptions.UNSET) {
            key.idleSeconds(options.idleSeconds());
        }
        if (options.frequency() != RestoreOptions.UNSET) {
            key.frequency(options.frequency());
        }
        key.notify(NotifyClass.GENERIC, "restore");
        if (expireAt == NEVER || options.absolute()) {
            context.replication().verbatim();
        } else {
            replicate(context, expireAt);
        }
    }

    private static void replicate(CommandContext context, long expireAt) {
        Args args = context.args();
        int count = args.count();
        CommandEmitter out = context.replication().instead().command("RESTORE", count);
        out.arg(args.bytes(1)).arg(expireAt);
        for (int i = 3; i < count; i++) {
            out.arg(args.bytes(i));
        }
        out.arg("ABSTTL");
    }
}
