// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import dev.sigrun.benchmarks.load.Finding.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a request costs that comes over TLS. */
final class EncryptedComparison {
    /** Hands are shaken in each round anew, and that must not be what is measured. */
    private static final double ROUND_SECONDS_MIN = 3;

    private static final List<String> GET = List.of("GET", "key:__rand_int__");

    private final Plan plan;
    private final Contender ours;
    private final Contender reference;
    private final LoadGenerator load;
    private final Path folder;
    private final Report report;

    EncryptedComparison(
            Plan plan,
            Contender ours,
            Contender reference,
            LoadGenerator load,
            Path folder,
            Report report) {
        this.plan = plan;
        this.ours = ours;
        this.reference = reference;
        this.load = load;
        this.folder = folder;
        this.report = report;
    }

    void run() throws IOException, InterruptedException {
        Encryption mine = Encryption.make(folder);
        Encryption theirs = Encryption.make(folder);
        try (RunningServer first = RunningServer.pinned(mine.with(ours), folder);
                RunningServer second = RunningServer.pinned(theirs.with(reference), folder)) {
            for (RunningServer server : List.of(first, second)) {
                say("filling " + server.contender().name());
                try (Wire wire = server.connect()) {
                    wire.fill(plan.keys(), MemoryRow.ALL.getFirst().command());
                }
            }
            for (int pipeline : new int[] {1, 10}) {
                compare(first, mine, second, theirs, new Workload("TLS GET", GET, pipeline));
            }
        }
    }

    private void compare(
            RunningServer first,
            Encryption mine,
            RunningServer second,
            Encryption theirs,
            Workload workload)
            throws IOException, InterruptedException {
        say(workload.label());
        double seconds = Math.max(plan.roundSeconds(), ROUND_SECONDS_MIN);
        load.saturateEncrypted(first, mine, workload, 2 * seconds);
        List<Sample> one = new ArrayList<>();
        List<Sample> other = new ArrayList<>();
        for (int round = 0; round < plan.rounds(); round++) {
            one.add(load.saturateEncrypted(first, mine, workload, seconds));
            other.add(load.saturateEncrypted(second, theirs, workload, seconds));
        }
        report.add(
                Finding.compared(
                        workload.label() + " cpu",
                        "us/request",
                        Sample.median(one, Sample::processorMicros),
                        Sample.median(other, Sample::processorMicros),
                        Target.ratioAtMost(1)));
    }

    private static void say(String what) {
        System.err.println(String.format(Locale.ROOT, "bench: %s", what));
    }
}
