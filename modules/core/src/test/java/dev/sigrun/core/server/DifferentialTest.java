// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.SigrunServer;
import dev.sigrun.testkit.differential.Differential;
import dev.sigrun.testkit.differential.Reference;
import dev.sigrun.testkit.differential.ServerProgram;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A short run of what {@code ./sigrun differential} does for longer. */
class DifferentialTest {
    private static final Duration SPAN = Duration.ofSeconds(10);

    @RegisterExtension
    static final SigrunServer SERVER = SigrunServer.withConfig("--enable-debug-command", "yes");

    @Test
    void randomCommandsAnswerAndLeaveBehindWhatTheyDoOnValkey() throws Exception {
        long seed = Long.getLong("sigrun.test.seed", new Random().nextLong());
        System.out.println("DifferentialTest: -Dsigrun.test.seed=" + seed);
        StringBuilder report = new StringBuilder();
        long end = System.nanoTime() + SPAN.toNanos();
        try (ServerProgram trusted = Reference.start();
                Differential differential =
                        new Differential(
                                trusted.port(), SERVER.port(), seed, List.of(), report::append)) {
            int differences = differential.run(() -> System.nanoTime() - end < 0);
            assertEquals(0, differences, () -> "seed " + seed + "\n" + report);
        }
    }
}
