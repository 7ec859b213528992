// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.survey;

import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells people what a survey found. */
public final class TextReport {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private TextReport() {}

    /** Prints it. */
    public static void print(Survey survey, PrintStream out) {
        Tally all = survey.all();
        line(out, "Format", "RDB version " + survey.version() + writer(survey.fields()));
        line(out, "Size", size(survey.end().bytes()) + " (" + survey.end().bytes() + " bytes)");
        line(out, "Keys", all.keys() + ", of which " + all.expiring() + " expire");
        if (survey.libraries() > 0) {
            line(out, "Functions", survey.libraries() + " libraries");
        }
        types(survey, out);
        databases(survey, out);
        largest(survey, out);
    }

    private static void line(PrintStream out, String name, String text) {
        out.println(String.format(Locale.ROOT, "%-10s %s", name, text));
    }

    private static String writer(Map<String, String> fields) {
        String text = "";
        String valkey = fields.get("valkey-ver");
        String redis = fields.get("redis-ver");
        if (valkey != null || redis != null) {
            text += ", written by " + (valkey != null ? "Valkey " + valkey : "Redis " + redis);
        }
        String time = fields.getOrDefault("ctime", "");
        if (time.matches("\\d{1,11}")) {
            text += " at " + Instant.ofEpochSecond(Long.parseLong(time));
        }
        return text;
    }

    private static void types(Survey survey, PrintStream out) {
        out.println();
        row(out, "type", "keys", "elements", "size", "share", "average", "largest");
        List<Map.Entry<String, Tally>> types = new ArrayList<>(survey.types().entrySet());
        types.sort(Comparator.comparingLong(entry -> -entry.getValue().bytes()));
        for (Map.Entry<String, Tally> type : types) {
            Tally tally = type.getValue();
            row(
                    out,
                    type.getKey(),
                    Long.toString(tally.keys()),
                    Long.toString(tally.elements()),
                    size(tally.bytes()),
                    share(tally, survey.all()),
                    size(tally.bytes() / tally.keys()),
                    size(tally.largestBytes()));
        }
    }

    private static void databases(Survey survey, PrintStream out) {
        out.println();
        row(out, "database", "keys", "expiring", "size", "share", "average", "largest");
        survey.databases()
                .forEach((db, tally) ->
                        row(
                                out,
                                Integer.toString(db),
                                Long.toString(tally.keys()),
                                Long.toString(tally.expiring()),
                                size(tally.bytes()),
                                share(tally, survey.all()),
                                size(tally.bytes() / tally.keys()),
                                size(tally.largestBytes())));
    }

    private static void row(PrintStream out, Object... cells) {
        out.println(String.format(Locale.ROOT, "%-10s %12s %12s %10s %8s %10s %10s", cells));
    }

    private static void largest(Survey survey, PrintStream out) {
        if (survey.largest().isEmpty()) {
            return;
        }
        out.println();
        String form = "%8s  %-10s %12s %10s  %s";
        out.println(
                String.format(Locale.ROOT, form, "database", "type", "elements", "size", "key"));
        for (KeySize key : survey.largest()) {
            out.println(
                    String.format(
                            Locale.ROOT,
                            form,
                            key.db(),
                            key.type(),
                            key.elements(),
                            size(key.bytes()),
                            key.name()));
        }
    }

    private static String share(Tally part, Tally all) {
        return String.format(
                Locale.ROOT, "%.1f %%", 100.0 * part.bytes() / Math.max(1, all.bytes()));
    }

    /** A number of bytes as people read it. */
    public static String size(long bytes) {
        double number = bytes;
        int unit = 0;
        while (number >= 1024 && unit < UNITS.length - 1) {
            number /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", number, UNITS[unit]);
    }
}
