// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.check;

import dev.sigrun.kernel.load.read.LayoutNames;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Figures of what a file holds, by database and type. */
final class Profile {
    /** Names of the figures, in their order. */
    static final List<String> FIGURES =
            List.of(
                    "type.name",
                    "keys.total",
                    "expire_keys.total",
                    "already_expired.total",
                    "keys.size",
                    "keys.value_size",
                    "elements.total",
                    "elements.size",
                    "elements.num.max",
                    "elements.num.avg",
                    "elements.num.p99",
                    "elements.num.p90",
                    "elements.num.p50",
                    "elements.size.max",
                    "elements.size.avg",
                    "elements.size.p99",
                    "elements.size.p90",
                    "elements.size.p50");

    private final TreeMap<Integer, List<TypeProfile>> databases = new TreeMap<>();

    /** The figures of a type in a database. */
    TypeProfile of(int db, String type) {
        return of(db).get(LayoutNames.TYPES.indexOf(type));
    }

    private List<TypeProfile> of(int db) {
        return databases.computeIfAbsent(db, _ -> fresh());
    }

    private static List<TypeProfile> fresh() {
        return LayoutNames.TYPES.stream().map(TypeProfile::new).toList();
    }

    /** Prints all figures, those of the first database in any case. */
    void print(CheckOptions.Format format, PrintStream out) {
        of(0);
        databases.forEach((db, types) -> print(db, types, format, out));
    }

    private static void print(
            int db, List<TypeProfile> types, CheckOptions.Format format, PrintStream out) {
        for (String figure : FIGURES) {
            StringBuilder line = new StringBuilder();
            String name = "db." + db + "." + figure;
            switch (format) {
                case TABLE -> {
                    line.append(String.format(Locale.ROOT, "%-30s", name));
                    for (TypeProfile type : types) {
                        line.append(String.format(Locale.ROOT, "\t%-5s", type.figure(figure)));
                    }
                    line.append('\n');
                }
                case CSV -> {
                    line.append(name);
                    types.forEach(type -> line.append(',').append(type.figure(figure)));
                    line.append('\n');
                }
                case INFO -> {
                    if (!figure.equals("type.name")) {
                        types.forEach(type -> info(db, figure, type, line));
                    }
                }
            }
            out.print(line);
        }
    }

    private static void info(int db, String figure, TypeProfile type, StringBuilder line) {
        line.append("[info] db.").append(db).append(".type.").append(type.type()).append('.');
        line.append(figure).append(':').append(type.figure(figure)).append('\n');
    }
}
