// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit.differential;

import dev.sigrun.testkit.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A command that the stream may contain.
 *
 * @param words the name, for a sub-command in two words
 * @param group the group in the documentation, for example {@code sorted-set}
 * @param arguments what follows
 */
record CommandModel(List<String> words, String group, List<Argument> arguments) {
    private static final Set<String> GROUPS =
            Set.of(
                    "string",
                    "list",
                    "hash",
                    "set",
                    "sorted-set",
                    "stream",
                    "geo",
                    "hyperloglog",
                    "bitmap",
                    "generic");

    /** What depends on chance, on the clock or on the server itself, and cannot be compared. */
    private static final Set<String> LEFT_OUT =
            Set.of(
                    "dump",
                    "restore",
                    "migrate",
                    "wait",
                    "waitaof",
                    "scan",
                    "randomkey",
                    "pfdebug",
                    "pfselftest",
                    "object|freq",
                    "object|idletime",
                    "object|refcount",
                    "object|help",
                    "xgroup|help",
                    "xinfo|help",
                    "restore-asking");

    String name() {
        return String.join("|", words).toLowerCase(java.util.Locale.ROOT);
    }

    boolean isLexical() {
        return name().contains("lex");
    }

    /** The group of the keys that the command mostly works on. */
    String keyGroup() {
        return isLexical() ? "lexical" : group;
    }

    /** All commands of the data types, from the reply to {@code COMMAND DOCS}. */
    static List<CommandModel> all(Reply docs) {
        List<CommandModel> commands = new ArrayList<>();
        for (int i = 0; i + 1 < docs.items().size(); i += 2) {
            add(docs.items().get(i).text(), docs.items().get(i + 1), commands);
        }
        return commands;
    }

    private static void add(String name, Reply described, List<CommandModel> commands) {
        String group = Argument.field(described, "group").text();
        if (!GROUPS.contains(group) || LEFT_OUT.contains(name)) {
            return;
        }
        Reply children = Argument.field(described, "subcommands");
        if (children != null) {
            for (int i = 0; i + 1 < children.items().size(); i += 2) {
                add(children.items().get(i).text(), children.items().get(i + 1), commands);
            }
            return;
        }
        commands.add(
                new CommandModel(
                        List.of(name.split("\\|")),
                        group,
                        Argument.list(Argument.field(described, "arguments"))));
    }
}
