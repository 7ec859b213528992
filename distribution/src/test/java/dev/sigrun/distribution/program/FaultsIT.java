// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.distribution.program;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.faults.FaultsRun;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A minute of what {@code ./sigrun faults} does for as long as one likes. */
class FaultsIT {
    private static final Duration SPAN = Duration.ofMinutes(1);

    @Test
    void nothingIsLostWhateverHappensToServersDisksAndLinks() throws IOException {
        long seed = Long.getLong("sigrun.test.seed", new Random().nextLong());
        long end = System.nanoTime() + SPAN.toNanos();
        assertTrue(
                FaultsRun.run(
                        ServerProcess.home().resolve("bin/sigrun-server"), null, seed, "", end),
                "see above what was lost, with seed " + seed);
    }
}
