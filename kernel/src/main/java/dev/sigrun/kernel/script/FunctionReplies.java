// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.script;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.GlobPattern;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.reply.ReplyWriter;
import dev.sigrun.spi.script.ScriptFlag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What FUNCTION LIST and FUNCTION STATS answer. Owner thread only. */
final class FunctionReplies {
    private final Scripts scripts;

    FunctionReplies(Scripts scripts) {
        this.scripts = scripts;
    }

    // ---- LIST ----

    void list(CommandContext context) throws CommandException {
        Args args = context.args();
        boolean withCode = false;
        String pattern = null;
        for (int i = 2; i < args.count(); i++) {
            if (!withCode && args.is(i, "withcode")) {
                withCode = true;
            } else if (pattern == null && args.is(i, "libraryname")) {
                if (i == args.count() - 1) {
                    throw CommandException.of("library name argument was not given");
                }
                pattern = args.bytes(++i).text();
            } else {
                throw CommandException.of("Unknown argument " + args.bytes(i).text());
            }
        }
        Collection<Library> wanted = wanted(pattern);
        context.reply().array(wanted.size());
        for (Library library : wanted) {
            write(context.reply(), library, withCode);
        }
    }

    private Collection<Library> wanted(String pattern) {
        if (pattern == null) {
            return scripts.libraries().all();
        }
        GlobPattern glob = GlobPattern.of(Bytes.constant(pattern.toLowerCase(Locale.ROOT)));
        List<Library> wanted = new ArrayList<>();
        for (Library library : scripts.libraries().all()) {
            if (glob.matches(Bytes.constant(library.name.toLowerCase(Locale.ROOT)))) {
                wanted.add(library);
            }
        }
        return wanted;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void write(ReplyWriter reply, Library library, boolean withCode) {
        reply.map(withCode ? 4 : 3);
        reply.bulk("library_name");
        reply.bulk(library.name);
        reply.bulk("engine");
        reply.bulk(library.engine.name);
        reply.bulk("functions");
        reply.array(library.functions.size());
        for (LoadedFunction function : library.functions.values()) {
            write(reply, function);
        }
        if (withCode) {
            reply.bulk("library_code");
            reply.bulk(library.code);
        }
    }

    private static void write(ReplyWriter reply, LoadedFunction function) {
        reply.map(3);
        reply.bulk("name");
        reply.bulk(function.name);
        reply.bulk("description");
        String description = function.code.description();
        if (description == null) {
            reply.nil();
        } else {
            reply.bulk(bytes(description));
        }
        reply.bulk("flags");
        reply.set(function.code.flags().size());
        for (ScriptFlag flag : ScriptFlag.values()) {
            if (function.code.flags().contains(flag)) {
                reply.simple(flag.wireName());
            }
        }
    }

    // ---- STATS ----

    void stats(CommandContext context) throws CommandException {
        RunningScript running = scripts.running();
        if (running.isRunning() && running.isEval()) {
            throw RunningScript.BUSY_EVAL;
        }
        ReplyWriter reply = context.reply();
        reply.map(2);
        reply.bulk("running_script");
        if (running.isRunning()) {
            reply.map(3);
            reply.bulk("name");
            reply.bulk(running.name());
            reply.bulk("command");
            List<byte[]> command = running.command();
            reply.array(command.size());
            command.forEach(reply::bulk);
            reply.bulk("duration_ms");
            reply.integer(running.durationMillis());
        } else {
            reply.nil();
        }
        reply.bulk("engines");
        reply.map(scripts.engines().all().size());
        for (Engine engine : scripts.engines().all()) {
            reply.bulk(engine.name);
            reply.map(2);
            reply.bulk("libraries_count");
            reply.integer(scripts.libraries().libraries(engine));
            reply.bulk("functions_count");
            reply.integer(scripts.libraries().functions(engine));
        }
    }
}
