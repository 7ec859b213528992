// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import java.util.Locale;

/** The errors that dispatch itself answers with, in Valkey's words. */
public final class CommandErrors {
    /** Nobody has authenticated yet. */
    public static final CommandException NO_AUTH =
            new CommandException("NOAUTH", "Authentication required.");

    /** Memory is exhausted and nothing may be evicted. */
    public static final CommandException OUT_OF_MEMORY =
            new CommandException("OOM", "command not allowed when used memory > 'maxmemory'.");

    /** A replica gets the stream, and asks for nothing. */
    static final CommandException FROM_REPLICA =
            CommandException.of("Replica can't interact with the keyspace");

    /** There is no room left, whatever the limit on data says. */
    public static final CommandException ALLOCATION_FAILED =
            new CommandException("OOM", "the server could not allocate memory for this command.");

    private static final int SHOWN_CHARACTERS_MAX = 128;

    private CommandErrors() {}

    /** A name that no command has. */
    static CommandException unknownCommand(Args args) {
        StringBuilder shown = new StringBuilder();
        for (int i = 1; i < args.count() && shown.length() < SHOWN_CHARACTERS_MAX; i++) {
            String argument = args.bytes(i).text();
            int room = SHOWN_CHARACTERS_MAX - shown.length();
            shown.append('\'').append(argument, 0, Math.min(argument.length(), room)).append("' ");
        }
        String name = args.bytes(0).text();
        return CommandException.of(
                "unknown command '"
                        + name.substring(0, Math.min(name.length(), SHOWN_CHARACTERS_MAX))
                        + "', with args beginning with: "
                        + shown);
    }

    /** A name that no sub-command of a container has. */
    public static CommandException unknownSubcommand(Args args) {
        String name = args.bytes(1).text();
        return CommandException.of(
                "unknown subcommand '"
                        + name.substring(0, Math.min(name.length(), SHOWN_CHARACTERS_MAX))
                        + "'. Try "
                        + args.bytes(0).text().toUpperCase(Locale.ROOT)
                        + " HELP.");
    }

    /** A command that cannot be part of a transaction. */
    static CommandException notInTransaction(Command command) {
        return CommandException.of(
                "Command '" + command.fullName() + "' not allowed inside a transaction");
    }

    /** A command that a subscriber of RESP2 cannot tell the answer of from a message. */
    static CommandException notWhileSubscribed(Command command) {
        return CommandException.of(
                "Can't execute '"
                        + command.fullName()
                        + "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are"
                        + " allowed in this context");
    }

    /** Too few or too many arguments. */
    public static CommandException wrongCount(Command command) {
        return CommandException.of(
                "wrong number of arguments for '" + command.fullName() + "' command");
    }
}
