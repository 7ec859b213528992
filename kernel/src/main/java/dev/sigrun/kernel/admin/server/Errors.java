// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.config.EnumParameter;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import java.util.Locale;

/** Errors that several commands here answer with, in Valkey's words. */
final class Errors {
    private static final int SHOWN_CHARACTERS_MAX = 128;

    private Errors() {}

    /** An error from its whole text, whose first word is the code. */
    static CommandException whole(String text) {
        int blank = text.indexOf(' ');
        return blank < 0
                ? CommandException.of(text)
                : new CommandException(text.substring(0, blank), text.substring(blank + 1));
    }

    /** A sub-command that a command which is no container does not know in this form. */
    static CommandException unknownSubcommand(Args args) {
        String name = args.bytes(1).text();
        return CommandException.of(
                "unknown subcommand or wrong number of arguments for '"
                        + name.substring(0, Math.min(name.length(), SHOWN_CHARACTERS_MAX))
                        + "'. Try "
                        + args.bytes(0).text().toUpperCase(Locale.ROOT)
                        + " HELP.");
    }

    /**
     * Refuses what the operator has not switched on.
     *
     * @param what name of the command in capitals
     */
    static void requireAllowed(
            AdminContext context, CommandContext command, EnumParameter guard, String what)
            throws CommandException {
        boolean local = ((Execution) command).session().transport().isLocal();
        if (!context.config().allows(guard, local)) {
            throw CommandException.of(
                    what
                            + " command not allowed. If the "
                            + guard.name()
                            + " option is set to \"local\", you can run it from a local"
                            + " connection, otherwise you need to set this option in the"
                            + " configuration file, and then restart the server.");
        }
    }
}
