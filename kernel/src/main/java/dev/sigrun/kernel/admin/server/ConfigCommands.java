// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Condition;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.ServerStats;
import dev.sigrun.kernel.config.text.ByteText;
import dev.sigrun.kernel.config.text.Words;
import dev.sigrun.kernel.plugin.PluginInfo;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.reply.ReplyWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code CONFIG}: shows, changes and saves parameters and zeroes counters. Owner thread only. */
final class ConfigCommands {
    private final AdminContext context;

    ConfigCommands(AdminContext context) {
        this.context = context;
    }

    void register(Declaring declaring) {
        declaring
                .container("config")
                .add(spec("get", -3), this::get)
                .add(everywhere(spec("set", -4)), this::set)
                .add(everywhere(spec("rewrite", 2)), this::rewrite)
                .add(everywhere(spec("resetstat", 2)), this::resetStat)
                .help(
                        new String[0],
                        "GET <pattern> [<pattern> ...]",
                        "    Show the parameters whose names match a pattern, with their values.",
                        "SET <parameter> <value> [<parameter> <value> ...]",
                        "    Change parameters, either all of them or none.",
                        "RESETSTAT",
                        "    Begin to count anew what INFO shows.",
                        "REWRITE",
                        "    Bring the configuration file up to date.");
    }

    private static CommandSpec.Builder spec(String name, int arity) {
        return CommandSpec.command(name, arity)
                .flags(
                        CommandFlag.ADMIN,
                        CommandFlag.NOSCRIPT,
                        CommandFlag.LOADING,
                        CommandFlag.STALE);
    }

    private static CommandSpec.Builder everywhere(CommandSpec.Builder spec) {
        return spec.tips("request_policy:all_nodes", "response_policy:all_succeeded");
    }

    private void get(CommandContext command) {
        Map<String, String> found = context.config().get(texts(command.args(), 2));
        ReplyWriter reply = command.reply();
        reply.map(found.size());
        found.forEach((name, value) -> {
            reply.bulk(ByteText.toBytes(name));
            reply.bulk(ByteText.toBytes(value));
        });
    }

    private void set(CommandContext command) throws CommandException {
        boolean local = ((Execution) command).session().transport().isLocal();
        boolean loading = context.dispatcher().condition().loading() != Condition.Loading.NONE;
        String failure = context.config().set(texts(command.args(), 2), local, loading);
        answer(command, failure);
    }

    private void rewrite(CommandContext command) throws CommandException {
        answer(command, rewrite(context, false));
    }

    /**
     * Rewrites the configuration file.
     *
     * @param isComplete whether it is to say what is as it would be without it
     * @return the whole error reply, or null for OK
     */
    static String rewrite(AdminContext context, boolean isComplete) {
        List<String> modules = new ArrayList<>();
        for (PluginInfo plugin : context.plugins().list()) {
            StringBuilder line = new StringBuilder("loadmodule ");
            line.append(word(ByteText.fromPeople(plugin.path().toString())));
            plugin.arguments().forEach(argument -> line.append(' ').append(word(argument)));
            modules.add(line.toString());
        }
        List<String> users = new ArrayList<>();
        context.access().users().all().forEach(user -> users.add(user.line()));
        Path file = context.facts().configFile();
        return isComplete
                ? context.configRewrite().runComplete(file, users, modules)
                : context.configRewrite().run(file, users, modules);
    }

    /** A word as it must stand in the file to be read back as it is. */
    private static String word(String text) {
        boolean plain = !text.isEmpty();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            plain &= c > ' ' && c < 127 && c != '"' && c != '\'' && c != '\\';
        }
        return plain ? text : Words.quote(text);
    }

    private void resetStat(CommandContext command) {
        ServerStats stats = context.stats();
        stats.reset();
        stats.bytesInBefore = context.actions().bytesIn();
        stats.bytesOutBefore = context.actions().bytesOut();
        context.actions().resetIo();
        context.store().stats().reset();
        context.dispatcher().watch().load().reset();
        context.primary().replicas().resetCounts();
        context.registry().resetStats();
        context.scripts().resetStats();
        context.aof().figures().reset();
        context.persistence().saving().resetStats();
        command.reply().ok();
    }

    static List<String> texts(Args args, int from) {
        List<String> texts = new ArrayList<>(args.count() - from);
        for (int i = from; i < args.count(); i++) {
            texts.add(args.bytes(i).text());
        }
        return texts;
    }

    private static void answer(CommandContext command, String failure) throws CommandException {
        if (failure != null) {
            throw Errors.whole(failure);
        }
        command.reply().ok();
    }
}
