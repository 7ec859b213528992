// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit.differential;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The program behind {@code ./sigrun differential}. */
public final class DifferentialRun {
    private DifferentialRun() {}

    /** Runs for as long as the options say; ends with 1 when anything differed. */
    public static void main(String[] options) throws IOException, InterruptedException {
        double minutes = 1;
        long seed = new Random().nextLong();
        Path reference = null;
        Path server = null;
        List<String> groups = new ArrayList<>();
        for (int i = 0; i + 1 < options.length; i += 2) {
            String value = options[i + 1];
            switch (options[i]) {
                case "--minutes" -> minutes = Double.parseDouble(value);
                case "--seed" -> seed = Long.parseLong(value);
                case "--reference" -> reference = Path.of(value, "bin", "valkey-server");
                case "--server" -> server = Path.of(value);
                case "--group" -> groups.add(value);
                default -> throw new IllegalArgumentException("unknown option " + options[i]);
            }
        }
        System.out.println("seed " + seed + ", minutes " + minutes);
        long end = System.nanoTime() + (long) (minutes * Duration.ofMinutes(1).toNanos());
        int differences;
        long commands;
        long errors;
        try (ServerProgram trusted = ServerProgram.start(reference);
                ServerProgram tried = ServerProgram.start(server);
                Differential differential =
                        new Differential(
                                trusted.port(),
                                tried.port(),
                                seed,
                                groups,
                                line -> System.out.println(line))) {
            differences = differential.run(() -> System.nanoTime() - end < 0);
            commands = differential.commands();
            errors = differential.errors();
            if (!differential.unanswered().isEmpty()) {
                System.out.println(
                        "never without an error: " + String.join(" ", differential.unanswered()));
            }
        }
        System.out.println(
                commands
                        + " commands, "
                        + errors
                        + " errors, "
                        + differences
                        + " differences, seed "
                        + seed);
        System.exit(differences == 0 ? 0 : 1);
    }
}
