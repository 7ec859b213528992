// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.store.KeyFacts;
import dev.sigrun.kernel.store.StoreStats;
import dev.sigrun.kernel.store.StoredKey;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Access;
import dev.sigrun.spi.reply.ReplyWriter;

/** {@code OBJECT}: what a key is like inside. Owner thread only. */
final class ObjectCommands {
    private static final CommandException NO_FREQUENCY =
            CommandException.of(
                    "An LFU maxmemory policy is not selected, access frequency not tracked. Please"
                            + " note that when switching between policies at runtime LRU and LFU"
                            + " data will take some time to adjust.");
    private static final CommandException NO_IDLE_TIME =
            CommandException.of(
                    "An LFU maxmemory policy is selected, idle time not tracked. Please note that"
                            + " when switching between policies at runtime LRU and LFU data will"
                            + " take some time to adjust.");

    private final AdminContext context;

    ObjectCommands(AdminContext context) {
        this.context = context;
    }

    void register(Declaring declaring) {
        declaring
                .container("object")
                .add(spec("encoding"), command -> answer(command, this::encoding))
                .add(spec("freq"), command -> answer(command, this::frequency))
                .add(spec("idletime"), command -> answer(command, this::idleTime))
                .add(
                        spec("refcount"),
                        command -> answer(command, (facts, reply) -> reply.integer(1)))
                .help(
                        new String[] {"keyspace"},
                        "ENCODING <key>",
                        "    Name the form in which the key's value is kept.",
                        "FREQ <key>",
                        "    Show how often the key is used, on a logarithmic scale.",
                        "IDLETIME <key>",
                        "    Show for how many seconds nobody has used the key.",
                        "REFCOUNT <key>",
                        "    Show how many references the value has, which is always 1.");
    }

    private static CommandSpec.Builder spec(String name) {
        return CommandSpec.command(name, 3)
                .flags(CommandFlag.READONLY)
                .categories("keyspace")
                .key(KeySpec.at(2, KeySpec.Use.RO))
                .tips("nondeterministic_output");
    }

    @FunctionalInterface
    private interface Answer {
        void write(KeyFacts facts, ReplyWriter reply) throws CommandException;
    }

    private void answer(CommandContext command, Answer answer) throws CommandException {
        Execution execution = (Execution) command;
        StoredKey key =
                execution.stored(
                        execution.client().db(),
                        execution.args().bytes(2),
                        Access.NO_TOUCH | Access.NO_STATS);
        StoreStats stats = context.store().stats();
        // Such a look-up counts but, unlike others, raises no event when there is no key.
        if (!key.isPresent()) {
            stats.keyspaceMisses++;
            execution.reply().nil();
            return;
        }
        stats.keyspaceHits++;
        answer.write(key.facts(), execution.reply());
    }

    private void encoding(KeyFacts facts, ReplyWriter reply) {
        reply.bulk(facts.encoding());
    }

    private void frequency(KeyFacts facts, ReplyWriter reply) throws CommandException {
        if (!context.store().accessClock().isLfu()) {
            throw NO_FREQUENCY;
        }
        reply.integer(facts.frequency());
    }

    private void idleTime(KeyFacts facts, ReplyWriter reply) throws CommandException {
        if (context.store().accessClock().isLfu()) {
            throw NO_IDLE_TIME;
        }
        reply.integer(facts.idleSeconds());
    }
}
