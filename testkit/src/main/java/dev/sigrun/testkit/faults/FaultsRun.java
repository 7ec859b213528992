// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** The program behind {@code ./sigrun faults}. */
public final class FaultsRun {
    private static final List<Scenario> SCENARIOS =
            List.of(
                    KillUnderAppend.always(),
                    new BrokenLink(),
                    new KillWhileSaving(),
                    new DamagedFiles(),
                    new SilentReplica(),
                    new FullDisk(),
                    KillUnderAppend.everySecond(),
                    new KillBeforeReplica());

    private FaultsRun() {}

    /** Runs for as long as the options say; ends with 1 when anything was not as it must be. */
    public static void main(String[] options) throws IOException {
        double minutes = 1;
        long seed = new Random().nextLong();
        String only = "";
        Path server = null;
        Path reference = null;
        for (int i = 0; i + 1 < options.length; i += 2) {
            String value = options[i + 1];
            switch (options[i]) {
                case "--minutes" -> minutes = Double.parseDouble(value);
                case "--seed" -> seed = Long.parseLong(value);
                case "--only" -> only = value;
                case "--server" -> server = Path.of(value);
                case "--reference" -> reference = Path.of(value, "bin", "valkey-server");
                default -> throw new IllegalArgumentException("unknown option " + options[i]);
            }
        }
        long end = System.nanoTime() + (long) (minutes * Duration.ofMinutes(1).toNanos());
        System.exit(run(server, reference, seed, only, end) ? 0 : 1);
    }

    /**
     * Runs scenarios in turn until a moment has come.
     *
     * @param reference a valkey-server; null for none
     * @param only a part of the names of those that are run; empty for all
     * @param endNanos of {@link System#nanoTime}
     * @return whether all was as it must be
     */
    public static boolean run(Path server, Path reference, long seed, String only, long endNanos)
            throws IOException {
        System.out.println("seed " + seed);
        List<Scenario> chosen =
                SCENARIOS.stream().filter(each -> each.name().contains(only)).toList();
        SplittableRandom random = new SplittableRandom(seed);
        int failures = 0;
        int done = 0;
        do {
            Scenario scenario = chosen.get(done % chosen.size());
            long own = random.nextLong();
            Path folder = Files.createTempDirectory("sigrun-faults");
            long begin = System.nanoTime();
            String result = "ok";
            try {
                scenario.run(
                        new Scenario.Surroundings(server, reference, folder),
                        new SplittableRandom(own));
                delete(folder);
            } catch (Exception | AssertionError e) {
                failures++;
                result = "FAILED, see " + folder + ": " + e;
            }
            done++;
            System.out.printf(
                    "%-28s %6d ms  seed %d  %s%n",
                    scenario.name(), (System.nanoTime() - begin) / 1_000_000, own, result);
        } while (System.nanoTime() - endNanos < 0);
        System.out.println(done + " faults, " + failures + " failures, seed " + seed);
        return failures == 0;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> {
                        try {
                            Files.delete(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }
}
