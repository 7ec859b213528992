// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import dev.sigrun.benchmarks.load.Finding.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a node does for its clients beside keeping data: messages, scripts, rules, connections. */
@SuppressWarnings("try") // An audience has only to be there.
final class NodeComparison extends BenchPart {
    private static final List<String> GET = List.of("GET", "key:__rand_int__");
    private static final int IDLE = 5_000;
    private static final long SETTLE_MILLIS = 2_000;

    private static final Workload MULTI = new Workload("MULTI of 10", multi(), 1);
    private static final Workload EVAL =
            new Workload(
                    "EVAL of one call",
                    List.of("EVAL", "return redis.call('GET', KEYS[1])", "1", "key:__rand_int__"),
                    10);
    private static final Workload PLAIN = new Workload("GET", GET, 10);

    NodeComparison(Setting setting) {
        super(setting);
    }

    private static List<String> multi() {
        List<String> words = new ArrayList<>(List.of("MULTI"));
        for (int i = 0; i < 10; i++) {
            words.addAll(List.of(";", "SET", "key:__rand_int__", "__data__"));
        }
        words.addAll(List.of(";", "EXEC"));
        return words;
    }

    void run() throws IOException, InterruptedException {
        try (RunningServer first = RunningServer.pinned(ours, folder);
                RunningServer second = RunningServer.pinned(reference, folder)) {
            for (RunningServer server : List.of(first, second)) {
                say("filling and warming up " + server.contender().name());
                try (Wire wire = server.connect()) {
                    wire.fill(plan.keys(), MemoryRow.ALL.getFirst().command());
                }
                for (Workload workload : List.of(PLAIN, MULTI, EVAL)) {
                    load.saturate(server, workload, 2.0 * plan.warmUpSeconds());
                }
            }
            compare(first, second, MULTI, Target.ratioAtMost(1));
            compare(first, second, EVAL, Target.ratioAtMost(1.5));
            for (int listeners : new int[] {1, 100, 1000}) {
                publish(first, second, listeners);
            }
            invalidate(first, second);
            watch(first);
            idle(first, second);
        }
    }

    private void publish(RunningServer first, RunningServer second, int listeners)
            throws IOException, InterruptedException {
        Workload workload =
                new Workload(
                        "PUBLISH to " + listeners, List.of("PUBLISH", "channel", "__data__"), 1);
        try (Audience mine = new Audience(first, listeners, "SUBSCRIBE channel");
                Audience theirs = new Audience(second, listeners, "SUBSCRIBE channel")) {
            load.saturate(first, workload, plan.warmUpSeconds());
            compare(first, second, workload, Target.ratioAtMost(1));
        }
    }

    /** A client hears of every key, and ten thousand of them change in a second. */
    private void invalidate(RunningServer first, RunningServer second)
            throws IOException, InterruptedException {
        Workload workload =
                new Workload(
                        "SET, 10,000 invalidations/s",
                        List.of("SET", "key:__rand_int__", "__data__"),
                        1);
        String on = "HELLO 3\r\nCLIENT TRACKING ON BCAST";
        try (Audience mine = new Audience(first, 1, on);
                Audience theirs = new Audience(second, 1, on)) {
            List<Sample> one = new ArrayList<>();
            List<Sample> other = new ArrayList<>();
            load.pace(first, workload, plan.warmUpSeconds(), 10_000);
            for (int round = 0; round < plan.rounds(); round++) {
                one.add(load.pace(first, workload, plan.pacedSeconds(), 10_000));
                other.add(load.pace(second, workload, plan.pacedSeconds(), 10_000));
            }
            add(workload, one, other, Target.ratioAtMost(1));
        }
    }

    private void compare(
            RunningServer first, RunningServer second, Workload workload, Target target)
            throws IOException, InterruptedException {
        say(workload.label());
        List<Sample> mine = new ArrayList<>();
        List<Sample> theirs = new ArrayList<>();
        for (int round = 0; round < plan.rounds(); round++) {
            mine.add(load.saturate(first, workload, plan.roundSeconds()));
            theirs.add(load.saturate(second, workload, plan.roundSeconds()));
        }
        add(workload, mine, theirs, target);
    }

    private void add(Workload workload, List<Sample> mine, List<Sample> theirs, Target target) {
        report.add(
                Finding.compared(
                        workload.label() + " cpu",
                        "us/request",
                        Sample.median(mine, Sample::processorMicros),
                        Sample.median(theirs, Sample::processorMicros),
                        target));
    }

    /** What rules, logs and histograms cost a server that has them on, against itself. */
    private void watch(RunningServer server) throws IOException, InterruptedException {
        List<Sample> without = new ArrayList<>();
        List<Sample> with = new ArrayList<>();
        configure(server, true);
        load.saturate(server, PLAIN, 2.0 * plan.warmUpSeconds());
        for (int round = 0; round < plan.rounds(); round++) {
            configure(server, false);
            without.add(load.saturate(server, PLAIN, plan.roundSeconds()));
            configure(server, true);
            with.add(load.saturate(server, PLAIN, plan.roundSeconds()));
        }
        configure(server, false);
        double plain = Sample.median(without, Sample::processorMicros);
        double watched = Sample.median(with, Sample::processorMicros);
        report.add(
                new Finding(
                        "GET P=10 cpu, with rules, logs and histograms / without",
                        "us/request",
                        watched,
                        plain,
                        watched / plain,
                        Target.ratioAtMost(1.05)));
    }

    private static void configure(RunningServer server, boolean watched) throws IOException {
        try (Wire wire = server.connect()) {
            if (watched) {
                wire.ask(
                        "ACL",
                        "SETUSER",
                        "default",
                        "resetkeys",
                        "~key:*",
                        "-@all",
                        "+@read",
                        "+@connection",
                        "+config",
                        "+acl",
                        "+info");
            } else {
                wire.ask("ACL", "SETUSER", "default", "~*", "+@all");
            }
            wire.ask("CONFIG", "SET", "latency-tracking", watched ? "yes" : "no");
            wire.ask("CONFIG", "SET", "commandlog-execution-slower-than", watched ? "10000" : "-1");
        }
    }

    /** What a connection takes that does nothing. */
    private void idle(RunningServer first, RunningServer second)
            throws IOException, InterruptedException {
        double mine = bytesPerConnection(first);
        double theirs = bytesPerConnection(second);
        report.add(
                Finding.compared(
                        "resident bytes/idle connection",
                        "bytes",
                        mine,
                        theirs,
                        Target.atMost(theirs + 2048)));
    }

    private static double bytesPerConnection(RunningServer server)
            throws IOException, InterruptedException {
        Thread.sleep(SETTLE_MILLIS);
        double before = server.residentMegabytes();
        try (Audience idle = new Audience(server, IDLE, "PING")) {
            Thread.sleep(SETTLE_MILLIS);
            return (server.residentMegabytes() - before) * 1024 * 1024 / IDLE;
        }
    }
}
