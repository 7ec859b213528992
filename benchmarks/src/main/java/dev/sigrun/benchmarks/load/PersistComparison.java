// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import dev.sigrun.benchmarks.load.Finding.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Snapshots, loading, full synchronisation, and what lasting data costs each write. */
@SuppressWarnings("try") // Writes have only to go on.
final class PersistComparison extends BenchPart {
    private static final Workload WRITES =
            new Workload("SET", List.of("SET", "key:__rand_int__", "__data__"), 10);
    private static final Workload MEMBERS =
            new Workload("SADD", List.of("SADD", "large", "member:__rand_int__"), 10);

    private static final int WRITES_PER_SECOND = 50_000;
    private static final long POLL_MILLIS = 20;
    private static final double PAUSE_MILLIS_OVER_MAX = 2;

    private static final Pattern LOADED = Pattern.compile("DB loaded from disk: ([0-9.]+) seconds");

    private final int keys;
    private final int members;

    PersistComparison(Setting setting) {
        super(setting);
        keys = plan.keys() * plan.growth() / 2;
        members = plan.keys() * plan.growth();
    }

    /** What one server showed. */
    private record Save(
            double pauseBefore, double pauseDuring, double seconds, double copiedShare) {
        double pauseOver() {
            return pauseDuring - pauseBefore;
        }
    }

    /** Seconds until a replica serves, and the memory that it cost. */
    private record Sync(double seconds, double copiedMegabytes) {}

    void run() throws IOException, InterruptedException {
        keysAndSync();
        largeSet();
        writes();
    }

    // ---- many keys ----

    private void keysAndSync() throws IOException, InterruptedException {
        List<Save> saves = new ArrayList<>();
        List<Double> loads = new ArrayList<>();
        List<Sync> syncs = new ArrayList<>();
        for (Contender contender : List.of(ours, reference)) {
            try (RunningServer server = RunningServer.free(contender, folder)) {
                say("filling " + contender.name() + " with " + keys + " keys");
                try (Wire wire = server.connect()) {
                    wire.fill(keys, MemoryRow.ALL.getFirst().command());
                }
                saves.add(save(server, WRITES));
                syncs.add(sync(server, contender));
                loads.add(load(server));
            }
        }
        String what = String.format(Locale.ROOT, "%,d keys", keys);
        report(what, saves);
        report.add(
                Finding.compared(
                        "load of " + what,
                        "s",
                        loads.getFirst(),
                        loads.getLast(),
                        Target.ratioAtMost(0.7)));
        report.add(
                Finding.compared(
                        "full sync of " + what,
                        "s",
                        syncs.getFirst().seconds(),
                        syncs.getLast().seconds(),
                        Target.ratioAtMost(1)));
        report.add(
                Finding.compared(
                        "full sync of " + what + ", copied",
                        "MB",
                        syncs.getFirst().copiedMegabytes(),
                        syncs.getLast().copiedMegabytes(),
                        Target.ratioAtMost(1)));
    }

    private void report(String what, List<Save> saves) {
        Save mine = saves.getFirst();
        Save theirs = saves.getLast();
        report.add(
                Finding.compared(
                        "BGSAVE of " + what + ", longest pause over that without",
                        "ms",
                        mine.pauseOver(),
                        theirs.pauseOver(),
                        Target.atMost(
                                Math.min(
                                        PAUSE_MILLIS_OVER_MAX,
                                        Math.max(theirs.pauseOver() / 10, 0.5)))));
        report.add(
                Finding.compared(
                        "BGSAVE of " + what,
                        "s",
                        mine.seconds(),
                        theirs.seconds(),
                        Target.ratioAtMost(1)));
        report.add(
                Finding.compared(
                        "BGSAVE of " + what + ", copied share of the data",
                        "",
                        mine.copiedShare(),
                        theirs.copiedShare(),
                        Target.atMost(0.1)));
    }

    private Save save(RunningServer server, Workload workload)
            throws IOException, InterruptedException {
        say("saving " + server.contender().name() + " under writes");
        double seconds = Math.max(2, plan.roundSeconds());
        double before;
        try (PauseWatch watch = new PauseWatch(server)) {
            load.pace(server, workload, 2 * seconds, WRITES_PER_SECOND);
            before = watch.longestMillis();
        }
        double data = server.usedMemory();
        double during;
        double took;
        try (Writing writing = new Writing(server, workload)) {
            Thread.sleep(500);
            long begin = System.nanoTime();
            try (PauseWatch watch = new PauseWatch(server);
                    Wire wire = server.connect()) {
                wire.ask("BGSAVE");
                while (server.info("persistence", "rdb_bgsave_in_progress") > 0) {
                    Thread.sleep(POLL_MILLIS);
                }
                during = watch.longestMillis();
            }
            took = (System.nanoTime() - begin) / 1e9;
        }
        double copied = server.info("persistence", "rdb_last_cow_size");
        return new Save(before, during, took, copied / data);
    }

    /** Writes for as long as somebody wants it. */
    private final class Writing implements AutoCloseable {
        private final Thread thread;
        private volatile boolean enough;

        private Writing(RunningServer server, Workload workload) {
            thread = Thread.ofPlatform().name("writing").start(() -> write(server, workload));
        }

        private void write(RunningServer server, Workload workload) {
            try {
                while (!enough) {
                    load.pace(server, workload, 2, WRITES_PER_SECOND);
                }
            } catch (IOException | InterruptedException e) {
                say("the writes ended: " + e.getMessage());
            }
        }

        @Override
        public void close() throws InterruptedException {
            enough = true;
            thread.join();
        }
    }

    private Sync sync(RunningServer primary, Contender contender)
            throws IOException, InterruptedException {
        say("synchronising a replica of " + contender.name() + " under writes");
        try (Wire wire = primary.connect()) {
            wire.ask("CONFIG", "SET", "repl-diskless-sync-delay", "0");
        }
        try (RunningServer replica = RunningServer.free(contender, folder);
                Writing writing = new Writing(primary, WRITES)) {
            long begin = System.nanoTime();
            try (Wire wire = replica.connect()) {
                wire.ask("REPLICAOF", "127.0.0.1", Integer.toString(primary.port()));
                while (!wire.ask("INFO", "replication").contains("master_link_status:up")) {
                    Thread.sleep(POLL_MILLIS);
                }
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            double copied = primary.info("persistence", "rdb_last_cow_size");
            return new Sync(seconds, copied / (1 << 20));
        }
    }

    private double load(RunningServer server) throws IOException, InterruptedException {
        say("loading " + server.contender().name());
        try (Wire wire = server.connect()) {
            wire.ask("SAVE");
        }
        try (RunningServer again = server.again()) {
            Matcher loaded = LOADED.matcher(again.logged());
            if (!loaded.find()) {
                throw new IOException("the log does not say how long loading took");
            }
            return Double.parseDouble(loaded.group(1));
        }
    }

    // ---- one large value ----

    private void largeSet() throws IOException, InterruptedException {
        List<Save> saves = new ArrayList<>();
        for (Contender contender : List.of(ours, reference)) {
            try (RunningServer server = RunningServer.free(contender, folder);
                    Wire wire = server.connect()) {
                say("filling a set of " + contender.name() + " with " + members + " members");
                wire.fill(
                        members,
                        i ->
                                new String[] {
                                    "SADD", "large", String.format(Locale.ROOT, "member:%09d", i)
                                });
                saves.add(save(server, MEMBERS));
            }
        }
        report(String.format(Locale.ROOT, "a set of %,d", members), saves);
    }

    // ---- what lasting data costs a write ----

    private void writes() throws IOException, InterruptedException {
        double plain = micros(List.of(), false);
        double appended = micros(List.of("--appendonly", "yes"), false);
        double replicated = micros(List.of(), true);
        report.add(cost("SET P=10 cpu, AOF everysec / none", appended, plain));
        report.add(cost("SET P=10 cpu, one replica / none", replicated, plain));
    }

    private static Finding cost(String what, double with, double without) {
        return new Finding(
                what, "us/request", with, without, with / without, Target.ratioAtMost(1.1));
    }

    private double micros(List<String> options, boolean replicated)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(ours.arguments());
        arguments.addAll(options);
        Contender contender = new Contender(ours.name(), ours.program(), arguments);
        try (RunningServer server = RunningServer.pinned(contender, folder)) {
            if (!replicated) {
                return micros(server);
            }
            try (RunningServer replica = RunningServer.free(reference, folder);
                    Wire wire = replica.connect()) {
                wire.ask("REPLICAOF", "127.0.0.1", Integer.toString(server.port()));
                while (!wire.ask("INFO", "replication").contains("master_link_status:up")) {
                    Thread.sleep(POLL_MILLIS);
                }
                return micros(server);
            }
        }
    }

    private double micros(RunningServer server) throws IOException, InterruptedException {
        load.saturate(server, WRITES, 2.0 * plan.warmUpSeconds());
        List<Sample> samples = new ArrayList<>();
        for (int round = 0; round < plan.rounds(); round++) {
            samples.add(load.saturate(server, WRITES, plan.roundSeconds()));
        }
        return Sample.median(samples, Sample::processorMicros);
    }
}
