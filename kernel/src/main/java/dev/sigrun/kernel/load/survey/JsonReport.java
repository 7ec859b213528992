// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.survey;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Tells programs what a survey found: one object in JSON. */
public final class JsonReport {
    private JsonReport() {}

    /** Prints it, on one line. */
    public static void print(Survey survey, PrintStream out) {
        StringJoiner fields = list("{", "}");
        survey.fields().forEach((name, value) -> fields.add(text(name) + ":" + text(value)));
        StringJoiner types = list("{", "}");
        survey.types().forEach((name, tally) -> types.add(text(name) + ":" + tally(tally)));
        StringJoiner databases = list("{", "}");
        for (Map.Entry<Integer, Tally> db : survey.databases().entrySet()) {
            databases.add("\"" + db.getKey() + "\":" + tally(db.getValue()));
        }
        StringJoiner largest = list("[", "]");
        survey.largest().forEach(key -> largest.add(key(key)));
        out.println(
                list("{", "}")
                        .add("\"version\":" + survey.version())
                        .add("\"bytes\":" + survey.end().bytes())
                        .add("\"complete\":" + (survey.end().failure() == null))
                        .add("\"libraries\":" + survey.libraries())
                        .add("\"fields\":" + fields)
                        .add("\"all\":" + tally(survey.all()))
                        .add("\"types\":" + types)
                        .add("\"databases\":" + databases)
                        .add("\"largest\":" + largest));
    }

    private static StringJoiner list(String begin, String end) {
        return new StringJoiner(",", begin, end);
    }

    private static String tally(Tally tally) {
        return list("{", "}")
                .add("\"keys\":" + tally.keys())
                .add("\"expiring\":" + tally.expiring())
                .add("\"elements\":" + tally.elements())
                .add("\"bytes\":" + tally.bytes())
                .add("\"largest_bytes\":" + tally.largestBytes())
                .toString();
    }

    private static String key(KeySize key) {
        return list("{", "}")
                .add("\"key\":" + text(key.name()))
                .add("\"database\":" + key.db())
                .add("\"type\":" + text(key.type()))
                .add("\"elements\":" + key.elements())
                .add("\"bytes\":" + key.bytes())
                .add("\"expires\":" + key.expires())
                .toString();
    }

    private static String text(String plain) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
