// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import dev.sigrun.kernel.command.Execution;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;

/** A handler that needs more than the contract lends to plugins. Owner thread only. */
@FunctionalInterface
interface KernelHandler extends CommandHandler {
    /** As {@link #handle}, with the kernel's own view of the command at hand. */
    void execute(Execution execution) throws CommandException;

    @Override
    default void handle(CommandContext context) throws CommandException {
        execute((Execution) context);
    }
}
