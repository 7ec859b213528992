// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * One reply. {@link #toString} gives the one line that case files are written in: {@code +OK},
 * {@code -ERR text}, {@code :1}, {@code $"escaped"}, {@code _} for any null, {@code *[a, b]},
 * {@code %{k:v, k:v}}, {@code ~[a]}, {@code ,1.5}, {@code #t}, {@code (123}, {@code >[push]}.
 *
 * @param kind the mark that the reply begins with; {@code _} for any null
 * @param text what a scalar says, one char a byte; empty for an aggregate
 * @param items what an aggregate holds, keys and values of a map in turn
 */
public record Reply(char kind, String text, List<Reply> items) {
    static Reply scalar(char kind, String text) {
        return new Reply(kind, text, List.of());
    }

    static Reply aggregate(char kind, List<Reply> items) {
        return new Reply(kind, "", items);
    }

    /** Whether this is an error. */
    public boolean isError() {
        return kind == '-';
    }

    /** Whether this is a null. */
    public boolean isNull() {
        return kind == '_';
    }

    /** The number that an integer reply says. */
    public long integer() {
        if (kind != ':') {
            throw new AssertionError("no integer: " + this);
        }
        return Long.parseLong(text);
    }

    /** The content of a bulk string. */
    public String bulk() {
        if (kind != '$') {
            throw new AssertionError("no bulk string: " + this);
        }
        return text;
    }

    @Override
    public String toString() {
        return switch (kind) {
            case '$', '=' -> kind + Quoting.quote(text);
            case '*', '~', '>' -> kind + "[" + joined(items) + "]";
            case '%' -> "%{" + pairs() + "}";
            default -> kind + text;
        };
    }

    private static String joined(List<Reply> replies) {
        return String.join(", ", replies.stream().map(Reply::toString).toList());
    }

    private String pairs() {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < items.size(); i += 2) {
            pairs.add(items.get(i) + ":" + items.get(i + 1));
        }
        return String.join(", ", pairs);
    }
}
