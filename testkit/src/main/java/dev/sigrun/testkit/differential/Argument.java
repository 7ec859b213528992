// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit.differential;

import dev.sigrun.testkit.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One argument of a command as {@code COMMAND DOCS} describes it.
 *
 * @param name what it is for
 * @param type the kind, for example {@code key}, {@code integer} or {@code oneof}
 * @param token a fixed word before it, or null
 * @param flags {@code optional}, {@code multiple}, {@code multiple_token}
 * @param parts what a {@code oneof} or a {@code block} is made of
 */
record Argument(String name, String type, String token, Set<String> flags, List<Argument> parts) {
    static List<Argument> list(Reply described) {
        List<Argument> arguments = new ArrayList<>();
        if (described != null) {
            for (Reply item : described.items()) {
                arguments.add(one(item));
            }
        }
        return arguments;
    }

    private static Argument one(Reply described) {
        Reply token = field(described, "token");
        Reply flags = field(described, "flags");
        return new Argument(
                field(described, "name").text(),
                field(described, "type").text(),
                token == null ? null : token.text(),
                flags == null
                        ? Set.of()
                        : Set.copyOf(flags.items().stream().map(Reply::text).toList()),
                list(field(described, "arguments")));
    }

    /** What stands behind a key in a reply of keys and values in turn; null when there is none. */
    static Reply field(Reply pairs, String key) {
        for (int i = 0; i + 1 < pairs.items().size(); i += 2) {
            if (pairs.items().get(i).text().equals(key)) {
                return pairs.items().get(i + 1);
            }
        }
        return null;
    }

    boolean isOptional() {
        return flags.contains("optional");
    }

    boolean isMultiple() {
        return flags.contains("multiple");
    }
}
