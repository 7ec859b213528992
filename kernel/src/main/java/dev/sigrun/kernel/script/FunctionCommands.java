// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.script;

import static dev.sigrun.spi.command.CommandFlag.ALLOW_BUSY;
import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.MAY_REPLICATE;
import static dev.sigrun.spi.command.CommandFlag.NOSCRIPT;
import static dev.sigrun.spi.command.CommandFlag.NO_MANDATORY_KEYS;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.CommandFlag.SKIP_MONITOR;
import static dev.sigrun.spi.command.CommandFlag.STALE;
import static dev.sigrun.spi.command.CommandFlag.WRITE;

import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.rdb.RdbOutput;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;
import java.util.Arrays;

/** FCALL, its read-only form, and FUNCTION. Owner thread only. */
public final class FunctionCommands {
    private static final CommandException NOT_FOUND = CommandException.of("Function not found");
    private static final CommandException BAD_KEYS =
            CommandException.of("Bad number of keys provided");

    private final Scripts scripts;
    private final FunctionReplies replies;

    /** Over the scripts of one server. */
    public FunctionCommands(Scripts scripts) {
        this.scripts = scripts;
        this.replies = new FunctionReplies(scripts);
    }

    /** Registers the commands. */
    public void register(Registry registry) {
        Declaring declaring = new Declaring(registry);
        declaring.command(
                runs("fcall", MAY_REPLICATE)
                        .key(
                                EvalCommands.writing()
                                        .withNotes(
                                                "We cannot tell how the keys will be used so we"
                                                        + " assume the worst, RW and UPDATE")),
                context -> call(context, false));
        declaring.command(
                runs("fcall_ro", READONLY)
                        .key(
                                EvalCommands.reading()
                                        .withNotes(
                                                "We cannot tell how the keys will be used so we"
                                                        + " assume the worst, RO and ACCESS")),
                context -> call(context, true));
        Declaring.Container function = declaring.container("function");
        function.add(everywhere(part("delete", 3, NOSCRIPT, WRITE)), this::delete);
        function.add(part("dump", 2, NOSCRIPT), this::dump);
        function.add(everywhere(part("flush", -2, NOSCRIPT, WRITE)), this::flush);
        function.add(
                part("kill", 2, NOSCRIPT, ALLOW_BUSY)
                        .tips("request_policy:all_shards", "response_policy:one_succeeded"),
                this::kill);
        function.add(
                part("list", -2, NOSCRIPT).tips("nondeterministic_output_order"), replies::list);
        function.add(everywhere(part("load", -3, NOSCRIPT, WRITE, DENYOOM)), this::load);
        function.add(everywhere(part("restore", -3, NOSCRIPT, WRITE, DENYOOM)), this::restore);
        function.add(
                part("stats", 2, NOSCRIPT, ALLOW_BUSY)
                        .tips(
                                "nondeterministic_output",
                                "request_policy:all_shards",
                                "response_policy:special"),
                replies::stats);
        help(function);
    }

    private static void help(Declaring.Container function) {
        function.help(
                "DELETE <library>",
                "    Remove a library with its functions.",
                "DUMP",
                "    Show all libraries as one payload, which RESTORE takes.",
                "FLUSH [ASYNC|SYNC]",
                "    Remove all libraries.",
                "KILL",
                "    End the function that runs, unless it has written.",
                "LIST [LIBRARYNAME <pattern>] [WITHCODE]",
                "    Show the libraries: name, engine and functions, and the code if wanted.",
                "LOAD [REPLACE] <code>",
                "    Add a library; its first line names its engine and itself.",
                "RESTORE <payload> [FLUSH|APPEND|REPLACE]",
                "    Add the libraries of a payload. FLUSH removes all others first, REPLACE those",
                "    of the same names; with APPEND, as without, names must not clash.",
                "STATS",
                "    Show the function that runs, and what each engine has.");
    }

    private static CommandSpec.Builder runs(String name, CommandFlag flag) {
        return CommandSpec.command(name, -3)
                .flags(NOSCRIPT, SKIP_MONITOR, NO_MANDATORY_KEYS, STALE, flag)
                .categories("scripting");
    }

    private static CommandSpec.Builder part(String name, int arity, CommandFlag... flags) {
        return CommandSpec.command(name, arity).flags(flags).categories("scripting");
    }

    private static CommandSpec.Builder everywhere(CommandSpec.Builder spec) {
        return spec.tips("request_policy:all_shards", "response_policy:all_succeeded");
    }

    private void call(CommandContext context, boolean readOnly) throws CommandException {
        Args args = context.args();
        LoadedFunction function = scripts.libraries().function(args.bytes(1));
        if (function == null) {
            throw NOT_FOUND;
        }
        int keys = Scripts.keys(args, BAD_KEYS);
        scripts.run((Execution) context, function, keys, readOnly);
    }

    private void load(CommandContext context) throws CommandException {
        Args args = context.args();
        int last = args.count() - 1;
        for (int i = 2; i < last; i++) {
            if (!args.is(i, "replace")) {
                throw CommandException.of("Unknown option given: " + args.bytes(i).text());
            }
        }
        Library library =
                scripts.loadLibrary(args.bytes(last), last > 2, ((Execution) context).session());
        changed(context);
        context.reply().bulk(library.name);
    }

    private static void changed(CommandContext context) {
        ((Execution) context).store().stats().dirty++;
        context.replication().verbatim();
    }

    private void delete(CommandContext context) throws CommandException {
        Library library = scripts.libraries().find(context.args().bytes(2).text());
        if (library == null) {
            throw CommandException.of("Library not found");
        }
        scripts.libraries().remove(library);
        changed(context);
        context.reply().ok();
    }

    private void flush(CommandContext context) throws CommandException {
        Args args = context.args();
        if (args.count() > 3) {
            throw Declaring.syntax("function", args);
        }
        if (args.count() == 3 && !args.is(2, "sync") && !args.is(2, "async")) {
            throw CommandException.of("FUNCTION FLUSH only supports SYNC|ASYNC option");
        }
        scripts.flushLibraries();
        changed(context);
        context.reply().ok();
    }

    private void kill(CommandContext context) throws CommandException {
        scripts.running().kill(false);
        context.reply().ok();
    }

    private void dump(CommandContext context) {
        RdbOutput payload = scripts.dumpLibraries();
        context.reply().bulk(Arrays.copyOf(payload.array(), payload.size()));
    }

    private void restore(CommandContext context) throws CommandException {
        Args args = context.args();
        if (args.count() > 4) {
            throw Declaring.syntax("function", args);
        }
        boolean flush = args.count() == 4 && args.is(3, "flush");
        boolean replace = args.count() == 4 && args.is(3, "replace");
        if (args.count() == 4 && !flush && !replace && !args.is(3, "append")) {
            throw CommandException.of(
                    "Wrong restore policy given, value should be either FLUSH, APPEND or"
                            + " REPLACE.");
        }
        scripts.restoreLibraries(args.bytes(2), flush, replace, ((Execution) context).session());
        changed(context);
        context.reply().ok();
    }
}
