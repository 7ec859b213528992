// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.transaction;

import static dev.sigrun.spi.command.CommandFlag.ALLOW_BUSY;
import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.LOADING;
import static dev.sigrun.spi.command.CommandFlag.NOSCRIPT;
import static dev.sigrun.spi.command.CommandFlag.NO_MULTI;
import static dev.sigrun.spi.command.CommandFlag.SKIP_COMMANDLOG;
import static dev.sigrun.spi.command.CommandFlag.STALE;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.command.Transactions;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.command.KeySpec.Use;

/** MULTI, EXEC, DISCARD, WATCH and UNWATCH. Owner thread only. */
public final class TransactionCommands {
    private final Registry registry;
    private final Transactions transactions;

    /** For the clients of one server. */
    public TransactionCommands(AdminContext admin) {
        this.registry = admin.registry();
        this.transactions = admin.dispatcher().transactions();
    }

    /** Registers the commands. */
    public void register() {
        add(
                spec("multi", 1, FAST, NO_MULTI, ALLOW_BUSY),
                context -> transactions.begin(((Execution) context).session()));
        add(
                spec("exec", 1, SKIP_COMMANDLOG),
                context -> transactions.exec(((Execution) context).session()));
        add(
                spec("discard", 1, FAST, ALLOW_BUSY),
                context -> transactions.discard(((Execution) context).session()));
        add(
                spec("watch", -2, FAST, NO_MULTI, ALLOW_BUSY).key(KeySpec.range(1, -1, 1, Use.RO)),
                context -> transactions.watch(((Execution) context).session()));
        add(
                spec("unwatch", 1, FAST, ALLOW_BUSY),
                context -> transactions.unwatch(((Execution) context).session()));
    }

    private static CommandSpec.Builder spec(String name, int arity, CommandFlag... flags) {
        return CommandSpec.command(name, arity)
                .flags(NOSCRIPT, LOADING, STALE)
                .flags(flags)
                .categories("transaction")
                .docs("dev/sigrun/kernel/command/kernel.json");
    }

    private void add(CommandSpec.Builder spec, CommandHandler handler) {
        registry.add(Registry.KERNEL, spec.build(), handler);
    }
}
