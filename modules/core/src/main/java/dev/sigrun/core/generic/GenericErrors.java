// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;

/** Any thread. The error replies of this package, with the texts that clients of Valkey match. */
final class GenericErrors {
    static final CommandException BAD_CURSOR = CommandException.of("invalid cursor");

    static final CommandException NO_VALUES =
            CommandException.of("NOVALUES option can only be used in HSCAN");

    static final CommandException NO_SCORES =
            CommandException.of("NOSCORES option can only be used in ZSCAN");

    static final CommandException DB_RANGE = CommandException.of("DB index is out of range");

    static final CommandException INT_RANGE =
            CommandException.of(
                    "value is out of range, value must between -2147483648 and 2147483647");

    static final CommandException SAME_OBJECT =
            CommandException.of("source and destination objects are the same");

    static final CommandException NX_WITH_OTHERS =
            CommandException.of("NX and XX, GT or LT options at the same time are not compatible");

    static final CommandException GT_WITH_LT =
            CommandException.of("GT and LT options at the same time are not compatible");

    static final CommandException BUSY_KEY =
            new CommandException("BUSYKEY", "Target key name already exists.");

    static final CommandException BAD_TTL = CommandException.of("Invalid TTL value, must be >= 0");

    static final CommandException BAD_IDLE_TIME =
            CommandException.of("Invalid IDLETIME value, must be >= 0");

    static final CommandException BAD_FREQUENCY =
            CommandException.of("Invalid FREQ value, must be >= 0 and <= 255");

    static final CommandException BAD_CHECKSUM =
            CommandException.of("DUMP payload version or checksum are wrong");

    static final CommandException BAD_FORMAT = CommandException.of("Bad data format");

    private GenericErrors() {}

    /** The error for a time to live that does not fit, which names the command in lower case. */
    static CommandException expireTime(String command) {
        return CommandException.of("invalid expire time in '" + command + "' command");
    }

    static CommandException unsupportedOption(Bytes option) {
        return CommandException.of("Unsupported option " + untilNul(option));
    }

    static CommandException unknownType(Bytes name) {
        return CommandException.of("unknown type name '" + untilNul(name) + "'");
    }

    /** Valkey prints arguments as C strings, which end at the first zero byte. */
    private static String untilNul(Bytes argument) {
        String text = argument.text();
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }
}
