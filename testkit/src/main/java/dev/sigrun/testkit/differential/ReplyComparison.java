// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit.differential;

import dev.sigrun.testkit.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Says whether two replies to the same command agree as far as they must. One thread. */
final class ReplyComparison {
    private static final long CLOCK_TOLERANCE_MILLIS = 20_000;

    /** Commands whose replies have no order that anybody may rely on. */
    private static final Set<String> UNORDERED =
            Set.of(
                    "smembers",
                    "sinter",
                    "sunion",
                    "sdiff",
                    "hgetall",
                    "hkeys",
                    "hvals",
                    "keys",
                    "spop",
                    "srandmember",
                    "hrandfield",
                    "zrandmember",
                    "sscan",
                    "hscan",
                    "zscan");

    /** Commands that tell times, which two servers do not read at the same instant. */
    private static final Set<String> TIMED =
            Set.of(
                    "ttl",
                    "pttl",
                    "httl",
                    "hpttl",
                    "expiretime",
                    "pexpiretime",
                    "hexpiretime",
                    "hpexpiretime",
                    "xpending",
                    "xinfo");

    /** Fields that tell how the one server keeps its data. */
    private static final Set<String> INNER_FIELDS =
            Set.of(
                    "radix-tree-keys",
                    "radix-tree-nodes",
                    "seen-time",
                    "active-time",
                    "idle",
                    "inactive");

    private static final Set<String> STRING_ENCODINGS = Set.of("int", "embstr", "raw");

    private ReplyComparison() {}

    static boolean agree(List<String> command, Reply one, Reply other) {
        String name = command.get(0).toLowerCase(java.util.Locale.ROOT);
        if (TIMED.contains(name)) {
            return nearly(one, other);
        }
        if (UNORDERED.contains(name)) {
            return sorted(one).equals(sorted(other));
        }
        if (name.equals("object")) {
            return encoding(one).equals(encoding(other));
        }
        return one.toString().equals(other.toString());
    }

    /** The encodings of strings differ by how a command came to its result. */
    private static String encoding(Reply reply) {
        return STRING_ENCODINGS.contains(reply.text()) ? "string" : reply.toString();
    }

    private static List<String> sorted(Reply reply) {
        List<String> parts = new ArrayList<>();
        collect(reply, parts);
        parts.sort(null);
        return parts;
    }

    private static void collect(Reply reply, List<String> parts) {
        boolean aggregate = "*~%>".indexOf(reply.kind()) >= 0;
        if (!aggregate) {
            parts.add(reply.toString());
            return;
        }
        parts.add(reply.kind() + "" + reply.items().size());
        if (reply.kind() == '%') {
            for (int i = 0; i + 1 < reply.items().size(); i += 2) {
                parts.add(reply.items().get(i) + ":" + reply.items().get(i + 1));
            }
            return;
        }
        for (Reply item : reply.items()) {
            collect(item, parts);
        }
    }

    private static boolean nearly(Reply one, Reply other) {
        if (one.kind() != other.kind() || one.items().size() != other.items().size()) {
            return false;
        }
        if (one.kind() == ':') {
            return Math.abs(one.integer() - other.integer()) <= CLOCK_TOLERANCE_MILLIS
                    && Long.signum(one.integer()) == Long.signum(other.integer());
        }
        if (!one.text().equals(other.text())) {
            return false;
        }
        for (int i = 0; i < one.items().size(); i++) {
            boolean inner = i > 0 && INNER_FIELDS.contains(one.items().get(i - 1).text());
            if (!inner && !nearly(one.items().get(i), other.items().get(i))) {
                return false;
            }
        }
        return true;
    }
}
