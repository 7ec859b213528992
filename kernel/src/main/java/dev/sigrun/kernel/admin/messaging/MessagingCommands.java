// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.messaging;

import static dev.sigrun.spi.command.CommandFlag.ADMIN;
import static dev.sigrun.spi.command.CommandFlag.LOADING;
import static dev.sigrun.spi.command.CommandFlag.NOSCRIPT;
import static dev.sigrun.spi.command.CommandFlag.STALE;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;

/** The way into this package: registers its commands. Owner thread only. */
public final class MessagingCommands {
    private final AdminContext admin;

    /** For the clients of one server. */
    public MessagingCommands(AdminContext admin) {
        this.admin = admin;
    }

    /** A handler that uses what only the kernel's own commands have. */
    @FunctionalInterface
    interface Handler {
        void handle(Execution execution) throws CommandException;

        /** As the table wants it. */
        default CommandHandler plain() {
            return context -> handle((Execution) context);
        }
    }

    /** Registers the commands; those of CLIENT must be there. */
    public void register() {
        Registry registry = admin.registry();
        new SubscribeCommands(admin.dispatcher().audience().pubSub()).register(registry);
        new PubSubCommand(admin.dispatcher().audience().pubSub()).register(registry);
        new TrackingCommands(admin).register(registry);
        registry.add(
                Registry.KERNEL,
                spec("monitor", 1, ADMIN, NOSCRIPT, LOADING, STALE).build(),
                ((Handler) this::monitor).plain());
    }

    private void monitor(Execution execution) {
        admin.dispatcher().audience().onlookers().addMonitor(execution.session());
        execution.reply().ok();
    }

    static CommandSpec.Builder spec(String name, int arity, CommandFlag... flags) {
        return CommandSpec.command(name, arity)
                .flags(flags)
                .docs("dev/sigrun/kernel/command/kernel.json");
    }
}
