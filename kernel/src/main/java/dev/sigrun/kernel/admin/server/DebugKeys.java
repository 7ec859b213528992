// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.store.KeyFacts;
import dev.sigrun.kernel.store.StoredKey;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Access;

/**
 * The actions of {@code DEBUG} on single keys. They see keys that are past their time but still
 * there, and leave no trace in statistics. Owner thread only.
 */
final class DebugKeys {
    private static final CommandException NOT_BYTES =
            CommandException.of("Not an sds encoded string.");
    private static final CommandException NO_TABLE =
            CommandException.of(
                    "The value stored at the specified key is not represented using an hash"
                            + " table");

    private final AdminContext context;
    private final DatasetDigest digest = new DatasetDigest();

    DebugKeys(AdminContext context) {
        this.context = context;
    }

    void addTo(DebugCommand debug) {
        debug.add("object", 3, 4, this::object);
        debug.add("sdslen", 3, 3, DebugKeys::lengths);
        debug.add("digest-value", 2, Integer.MAX_VALUE, this::digestValues);
        debug.add("htstats-key", 3, 4, DebugKeys::tableStatistics);
    }

    private static StoredKey find(CommandContext command, int index) {
        Execution execution = (Execution) command;
        int access = Access.NO_TOUCH | Access.NO_STATS | Access.EXPIRED_TOO;
        return execution.stored(execution.client().db(), execution.args().bytes(index), access);
    }

    private static StoredKey require(CommandContext command) throws CommandException {
        StoredKey key = find(command, 2);
        if (!key.isPresent()) {
            throw CommandException.NO_SUCH_KEY;
        }
        return key;
    }

    private void object(CommandContext command) throws CommandException {
        KeyFacts facts = require(command).facts();
        Args args = command.args();
        boolean fast = args.count() == 4 && args.is(3, "fast");
        StringBuilder text = new StringBuilder(160);
        text.append("Value at:0x").append(Long.toHexString(facts.address()));
        text.append(" refcount:1 encoding:").append(facts.encoding());
        if (!fast) {
            text.append(" serializedlength:").append(facts.serializedLength());
        }
        if (context.store().accessClock().isLfu()) {
            text.append(" lfu_freq:").append(facts.frequency());
            text.append(" lfu_access_time_minutes:").append(facts.clock() >>> 8);
        } else {
            text.append(" lru:").append(facts.clock());
            text.append(" lru_seconds_idle:").append(facts.idleSeconds());
        }
        text.append(facts.details(fast));
        command.reply().simple(text.toString());
    }

    private static void lengths(CommandContext command) throws CommandException {
        StoredKey key = require(command);
        KeyFacts facts = key.facts();
        if (facts.isObject() || facts.isInteger()) {
            throw NOT_BYTES;
        }
        command.reply()
                .simple(
                        "key_sds_len:"
                                + key.name().length()
                                + " key_sds_avail:0 obj_alloc:"
                                + facts.entryBytes()
                                + " val_sds_len:"
                                + key.stringLength()
                                + " val_sds_avail:"
                                + facts.spareBytes()
                                + " val_alloc:"
                                + facts.blockBytes());
    }

    private void digestValues(CommandContext command) {
        int count = command.args().count();
        command.reply().array(count - 2);
        for (int i = 2; i < count; i++) {
            StoredKey key = find(command, i);
            byte[] sum = DatasetDigest.empty();
            if (key.isPresent()) {
                digest.value(sum, key);
            }
            command.reply().simple(DatasetDigest.text(sum));
        }
    }

    private static void tableStatistics(CommandContext command) throws CommandException {
        StoredKey _ = require(command);
        // Plugins keep values in forms of their own, of which the kernel knows nothing.
        throw NO_TABLE;
    }
}
