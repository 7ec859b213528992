// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import java.util.Random;

/** The randomness of this package's tests: one seed, printed, so that a failure can be replayed. */
final class Seed {
    private static final long VALUE = Long.getLong("sigrun.test.seed", System.nanoTime());

    static {
        System.out.println("Replay the RDB tests with -Dsigrun.test.seed=" + VALUE);
    }

    private Seed() {}

    /** Randomness of one test, the same for the same seed whatever runs beside it. */
    static Random random(String test) {
        return new Random(VALUE ^ test.hashCode());
    }
}
