// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects the findings of a run, prints them as a table and keeps them as JSON. */
final class Report {

    private final Map<String, String> circumstances = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    void circumstance(String name, String value) {
        circumstances.put(name, value);
    }

    void add(Finding finding) {
        findings.add(finding);
    }

    void print(PrintStream out) {
        circumstances.forEach((name, value) -> out.println(name + ": " + value));
        out.printf(
                Locale.ROOT,
                "%n%-29s %12s %12s %8s   %-12s %s%n",
                "measure",
                "Sigrun",
                "Valkey",
                "ratio",
                "target",
                "unit");
        for (Finding finding : findings) {
            out.printf(
                    Locale.ROOT,
                    "%-29s %12s %12s %8s   %-12s %s%n",
                    finding.measure(),
                    figure(finding.ours()),
                    figure(finding.reference()),
                    Double.isNaN(finding.ratio())
                            ? "-"
                            : String.format(Locale.ROOT, "%.2f", finding.ratio()),
                    verdict(finding),
                    finding.unit());
        }
        long judged = findings.stream().filter(Finding::judged).count();
        long met = findings.stream().filter(Finding::judged).filter(Finding::met).count();
        out.printf(Locale.ROOT, "%n%d of %d targets met%n", met, judged);
    }

    private static String figure(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return String.format(Locale.ROOT, value >= 1000 ? "%.0f" : "%.3f", value);
    }

    private static String verdict(Finding finding) {
        if (finding.target().bound() == Finding.Bound.NONE) {
            return "";
        }
        String sign = finding.target().bound() == Finding.Bound.RATIO_AT_LEAST ? ">=" : "<=";
        String limit = figure(finding.target().limit()).replaceAll("\\.?0+$", "");
        String outcome = finding.met() ? "met" : "MISSED";
        return sign + limit + ' ' + (finding.judged() ? outcome : "-");
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (Writer writer = Files.newBufferedWriter(file);
                JsonGenerator json = new JsonFactory().createGenerator(writer)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            for (Map.Entry<String, String> each : circumstances.entrySet()) {
                json.writeStringField(each.getKey(), each.getValue());
            }
            json.writeArrayFieldStart("findings");
            for (Finding finding : findings) {
                write(json, finding);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void write(JsonGenerator json, Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("measure", finding.measure());
        json.writeStringField("unit", finding.unit());
        number(json, "sigrun", finding.ours());
        number(json, "valkey", finding.reference());
        number(json, "ratio", finding.ratio());
        if (finding.judged()) {
            json.writeStringField(
                    "bound", finding.target().bound().name().toLowerCase(Locale.ROOT));
            number(json, "limit", finding.target().limit());
            json.writeBooleanField("met", finding.met());
        }
        json.writeEndObject();
    }

    /** JSON has no word for 'not a number', so a figure that is missing is left out. */
    private static void number(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        }
    }
}
