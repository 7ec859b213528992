// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom;

import dev.sigrun.bloom.filter.Errors;
import dev.sigrun.bloom.filter.RedisFilter;
import dev.sigrun.bloom.type.BloomBlob;
import dev.sigrun.bloom.type.RedisBlob;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.type.RdbException;

/**
 * Owner thread only. {@code BF.LOAD}, which rewritten append-only files are made of.
 *
 * <p>Deviation: it replicates as it is. valkey-bloom replicates an empty filter that has the
 * serialised one as its only item.
 */
final class LoadCommand {
    private static final CommandException ARITY = Errors.arity("BF.LOAD");
    private static final int BLOB = 2;

    private final Vault vault;

    LoadCommand(Vault vault) {
        this.vault = vault;
    }

    void load(CommandContext context) throws CommandException {
        final Args args = context.args();
        if (args.count() != BLOB + 1) {
            throw ARITY;
        }
        final Key key = context.write(1);
        if (vault.find(key) != null) {
            throw Errors.BUSY;
        }
        try {
            load(key, args.bytes(BLOB), vault.limit(context));
        } catch (RdbException damaged) {
            throw Errors.UNDECODABLE;
        }
        context.replication().verbatim();
        key.notify(NotifyClass.GENERIC, Vault.RESERVED);
        context.reply().ok();
    }

    private void load(Key key, Bytes blob, long limit) throws RdbException, CommandException {
        if (blob.isEmpty()) {
            throw Errors.UNDECODABLE;
        }
        switch (blob.byteAt(0) & 0xff) {
            case BloomBlob.VERSION ->
                    vault.put(key, BloomBlob.decode(blob, vault.memory(), vault.totals, limit));
            case RedisBlob.VERSION ->
                    put(key, RedisBlob.decode(blob, vault.memory(), vault.totals, limit));
            default -> throw Errors.UNKNOWN_VERSION;
        }
    }

    private void put(Key key, RedisFilter filter) {
        boolean kept = false;
        try {
            key.setValue(vault.redisType, filter);
            kept = true;
        } finally {
            if (!kept) {
                filter.free(vault.memory());
            }
        }
    }
}
