// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.DebugAction;
import dev.sigrun.kernel.base.Sleeper;
import dev.sigrun.kernel.config.SecurityParameters;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import java.util.Locale;

/**
 * {@code DEBUG}: what tests and developers need, to which plugins may add actions of their own. It
 * is one command, not a container, as on Valkey: a client sees no difference between an action that
 * is unknown and one with too few arguments. Owner thread only.
 *
 * <p>Deviation: whatever speaks of structures that this server does not have (list packs, C
 * structures, jemalloc, crashes) is unknown here.
 */
final class DebugCommand {
    private static final String[] HELP = {
        "AOF-FLUSH-SLEEP <microseconds>",
        "    Make each write to the append-only file wait before.",
        "CHANGE-REPL-ID",
        "    Choose a new replication id. For tests of replication only.",
        "CLIENT-ENFORCE-REPLY-LIST <0|1>",
        "    Whether any reply counts as too large for a client that never authenticated.",
        "CONFIG-REWRITE-FORCE-ALL",
        "    Rewrite the configuration file so that it says all parameters.",
        "DELAY-RDB-CLIENT-FREE-SECONDS <seconds>",
        "    How long the stream is kept for a replica whose snapshot's connection has ended.",
        "DICT-RESIZING <0|1>",
        "    Accepted; tables here resize in small parts and that cannot be turned off.",
        "DIGEST",
        "    Show a digest of all databases.",
        "DIGEST-VALUE <key> [<key> ...]",
        "    Show a digest of the value of each key.",
        "ERROR <text>",
        "    Reply with an error of that text.",
        "HTSTATS <db> [full]",
        "    Show how full the table of a database is.",
        "HTSTATS-KEY <key> [full]",
        "    The same for a table in a key's value, of which there is none here.",
        "LOADAOF",
        "    Forget all data and load the append-only file.",
        "LOG <text>",
        "    Write a line to the server's log.",
        "OBJECT <key> [fast]",
        "    Show how a key is kept; fast leaves out what takes time.",
        "PAUSE-AFTER-FORK <0|1>",
        "    Stop this process, as a replica, once data comes by a second connection.",
        "PAUSE-CRON <0|1>",
        "    Whether periodic work stands still.",
        "POPULATE <count> [<prefix>] [<size>]",
        "    Make keys, each a string of so many bytes; existing ones stay as they are.",
        "PROTOCOL <type>",
        "    Reply with a sample of a type of the protocol: string, integer, double, bignum,",
        "    null, array, set, map, attrib, push, verbatim, true or false.",
        "RELOAD [MERGE]",
        "    Serialise every value and read it back, in memory.",
        "REPLICATE <command> [<argument> ...]",
        "    Send replicas a command that is not executed here, so that data may diverge.",
        "REPLYBUFFER PEAK-RESET-TIME <NEVER|RESET|milliseconds>",
        "REPLYBUFFER RESIZING <0|1>",
        "    Accepted; clients share their reply buffers here.",
        "SDSLEN <key>",
        "    Show the lengths of a key's name and string and what they take.",
        "SET-ACTIVE-EXPIRE <0|1>",
        "    Whether expired keys are removed before anybody asks for them.",
        "SET-SKIP-CHECKSUM-VALIDATION <0|1>",
        "    Whether RESTORE takes payloads whose checksum is wrong.",
        "SLEEP <seconds>",
        "    Serve nobody for that long; a fraction is fine.",
        "STRINGMATCH-LEN <pattern> <text>",
        "    Whether a text matches a glob-style pattern.",
    };

    private final AdminContext context;

    DebugCommand(AdminContext context, Sleeper sleeper) {
        this.context = context;
        add("help", 2, 2, new Help("debug", HELP));
        new DebugSwitches(context, sleeper).addTo(this);
        new DebugKeys(context).addTo(this);
        new DebugDatabases(context).addTo(this);
        new DebugReplication(context).addTo(this);
        add("protocol", 3, 3, DebugProtocol::reply);
    }

    /**
     * Adds an action.
     *
     * @param countMin least number of arguments, the command's name and the action's included
     */
    void add(String name, int countMin, int countMax, CommandHandler handler) {
        context.debugActions().put(name, new DebugAction(countMin, countMax, handler));
    }

    void register(Declaring declaring) {
        declaring.command(
                CommandSpec.command("debug", -2)
                        .flags(
                                CommandFlag.ADMIN,
                                CommandFlag.NOSCRIPT,
                                CommandFlag.LOADING,
                                CommandFlag.STALE),
                this::debug);
    }

    private void debug(CommandContext command) throws CommandException {
        Errors.requireAllowed(context, command, SecurityParameters.ENABLE_DEBUG_COMMAND, "DEBUG");
        Args args = command.args();
        String name = args.bytes(1).text().toLowerCase(Locale.ROOT);
        DebugAction action = context.debugActions().get(name);
        int count = args.count();
        if (action == null || count < action.countMin() || count > action.countMax()) {
            throw Errors.unknownSubcommand(args);
        }
        action.handler().handle(command);
    }
}
