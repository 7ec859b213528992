// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Any thread. The error replies of this package, with the texts that clients of Valkey match. */
final class StreamErrors {
    static final CommandException INVALID_ID =
            CommandException.of("Invalid stream ID specified as stream command argument");

    static final CommandException INVALID_START =
            CommandException.of("invalid start ID for the interval");

    static final CommandException INVALID_END =
            CommandException.of("invalid end ID for the interval");

    // ---- adding and trimming ----

    static final CommandException TWO_STRATEGIES =
            CommandException.of(
                    "syntax error, MAXLEN and MINID options at the same time are not compatible");

    static final CommandException NEGATIVE_LENGTH =
            CommandException.of("The MAXLEN argument must be >= 0.");

    static final CommandException NEGATIVE_LIMIT =
            CommandException.of("The LIMIT argument must be >= 0.");

    static final CommandException LIMIT_ALONE =
            CommandException.of(
                    "syntax error, LIMIT cannot be used without specifying a trimming strategy");

    static final CommandException LIMIT_EXACT =
            CommandException.of("syntax error, LIMIT cannot be used without the special ~ option");

    static final CommandException NO_STRATEGY =
            CommandException.of("syntax error, XTRIM must be called with a trimming strategy");

    static final CommandException ADD_ARITY =
            CommandException.of("wrong number of arguments for 'xadd' command");

    static final CommandException ADD_ZERO =
            CommandException.of("The ID specified in XADD must be greater than 0-0");

    static final CommandException ADD_EXHAUSTED =
            CommandException.of(
                    "The stream has exhausted the last possible ID, unable to add more items");

    static final CommandException ADD_SMALLER =
            CommandException.of(
                    "The ID specified in XADD is equal or smaller than the target stream top"
                            + " item");

    static final CommandException ADD_TOO_LARGE =
            CommandException.of("Elements are too large to be stored");

    // ---- setting the last identifier ----

    static final CommandException SET_ADDED_NEGATIVE =
            CommandException.of("entries_added must be positive");

    static final CommandException SET_BELOW_GIVEN_DELETED =
            CommandException.of(
                    "The ID specified in XSETID is smaller than the provided"
                            + " max_deleted_entry_id");

    static final CommandException SET_BELOW_DELETED =
            CommandException.of(
                    "The ID specified in XSETID is smaller than current max_deleted_entry_id");

    static final CommandException SET_BELOW_TOP =
            CommandException.of(
                    "The ID specified in XSETID is smaller than the target stream top item");

    static final CommandException SET_ADDED_BELOW_LENGTH =
            CommandException.of(
                    "The entries_added specified in XSETID is smaller than the target stream"
                            + " length");

    // ---- reading ----

    static final CommandException GROUP_IN_XREAD =
            CommandException.of(
                    "The GROUP option is only supported by XREADGROUP. You called XREAD instead.");

    static final CommandException NOACK_IN_XREAD =
            CommandException.of(
                    "The NOACK option is only supported by XREADGROUP. You called XREAD instead.");

    static final CommandException MISSING_GROUP =
            CommandException.of("Missing GROUP option for XREADGROUP");

    static final CommandException NEW_ID_IN_XREAD =
            CommandException.of(
                    "The > ID can be specified only when calling XREADGROUP using the GROUP"
                            + " <group> <consumer> option.");

    static final CommandException TIMEOUT_NOT_AN_INTEGER =
            CommandException.of("timeout is not an integer or out of range");

    static final CommandException TIMEOUT_NEGATIVE = CommandException.of("timeout is negative");

    static final CommandException TIMEOUT_OUT_OF_RANGE =
            CommandException.of("timeout is out of range");

    // ---- groups ----

    static final CommandException NO_KEY_FOR_GROUP =
            CommandException.of(
                    "The XGROUP subcommand requires the key to exist. Note that for CREATE you"
                            + " may want to use the MKSTREAM option to create an empty stream"
                            + " automatically.");

    static final CommandException BUSY_GROUP =
            new CommandException("BUSYGROUP", "Consumer Group name already exists");

    static final CommandException BAD_ENTRIES_READ =
            CommandException.of("value for ENTRIESREAD must be positive or -1");

    static final CommandException COUNT_NOT_POSITIVE = CommandException.of("COUNT must be > 0");

    static final CommandException BAD_IDLE_OPTION = badClaim("IDLE option");

    static final CommandException BAD_TIME_OPTION = badClaim("TIME option");

    static final CommandException BAD_RETRY_COUNT = badClaim("RETRYCOUNT option");

    private static final int SUBCOMMAND_SHOWN_MAX = 128;

    private StreamErrors() {}

    private static CommandException badClaim(String what) {
        return CommandException.of("Invalid " + what + " argument for XCLAIM");
    }

    /** The error for a least idle time that is no integer. */
    static CommandException badMinIdle(String command) {
        return CommandException.of("Invalid min-idle-time argument for " + command);
    }

    static CommandException badClaimOption(Bytes option) {
        return CommandException.of("Unrecognized XCLAIM option '" + text(option) + "'");
    }

    /** The error for a list of streams without as many identifiers as keys. */
    static CommandException unbalanced(String command, char symbol) {
        return CommandException.of(
                "Unbalanced '"
                        + command
                        + "' list of streams: for each stream key an ID or '"
                        + symbol
                        + "' must be specified.");
    }

    /** The error for an identifier that means nothing where a group is read. */
    static CommandException meaningless(char symbol) {
        return CommandException.of(
                "The "
                        + symbol
                        + " ID is meaningless in the context of XREADGROUP: you want to read the"
                        + " history of this consumer by specifying a proper ID, or use the > ID to"
                        + " get new messages. The "
                        + symbol
                        + " ID would just return an empty result set.");
    }

    static CommandException noGroup(Bytes key, Bytes group) {
        return new CommandException(
                "NOGROUP",
                "No such key '" + text(key) + "' or consumer group '" + text(group) + "'");
    }

    static CommandException noGroupToRead(Bytes key, Bytes group) {
        return new CommandException(
                "NOGROUP",
                "No such key '"
                        + text(key)
                        + "' or consumer group '"
                        + text(group)
                        + "' in XREADGROUP with GROUP option");
    }

    static CommandException noGroupOfKey(Bytes key, Bytes group) {
        return new CommandException(
                "NOGROUP",
                "No such consumer group '" + text(group) + "' for key name '" + text(key) + "'");
    }

    /** The error for a subcommand whose arguments make no sense. */
    static CommandException subcommandSyntax(Bytes command, Bytes subcommand) {
        String shown = text(subcommand);
        if (shown.length() > SUBCOMMAND_SHOWN_MAX) {
            shown = shown.substring(0, SUBCOMMAND_SHOWN_MAX);
        }
        return CommandException.of(
                "unknown subcommand or wrong number of arguments for '"
                        + shown
                        + "'. Try "
                        + text(command).toUpperCase(Locale.ROOT)
                        + " HELP.");
    }

    /** Valkey prints arguments as C strings, which end at the first zero byte. */
    private static String text(Bytes argument) {
        String text = new String(argument.copy(), StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }
}
