// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.measure;

import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.CommandWatch;
import dev.sigrun.kernel.config.text.ByteText;
import dev.sigrun.kernel.measure.CommandLog;
import dev.sigrun.kernel.measure.LoggedCommand;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.reply.ReplyWriter;
import java.util.Iterator;

/**
 * {@code COMMANDLOG} with its three logs, and {@code SLOWLOG}, which is one of them under its old
 * name. Owner thread only.
 */
final class LogCommands {
    private static final int COUNT_DEFAULT = 10;
    private static final CommandException BAD_COUNT =
            CommandException.of("count should be greater than or equal to -1");
    private static final CommandException BAD_TYPE =
            CommandException.of(
                    "type should be one of the following: slow, large-request, large-reply");

    private final CommandWatch watch;

    LogCommands(CommandWatch watch) {
        this.watch = watch;
    }

    void register(MeasureCommands commands) {
        Command logs = commands.container("commandlog");
        commands.add(logs, onEveryNode(MeasureCommands.spec("get", 4)), this::get);
        commands.add(logs, addedUp(MeasureCommands.spec("len", 3)), this::length);
        commands.add(logs, doneEverywhere(MeasureCommands.spec("reset", 3)), this::reset);
        commands.help(
                logs,
                "GET <count> <type>",
                "    Show so many entries of a log, the newest first, all with -1. An entry has an",
                "    id, a Unix time, microseconds (slow) or bytes (large-request, large-reply),",
                "    the arguments, the client's address and its name.",
                "LEN <type>",
                "    Show how many entries a log has.",
                "RESET <type>",
                "    Empty a log.");
        Command slow = commands.container("slowlog");
        commands.add(slow, onEveryNode(MeasureCommands.spec("get", -2)), this::getSlow);
        commands.add(slow, addedUp(MeasureCommands.spec("len", 2)), this::lengthSlow);
        commands.add(slow, doneEverywhere(MeasureCommands.spec("reset", 2)), this::resetSlow);
        commands.help(
                slow,
                "GET [<count>]",
                "    Show so many entries, the newest first: 10 unless told, all with -1. An entry",
                "    has an id, a Unix time, microseconds, the arguments, the client's address and",
                "    its name.",
                "LEN",
                "    Show how many entries there are.",
                "RESET",
                "    Forget all entries.");
    }

    private static CommandSpec.Builder onEveryNode(CommandSpec.Builder spec) {
        return spec.tips("request_policy:all_nodes", "nondeterministic_output");
    }

    private static CommandSpec.Builder addedUp(CommandSpec.Builder spec) {
        return spec.tips(
                "request_policy:all_nodes", "response_policy:agg_sum", "nondeterministic_output");
    }

    private static CommandSpec.Builder doneEverywhere(CommandSpec.Builder spec) {
        return spec.tips("request_policy:all_nodes", "response_policy:all_succeeded");
    }

    private CommandLog named(Args args, int index) throws CommandException {
        if (args.is(index, "slow")) {
            return watch.slow();
        }
        if (args.is(index, "large-request")) {
            return watch.largeRequests();
        }
        if (args.is(index, "large-reply")) {
            return watch.largeReplies();
        }
        throw BAD_TYPE;
    }

    // ---- COMMANDLOG ----

    private void get(CommandContext command) throws CommandException {
        long count = count(command.args());
        show(command.reply(), named(command.args(), 3), count);
    }

    private void length(CommandContext command) throws CommandException {
        command.reply().integer(named(command.args(), 2).length());
    }

    private void reset(CommandContext command) throws CommandException {
        named(command.args(), 2).reset();
        command.reply().ok();
    }

    // ---- SLOWLOG ----

    private void getSlow(CommandContext command) throws CommandException {
        Args args = command.args();
        if (args.count() > 3) {
            throw CommandException.of(
                    "unknown subcommand or wrong number of arguments for '"
                            + args.bytes(1).text()
                            + "'. Try SLOWLOG HELP.");
        }
        show(command.reply(), watch.slow(), args.count() == 3 ? count(args) : COUNT_DEFAULT);
    }

    private void lengthSlow(CommandContext command) {
        command.reply().integer(watch.slow().length());
    }

    private void resetSlow(CommandContext command) {
        watch.slow().reset();
        command.reply().ok();
    }

    // ---- entries ----

    private static long count(Args args) throws CommandException {
        return args.longAt(2, -1, Long.MAX_VALUE, BAD_COUNT);
    }

    private static void show(ReplyWriter reply, CommandLog log, long wanted) {
        int count = wanted < 0 ? log.length() : (int) Math.min(wanted, log.length());
        Iterator<LoggedCommand> entries = log.newest();
        reply.array(count);
        for (int i = 0; i < count; i++) {
            show(reply, entries.next());
        }
    }

    private static void show(ReplyWriter reply, LoggedCommand entry) {
        reply.array(6);
        reply.integer(entry.id());
        reply.integer(entry.unixSeconds());
        reply.integer(entry.value());
        reply.array(entry.arguments().size());
        entry.arguments().forEach(reply::bulk);
        reply.bulk(entry.address());
        reply.bulk(ByteText.toBytes(entry.clientName()));
    }
}
