// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.command;

import dev.sigrun.spi.ForPlugin;

/** Executes one command. Called on the owner; must not keep anything that {@code context} lends. */
@ForPlugin
@FunctionalInterface
public interface CommandHandler {
    /**
     * Validates the arguments, then mutates, then replies.
     *
     * @throws CommandException to answer with an error; allowed only before the first mutation and
     *     before the first part of a reply
     */
    void handle(CommandContext context) throws CommandException;
}
