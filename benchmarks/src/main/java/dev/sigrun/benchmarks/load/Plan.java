// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

/** How long a run takes its time; the quick plan trades steadiness for less than three minutes. */
record Plan(
        String name,
        int keys,
        int starts,
        int warmUpSeconds,
        int rounds,
        double roundSeconds,
        int pacedRounds,
        double pacedSeconds,
        int growth) {

    static final Plan FULL = new Plan("full", 1_000_000, 5, 5, 5, 5, 3, 5, 10);
    static final Plan QUICK = new Plan("quick", 1_000_000, 5, 2, 3, 1, 1, 2, 2);
}
