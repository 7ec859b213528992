// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import dev.sigrun.benchmarks.load.Finding.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The measurements themselves, each adding its lines to the report. */
final class Comparison extends BenchPart {

    private static final long IDLE_MILLIS = 3_000;
    private static final int WARM_UP_ELEMENTS = 2_000_000;
    private static final Map<Integer, Double> PROCESSOR_TARGETS =
            Map.of(1, 1.0, 10, 0.85, 50, 0.70);

    Comparison(Setting setting) {
        super(setting);
    }

    void startUp() throws IOException, InterruptedException {
        say("start-up and idle memory");
        Map<Contender, List<Double>> millis =
                Map.of(ours, new ArrayList<>(), reference, new ArrayList<>());
        Map<Contender, Double> resident = new HashMap<>();
        for (int round = 0; round < plan.starts(); round++) {
            for (Contender contender : List.of(ours, reference)) {
                try (RunningServer server = RunningServer.free(contender, folder)) {
                    millis.get(contender).add(server.startMillis());
                    if (round == plan.starts() - 1) {
                        report.circumstance(contender.name(), server.version());
                        Thread.sleep(IDLE_MILLIS);
                        resident.put(contender, server.residentMegabytes());
                    }
                }
            }
        }
        report.add(
                Finding.compared(
                        "start to first PONG",
                        "ms",
                        median(millis.get(ours)),
                        median(millis.get(reference)),
                        Target.atMost(500)));
        report.add(
                Finding.compared(
                        "idle RSS",
                        "MB",
                        resident.get(ours),
                        resident.get(reference),
                        Target.atMost(130)));
    }

    void memory() throws IOException, InterruptedException {
        try (RunningServer first = RunningServer.pinned(ours, folder);
                RunningServer second = RunningServer.pinned(reference, folder)) {
            for (MemoryRow row : MemoryRow.ALL) {
                compare(first, second, row, "bytes/key ");
            }
            for (MemoryRow row : MemoryRow.ELEMENTS) {
                compare(first, second, row, "bytes/element ");
            }
        }
    }

    private void compare(RunningServer first, RunningServer second, MemoryRow row, String measure)
            throws IOException, InterruptedException {
        say(measure + row.name());
        report.add(
                Finding.compared(
                        measure + row.name(),
                        "bytes",
                        bytesPerElement(first, row),
                        bytesPerElement(second, row),
                        Target.atMost(row.target())));
    }

    private double bytesPerElement(RunningServer server, MemoryRow row)
            throws IOException, InterruptedException {
        try (Wire wire = server.connect()) {
            wire.ask("FLUSHALL");
        }
        double empty = settledMemory(server);
        try (Wire wire = server.connect()) {
            wire.fill(plan.keys() / row.each(), row.command());
        }
        return (settledMemory(server) - empty) / plan.keys();
    }

    /** A table that is being rehashed stands in memory twice, so the figure is awaited. */
    private static double settledMemory(RunningServer server)
            throws IOException, InterruptedException {
        double last = server.usedMemory();
        for (int look = 0; look < 40; look++) {
            Thread.sleep(500);
            double now = server.usedMemory();
            if (Math.abs(now - last) < 4096) {
                return now;
            }
            last = now;
        }
        return last;
    }

    void throughput() throws IOException, InterruptedException {
        try (RunningServer first = RunningServer.pinned(ours, folder);
                RunningServer second = RunningServer.pinned(reference, folder)) {
            prepare(first);
            prepare(second);
            double getAtTen = Double.NaN;
            for (Workload workload : Workload.STRINGS) {
                double processor = compare(first, second, workload);
                if (workload.label().equals("GET P=10")) {
                    getAtTen = processor;
                }
            }
            filters(first, getAtTen);
        }
        // Interrupts of the load itself take a few hundredths.
        report.circumstance(
                "core",
                String.format(
                        Locale.ROOT,
                        load.othersShare() > 0.08
                                ? "%.0f %% of the servers' core went to others:"
                                        + " trust the processor times, not the latencies"
                                : "%.0f %% of the servers' core went to others",
                        load.othersShare() * 100));
    }

    /** Fills the server, then lets its compilers see every workload before anything counts. */
    private void prepare(RunningServer server) throws IOException, InterruptedException {
        say("filling and warming up " + server.contender().name());
        try (Wire wire = server.connect()) {
            wire.fill(plan.keys(), MemoryRow.ALL.getFirst().command());
        }
        for (Workload workload : Workload.STRINGS) {
            load.saturate(server, workload, plan.warmUpSeconds());
        }
    }

    /** Returns our own processor time for one request. */
    private double compare(RunningServer first, RunningServer second, Workload workload)
            throws IOException, InterruptedException {
        say(workload.label());
        List<Sample> mine = new ArrayList<>();
        List<Sample> theirs = new ArrayList<>();
        for (int round = 0; round < plan.rounds(); round++) {
            mine.add(load.saturate(first, workload, plan.roundSeconds()));
            theirs.add(load.saturate(second, workload, plan.roundSeconds()));
        }
        String label = workload.label();
        Target processor = Target.ratioAtMost(PROCESSOR_TARGETS.get(workload.pipeline()));
        line(label + " cpu", "us/request", mine, theirs, Sample::processorMicros, processor);
        line(label + " cpu user", "us/request", mine, theirs, Sample::userMicros, Target.NONE);
        line(label + " cpu system", "us/request", mine, theirs, Sample::systemMicros, Target.NONE);
        line(
                label + " throughput",
                "requests/s",
                mine,
                theirs,
                Sample::requestsPerSecond,
                Target.ratioAtLeast(1));
        latencies(label, mine, theirs);

        // Both get the same rate: half of what the reference can take.
        double rate = Sample.median(theirs, Sample::requestsPerSecond) / 2;
        List<Sample> minePaced = new ArrayList<>();
        List<Sample> theirsPaced = new ArrayList<>();
        for (int round = 0; round < plan.pacedRounds(); round++) {
            minePaced.add(load.pace(first, workload, plan.pacedSeconds(), rate));
            theirsPaced.add(load.pace(second, workload, plan.pacedSeconds(), rate));
        }
        latencies(label + " half", minePaced, theirsPaced);
        return Sample.median(mine, Sample::processorMicros);
    }

    private void latencies(String label, List<Sample> mine, List<Sample> theirs) {
        line(label + " p50", "ms", mine, theirs, Sample::p50, Target.NONE);
        line(label + " p99", "ms", mine, theirs, Sample::p99, Target.NONE);
        line(label + " p99.9", "ms", mine, theirs, Sample::p999, Target.ratioAtMost(1.2));
    }

    private void line(
            String measure,
            String unit,
            List<Sample> mine,
            List<Sample> theirs,
            ToDoubleFunction<Sample> of,
            Target target) {
        double one = Sample.median(mine, of);
        double other = Sample.median(theirs, of);
        report.add(Finding.compared(measure, unit, one, other, target));
    }

    /** The reference has no filters in its package, so ours are measured by our own GET. */
    private void filters(RunningServer server, double getAtTen)
            throws IOException, InterruptedException {
        try (Wire wire = server.connect()) {
            String reply = wire.ask("BF.RESERVE", "filter", "0.01", String.valueOf(plan.keys()));
            if (!reply.equals("OK")) {
                say("no Bloom filters here: " + reply);
                return;
            }
        }
        for (Workload workload : Workload.FILTERS) {
            say(workload.label());
            load.saturate(server, workload, plan.warmUpSeconds());
            List<Sample> samples = new ArrayList<>();
            for (int round = 0; round < plan.rounds(); round++) {
                samples.add(load.saturate(server, workload, plan.roundSeconds()));
            }
            double processor = Sample.median(samples, Sample::processorMicros);
            report.add(
                    new Finding(
                            workload.label() + " cpu / own GET",
                            "us/request",
                            processor,
                            Double.NaN,
                            processor / getAtTen,
                            Target.ratioAtMost(1.5)));
        }
    }

    /** Commands on collections, each at a depth of 10. */
    void collections() throws IOException, InterruptedException {
        try (RunningServer first = RunningServer.pinned(ours, folder);
                RunningServer second = RunningServer.pinned(reference, folder)) {
            for (RunningServer server : List.of(first, second)) {
                say("filling and warming up " + server.contender().name());
                try (Wire wire = server.connect()) {
                    for (CollectionLoad.Filling filling : CollectionLoad.FILLINGS) {
                        wire.fill(filling.count(), filling.command());
                    }
                }
                for (Workload workload : CollectionLoad.WORKLOADS) {
                    load.saturate(server, workload, 1);
                }
            }
            double product = 0;
            for (Workload workload : CollectionLoad.WORKLOADS) {
                product += Math.log(compareProcessor(first, second, workload));
            }
            double mean = Math.exp(product / CollectionLoad.WORKLOADS.size());
            report.add(
                    new Finding(
                            "collections, geometric mean",
                            "",
                            Double.NaN,
                            Double.NaN,
                            mean,
                            Target.ratioAtMost(0.85)));
        }
    }

    /** Returns the ratio of the processor times for one request. */
    private double compareProcessor(RunningServer first, RunningServer second, Workload workload)
            throws IOException, InterruptedException {
        say(workload.label());
        List<Sample> mine = new ArrayList<>();
        List<Sample> theirs = new ArrayList<>();
        for (int round = 0; round < plan.rounds(); round++) {
            mine.add(load.saturate(first, workload, plan.roundSeconds()));
            theirs.add(load.saturate(second, workload, plan.roundSeconds()));
        }
        line(
                workload.label() + " cpu",
                "us/request",
                mine,
                theirs,
                Sample::processorMicros,
                Target.ratioAtMost(1));
        return Sample.median(mine, Sample::processorMicros)
                / Sample.median(theirs, Sample::processorMicros);
    }

    /**
     * The longest pause that a client sees while one collection grows and when it goes, after one
     * of another size has come and gone: what the first commands of a fresh process cost is a row
     * of its own.
     */
    void pauses() throws IOException, InterruptedException {
        for (MemoryRow row : MemoryRow.ELEMENTS) {
            if (row.name().contains("list") || row.name().contains("stream") || row.each() > 1) {
                continue;
            }
            say("pauses, " + row.name());
            Pauses mine = pauses(ours, row);
            Pauses theirs = pauses(reference, row);
            add("first commands", row, mine.first(), theirs.first(), Target.NONE);
            add("growing", row, mine.growing(), theirs.growing(), Target.ratioAtMost(1));
            add("deleting", row, mine.deleting(), theirs.deleting(), Target.ratioAtMost(1));
        }
    }

    private void add(String when, MemoryRow row, double mine, double theirs, Target target) {
        String measure = "longest pause, " + when + ", " + row.name();
        report.add(Finding.compared(measure, "ms", mine, theirs, target));
    }

    /** The longest pauses of a run, in milliseconds. */
    private record Pauses(double first, double growing, double deleting) {}

    private Pauses pauses(Contender contender, MemoryRow row)
            throws IOException, InterruptedException {
        try (RunningServer server = RunningServer.pinned(contender, folder);
                Wire wire = server.connect()) {
            double first = growing(server, wire, row, WARM_UP_ELEMENTS);
            deleting(server, wire, row);
            double growing = growing(server, wire, row, plan.keys() * plan.growth());
            return new Pauses(first, growing, deleting(server, wire, row));
        }
    }

    private static double growing(RunningServer server, Wire wire, MemoryRow row, int elements)
            throws IOException {
        try (PauseWatch watch = new PauseWatch(server)) {
            wire.fill(elements, row.command());
            return watch.longestMillis();
        }
    }

    private static double deleting(RunningServer server, Wire wire, MemoryRow row)
            throws IOException, InterruptedException {
        try (PauseWatch watch = new PauseWatch(server)) {
            wire.ask("DEL", row.command().apply(0)[1]);
            Thread.sleep(2_000);
            return watch.longestMillis();
        }
    }

    private static double median(List<Double> values) {
        return Sample.median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
