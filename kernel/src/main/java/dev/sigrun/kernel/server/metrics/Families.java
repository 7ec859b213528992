// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server.metrics;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Samples in the text form of Prometheus. All samples of a name have to stand together, so they are
 * collected by name first. For one thread at a time.
 */
final class Families {
    private final Map<String, StringBuilder> families = new LinkedHashMap<>();

    /** A name with its labels may come once, or the reader refuses everything. */
    private final Set<String> samples = new HashSet<>();

    /** Adds a value that may go up and down. */
    void gauge(String name, String value, String... labels) {
        add(name, "gauge", name, value, labels);
    }

    /** Adds a value that only grows until it begins anew. */
    void counter(String name, String value, String... labels) {
        add(name, "counter", name, value, labels);
    }

    /** Adds a sample of a summary, whose name may have an ending. */
    void summary(String family, String ending, String value, String... labels) {
        add(family, "summary", family + ending, value, labels);
    }

    private void add(String family, String type, String name, String value, String... labels) {
        if (!samples.add(name + String.join("\n", labels))) {
            return;
        }
        StringBuilder text =
                families.computeIfAbsent(
                        family,
                        absent ->
                                new StringBuilder("# TYPE ")
                                        .append(absent)
                                        .append(' ')
                                        .append(type)
                                        .append('\n'));
        text.append(name);
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
            quote(text, labels[i + 1]);
            text.append('"');
        }
        text.append(labels.length == 0 ? " " : "} ").append(value).append('\n');
    }

    private static void quote(StringBuilder text, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                default -> text.append(c);
            }
        }
    }

    @Override
    public String toString() {
        StringBuilder all = new StringBuilder(32 * 1024);
        families.values().forEach(all::append);
        return all.toString();
    }
}
