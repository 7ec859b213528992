// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.script;

import static dev.sigrun.spi.command.CommandFlag.ALLOW_BUSY;
import static dev.sigrun.spi.command.CommandFlag.MAY_REPLICATE;
import static dev.sigrun.spi.command.CommandFlag.NOSCRIPT;
import static dev.sigrun.spi.command.CommandFlag.NO_MANDATORY_KEYS;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.CommandFlag.SKIP_MONITOR;
import static dev.sigrun.spi.command.CommandFlag.STALE;

import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.command.KeySpec.Use;

/** EVAL, EVALSHA, their read-only forms, and SCRIPT. Owner thread only. */
public final class EvalCommands {
    private static final String NOT_KNOWN =
            "We cannot tell how the keys will be used so we assume the worst, ";

    private final Scripts scripts;

    /** Over the scripts of one server. */
    public EvalCommands(Scripts scripts) {
        this.scripts = scripts;
    }

    /** Registers the commands. */
    public void register(Registry registry) {
        Declaring declaring = new Declaring(registry);
        declaring.command(
                runs("eval", MAY_REPLICATE).key(writing().withNotes(NOT_KNOWN + "RW and UPDATE")),
                context -> eval(context, false));
        declaring.command(
                runs("eval_ro", READONLY).key(reading().withNotes(NOT_KNOWN + "RO and ACCESS")),
                context -> eval(context, true));
        declaring.command(
                runs("evalsha", MAY_REPLICATE).key(writing()), context -> evalsha(context, false));
        declaring.command(
                runs("evalsha_ro", READONLY).key(reading()), context -> evalsha(context, true));
        registerScript(declaring);
    }

    private void registerScript(Declaring declaring) {
        Declaring.Container script = declaring.container("script");
        script.add(part("debug", -3, NOSCRIPT), this::debug);
        script.add(
                part("exists", -3, NOSCRIPT, STALE)
                        .tips("request_policy:all_shards", "response_policy:agg_logical_and"),
                this::exists);
        script.add(everywhere(part("flush", -2, NOSCRIPT, STALE)), this::flush);
        script.add(
                part("kill", 2, NOSCRIPT, ALLOW_BUSY)
                        .tips("request_policy:all_shards", "response_policy:one_succeeded"),
                this::kill);
        script.add(everywhere(part("load", 3, NOSCRIPT, STALE)), this::load);
        script.add(part("show", 3, NOSCRIPT, STALE), this::show);
        script.help(
                "DEBUG (YES|SYNC|NO) [<engine>]",
                "    Debug the scripts that follow, where the engine can.",
                "EXISTS <sha1> [<sha1> ...]",
                "    Say which scripts are in the cache.",
                "FLUSH [ASYNC|SYNC]",
                "    Forget all scripts of the cache, and what they have left behind.",
                "KILL",
                "    End the script that runs, unless it has written.",
                "LOAD <script>",
                "    Keep a script in the cache without running it.",
                "SHOW <sha1>",
                "    Show a script of the cache.");
    }

    private static CommandSpec.Builder runs(String name, CommandFlag flag) {
        return CommandSpec.command(name, -3)
                .flags(NOSCRIPT, SKIP_MONITOR, NO_MANDATORY_KEYS, STALE, flag)
                .categories("scripting");
    }

    static KeySpec writing() {
        return KeySpec.counted(2, 1, 1, Use.RW, Use.ACCESS, Use.UPDATE);
    }

    static KeySpec reading() {
        return KeySpec.counted(2, 1, 1, Use.RO, Use.ACCESS);
    }

    private static CommandSpec.Builder part(String name, int arity, CommandFlag... flags) {
        return CommandSpec.command(name, arity).flags(flags).categories("scripting");
    }

    private static CommandSpec.Builder everywhere(CommandSpec.Builder spec) {
        return spec.tips("request_policy:all_nodes", "response_policy:all_succeeded");
    }

    // ---- running ----

    private void eval(CommandContext context, boolean readOnly) throws CommandException {
        Args args = context.args();
        int keys = Scripts.keys(args, CommandException.NOT_AN_INTEGER);
        scripts.run((Execution) context, scripts.compiled(args.bytes(1)), keys, readOnly);
    }

    private void evalsha(CommandContext context, boolean readOnly) throws CommandException {
        Args args = context.args();
        if (args.bytes(1).length() != 40) {
            throw Scripts.NO_SCRIPT;
        }
        int keys = Scripts.keys(args, CommandException.NOT_AN_INTEGER);
        scripts.run((Execution) context, find(args.bytes(1)), keys, readOnly);
    }

    private CachedScript find(Bytes sha) throws CommandException {
        CachedScript script = scripts.cache().find(sha);
        if (script == null) {
            throw Scripts.NO_SCRIPT;
        }
        return script;
    }

    // ---- SCRIPT ----

    private void exists(CommandContext context) {
        Args args = context.args();
        context.reply().array(args.count() - 2);
        for (int i = 2; i < args.count(); i++) {
            context.reply().integer(scripts.cache().find(args.bytes(i)) == null ? 0 : 1);
        }
    }

    private void load(CommandContext context) throws CommandException {
        context.reply().bulk(scripts.loaded(context.args().bytes(2)).sha);
    }

    private void show(CommandContext context) throws CommandException {
        context.reply().bulk(scripts.cache().body(find(context.args().bytes(2))));
    }

    private void flush(CommandContext context) throws CommandException {
        Args args = context.args();
        if (args.count() > 3 || args.count() == 3 && !args.is(2, "sync") && !args.is(2, "async")) {
            throw CommandException.of("SCRIPT FLUSH only support SYNC|ASYNC option");
        }
        scripts.flushCache();
        context.reply().ok();
    }

    private void kill(CommandContext context) throws CommandException {
        scripts.running().kill(true);
        context.reply().ok();
    }

    /** No engine can be debugged so far, and Valkey has an answer for such engines. */
    private void debug(CommandContext context) throws CommandException {
        Args args = context.args();
        if (args.count() > 4) {
            throw Declaring.syntax("script", args);
        }
        String name = args.count() == 4 ? args.bytes(3).text() : "lua";
        Engine engine = scripts.engines().find(name);
        if (engine == null) {
            throw CommandException.of(
                    "No scripting engine found with name '" + name + "' to enable debug");
        }
        if (args.is(2, "yes") || args.is(2, "sync")) {
            throw CommandException.of(
                    "The scripting engine '"
                            + engine.name
                            + "' does not support interactive script debugging");
        }
        if (!args.is(2, "no")) {
            throw CommandException.of("Use SCRIPT DEBUG YES/SYNC/NO");
        }
        context.reply().ok();
    }
}
