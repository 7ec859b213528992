// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.config.ClusterParameters;
import dev.sigrun.kernel.config.MemoryParameters;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;

/** Counts, empties and exchanges whole databases. Owner thread only. */
final class DatabaseCommands {
    private static final CommandException CLUSTERED =
            CommandException.of("SWAPDB is not allowed in cluster mode");
    private static final CommandException BAD_FIRST = CommandException.of("invalid first DB index");
    private static final CommandException BAD_SECOND =
            CommandException.of("invalid second DB index");
    private static final CommandException NO_SUCH_DATABASE =
            CommandException.of("DB index is out of range");

    private final AdminContext context;

    DatabaseCommands(AdminContext context) {
        this.context = context;
    }

    void register(Declaring declaring) {
        declaring.command(
                CommandSpec.command("dbsize", 1)
                        .flags(CommandFlag.READONLY, CommandFlag.FAST)
                        .categories("keyspace")
                        .tips("request_policy:all_shards", "response_policy:agg_sum"),
                command -> command.reply().integer(command.keyspace().size()));
        declaring.command(flush("flushdb"), this::flushDb);
        declaring.command(flush("flushall").flags(CommandFlag.ALL_DBS), this::flushAll);
        declaring.command(
                CommandSpec.command("swapdb", 3)
                        .flags(CommandFlag.WRITE, CommandFlag.FAST)
                        .categories("keyspace", "dangerous"),
                this::swapDb);
    }

    private static CommandSpec.Builder flush(String name) {
        return CommandSpec.command(name, -1)
                .flags(CommandFlag.WRITE)
                .categories("keyspace", "dangerous")
                .tips("request_policy:all_shards", "response_policy:all_succeeded");
    }

    private void flushDb(CommandContext command) throws CommandException {
        boolean background = background(command.args());
        context.store().flush(command.client().db(), background);
        finish(command, background);
    }

    private void flushAll(CommandContext command) throws CommandException {
        boolean background = background(command.args());
        for (int i = 0; i < context.store().databaseCount(); i++) {
            context.store().flush(i, background);
        }
        context.persistence().saving().flushed();
        finish(command, background);
    }

    private boolean background(Args args) throws CommandException {
        if (args.count() == 1) {
            return context.config().booleanValue(MemoryParameters.LAZYFREE_LAZY_USER_FLUSH);
        }
        if (args.count() == 2 && args.is(1, "async")) {
            return true;
        }
        if (args.count() == 2 && args.is(1, "sync")) {
            return false;
        }
        throw CommandException.SYNTAX;
    }

    private void finish(CommandContext command, boolean background) {
        if (!background) {
            context.store().allocator().trim();
        }
        // Replicas hear of it even when there was nothing here, since they may differ.
        command.replication().verbatim();
        command.reply().ok();
    }

    private void swapDb(CommandContext command) throws CommandException {
        if (context.config().booleanValue(ClusterParameters.CLUSTER_ENABLED)) {
            throw CLUSTERED;
        }
        Args args = command.args();
        int one = (int) args.longAt(1, Integer.MIN_VALUE, Integer.MAX_VALUE, BAD_FIRST);
        int other = (int) args.longAt(2, Integer.MIN_VALUE, Integer.MAX_VALUE, BAD_SECOND);
        int count = context.store().databaseCount();
        if (one < 0 || one >= count || other < 0 || other >= count) {
            throw NO_SUCH_DATABASE;
        }
        context.store().swap(one, other);
        command.replication().verbatim();
        command.reply().ok();
    }
}
