// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs our server and the reference side by side and prints how they compare.
 *
 * <p>Options: {@code --server PROGRAM --reference FOLDER --results FOLDER [--quick] [--only
 * PARTS]}, where the parts are some of start, memory, strings, collections, pauses, node and
 * persist, divided by commas.
 */
final class SideBySide {

    private SideBySide() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path server = null;
        Path reference = null;
        Path results = null;
        Plan plan = Plan.FULL;
        Set<String> parts = new HashSet<>();
        Iterator<String> rest = List.of(arguments).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--server" -> server = Path.of(rest.next());
                case "--reference" -> reference = Path.of(rest.next());
                case "--results" -> results = Path.of(rest.next());
                case "--quick" -> plan = Plan.QUICK;
                case "--only" -> parts.addAll(List.of(rest.next().split(",")));
                default -> {
                    System.err.println("bench: there is no option " + option);
                    System.exit(2);
                }
            }
        }
        if (server == null || reference == null || results == null) {
            System.err.println("bench: --server, --reference and --results are needed");
            System.exit(2);
        }
        if (!Files.isExecutable(server)) {
            System.err.println("bench: there is no program " + server);
            System.exit(2);
        }
        if (Runtime.getRuntime().availableProcessors() < 2) {
            System.err.println("bench: a server and its load need a core each, and there is one");
            System.exit(2);
        }
        Path folder = Files.createTempDirectory("sigrun-bench");
        try {
            run(plan, parts, server, reference, results, folder);
        } finally {
            delete(folder);
        }
    }

    private static void run(
            Plan plan, Set<String> parts, Path server, Path reference, Path results, Path folder)
            throws IOException, InterruptedException {
        Report report = new Report();
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
        report.circumstance("date", now + "Z");
        report.circumstance("plan", plan.name());
        report.circumstance("processor", processor());
        report.circumstance("kernel", System.getProperty("os.version"));
        report.circumstance("java", Runtime.version().toString());
        Path programs = reference.resolve("bin");
        Contender ours = Contender.withFilters("sigrun", server);
        Contender valkey = Contender.plain("valkey", programs.resolve("valkey-server"));
        LoadGenerator load = new LoadGenerator(programs.resolve("valkey-benchmark"), plan.keys());
        BenchPart.Setting setting = new BenchPart.Setting(plan, ours, valkey, load, folder, report);
        Comparison comparison = new Comparison(setting);
        if (parts.isEmpty() || parts.contains("start")) {
            comparison.startUp();
        }
        if (parts.isEmpty() || parts.contains("memory")) {
            comparison.memory();
            new FilterMemory(setting).run();
        }
        if (parts.isEmpty() || parts.contains("strings")) {
            comparison.throughput();
        }
        if (parts.isEmpty() || parts.contains("collections")) {
            comparison.collections();
        }
        if (parts.isEmpty() || parts.contains("pauses")) {
            comparison.pauses();
        }
        if (parts.isEmpty() || parts.contains("node")) {
            new NodeComparison(setting).run();
            new EncryptedComparison(plan, ours, valkey, load, folder, report).run();
        }
        if (parts.isEmpty() || parts.contains("persist")) {
            new PersistComparison(setting).run();
        }
        report.print(System.out);
        Path file =
                results.resolve(
                        DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmmss").format(now) + ".json");
        report.write(file);
        System.out.println(file);
    }

    private static String processor() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
