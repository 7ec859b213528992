// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.Registry;
import java.util.List;

/** CLIENT HELP. Owner thread only. */
final class ClientHelp {
    private static final List<String> LINES =
            List.of(
                    "CLIENT <subcommand> [<argument> ...], where the subcommand is one of:",
                    "CACHING (YES|NO)",
                    "    Say whether this client keeps what its next command reads.",
                    "CAPA <capability> [<capability> ...]",
                    "    Say what this client understands: REDIRECT.",
                    "GETNAME",
                    "    The name of this connection.",
                    "GETREDIR",
                    "    The client that hears of changes in this one's place.",
                    "ID",
                    "    The number of this connection.",
                    "IMPORT-SOURCE (ON|OFF)",
                    "    Take this connection for the one that keys are imported from.",
                    "INFO",
                    "    What LIST shows, for this connection alone.",
                    "KILL <address>",
                    "    Close the connection that comes from an address, which may be this one.",
                    "KILL <condition> <value> [<condition> <value> ...]",
                    "    Close the connections that all conditions hold for, and count them.",
                    "LIST [<condition> <value> ...]",
                    "    The connections that all conditions hold for, a line each.",
                    "    The conditions of KILL and LIST:",
                    "    * ID <id> [<id> ...], NAME <name>, USER <user>",
                    "    * ADDR <address>, LADDR <address>, IP <ip>",
                    "    * TYPE (NORMAL|PRIMARY|REPLICA|PUBSUB), FLAGS <letters>, CAPA <letters>",
                    "    * DB <number>, LIB-NAME <name>, LIB-VER <version>",
                    "      All of these also with NOT- in front.",
                    "    * MAXAGE <seconds>: connected for at least so long.",
                    "    * IDLE <seconds>: silent for at least so long.",
                    "    * SKIPME (YES|NO): leave out this connection; YES unless given for KILL.",
                    "NO-EVICT (ON|OFF)",
                    "    Keep this connection when memory for clients runs short.",
                    "NO-TOUCH (ON|OFF)",
                    "    Leave access times of keys as they are.",
                    "PAUSE <milliseconds> [WRITE|ALL]",
                    "    Let writing commands, or all commands, of all clients wait.",
                    "REPLY (ON|OFF|SKIP)",
                    "    Answer this connection, or not, or not for one command.",
                    "SETINFO (LIB-NAME|LIB-VER) <value>",
                    "    Say which library this client uses.",
                    "SETNAME <name>",
                    "    Name this connection; an empty name takes the name away.",
                    "TRACKING (ON|OFF) [REDIRECT <id>] [BCAST] [PREFIX <prefix> [...]]",
                    "         [OPTIN] [OPTOUT] [NOLOOP]",
                    "    Tell this client when something that it has read has changed.",
                    "TRACKINGINFO",
                    "    How this client is told.",
                    "UNBLOCK <id> [TIMEOUT|ERROR]",
                    "    End the waiting of a client, as if its time were over or with an error.",
                    "UNPAUSE",
                    "    End what PAUSE began.",
                    "HELP",
                    "    This text.");

    private ClientHelp() {}

    static void register(Registry registry, Command client) {
        Specs.addTo(
                registry,
                client,
                Specs.client("help", 2),
                execution -> {
                    execution.reply().array(LINES.size());
                    LINES.forEach(execution.reply()::simple);
                });
    }
}
