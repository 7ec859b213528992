// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.introspect;

import dev.sigrun.kernel.command.Command;
import dev.sigrun.spi.reply.ReplyWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what {@code COMMAND DOCS} says of a command. Fields that nothing is known for are left
 * out; the order of the others is Valkey's. Owner thread only.
 */
final class DocsReply {
    private static final String OTHER_GROUP = "generic";
    private static final List<String> ARGUMENT_FLAGS =
            List.of("optional", "multiple", "multiple_token");
    private static final List<String> COMMAND_FLAGS = List.of("deprecated", "syscmd");

    private final ReplyWriter reply;
    private final DocsLibrary library;
    private final Map<String, String> modules;

    DocsReply(ReplyWriter reply, DocsLibrary library, Map<String, String> modules) {
        this.reply = reply;
        this.library = library;
        this.modules = modules;
    }

    /** Writes the name of a command and what is known about it. */
    void write(Command command) {
        Map<String, Object> docs = library.about(command);
        Map<String, Runnable> fields = new LinkedHashMap<>();
        String module = modules.get(command.owner());
        addText(fields, docs, "summary");
        addText(fields, docs, "since");
        String group = DocsFields.text(docs, "group");
        String shownGroup = module != null ? "module" : group != null ? group : OTHER_GROUP;
        fields.put("group", () -> reply.bulk(shownGroup));
        addText(fields, docs, "complexity");
        if (module != null) {
            fields.put("module", () -> reply.bulk(module));
        }
        addFlags(fields, docs, "doc_flags", COMMAND_FLAGS);
        addText(fields, docs, "deprecated_since");
        addText(fields, docs, "replaced_by");
        List<List<String>> history = DocsFields.pairs(docs, "history");
        if (!history.isEmpty()) {
            fields.put("history", () -> history(history));
        }
        addArguments(fields, docs);
        List<Command> subcommands = Commands.subcommands(command);
        if (!subcommands.isEmpty()) {
            fields.put("subcommands", () -> subcommands(subcommands));
        }
        reply.bulk(command.fullName());
        write(fields);
    }

    private void write(Map<String, Runnable> fields) {
        reply.map(fields.size());
        fields.forEach((name, value) -> {
            reply.bulk(name);
            value.run();
        });
    }

    private void addText(Map<String, Runnable> fields, Map<String, Object> docs, String name) {
        String text = DocsFields.text(docs, name);
        if (text != null) {
            fields.put(name, () -> reply.bulk(text));
        }
    }

    private void addFlags(
            Map<String, Runnable> fields,
            Map<String, Object> docs,
            String name,
            List<String> known) {
        List<String> given = DocsFields.texts(docs, name);
        List<String> flags = known.stream().filter(given::contains).toList();
        if (!flags.isEmpty()) {
            fields.put(
                    name,
                    () -> {
                        reply.set(flags.size());
                        flags.forEach(reply::simple);
                    });
        }
    }

    private void history(List<List<String>> history) {
        reply.set(history.size());
        for (List<String> change : history) {
            reply.array(2);
            change.forEach(reply::bulk);
        }
    }

    private void subcommands(List<Command> subcommands) {
        reply.map(subcommands.size());
        subcommands.forEach(this::write);
    }

    private void addArguments(Map<String, Runnable> fields, Map<String, Object> docs) {
        List<Map<String, Object>> arguments = DocsFields.objects(docs, "arguments");
        if (!arguments.isEmpty()) {
            fields.put("arguments", () -> arguments(arguments));
        }
    }

    private void arguments(List<Map<String, Object>> arguments) {
        reply.array(arguments.size());
        arguments.forEach(this::argument);
    }

    private void argument(Map<String, Object> docs) {
        Map<String, Runnable> fields = new LinkedHashMap<>();
        String name = docs.get("name") instanceof String text ? text : "";
        String type = docs.get("type") instanceof String text ? text : "string";
        boolean isGroup = type.equals("oneof") || type.equals("block");
        fields.put("name", () -> reply.bulk(name));
        fields.put("type", () -> reply.bulk(type));
        if (!isGroup) {
            String shown = DocsFields.text(docs, "display_text");
            fields.put("display_text", () -> reply.bulk(shown == null ? name : shown));
        }
        if (docs.get("key_spec_index") instanceof Long index) {
            fields.put("key_spec_index", () -> reply.integer(index));
        }
        if (docs.get("token") instanceof String token) {
            // The empty argument, which stands for something in a few commands, is a token as well.
            fields.put("token", () -> reply.bulk(token));
        }
        addText(fields, docs, "summary");
        addText(fields, docs, "since");
        addText(fields, docs, "deprecated_since");
        addFlags(fields, docs, "flags", ARGUMENT_FLAGS);
        if (isGroup) {
            List<Map<String, Object>> parts = DocsFields.objects(docs, "arguments");
            fields.put("arguments", () -> arguments(parts));
        }
        write(fields);
    }
}
