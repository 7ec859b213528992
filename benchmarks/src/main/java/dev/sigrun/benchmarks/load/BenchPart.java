// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import java.nio.file.Path;

/** What every part of a run has: two servers to compare, a load, and a report to add lines to. */
abstract class BenchPart {
    final Plan plan;
    final Contender ours;
    final Contender reference;
    final LoadGenerator load;

    /** Where servers keep their files. */
    final Path folder;

    final Report report;

    /**
     * What a run begins with.
     *
     * @param folder where servers keep their files
     */
    record Setting(
            Plan plan,
            Contender ours,
            Contender reference,
            LoadGenerator load,
            Path folder,
            Report report) {}

    BenchPart(Setting setting) {
        plan = setting.plan();
        ours = setting.ours();
        reference = setting.reference();
        load = setting.load();
        folder = setting.folder();
        report = setting.report();
    }

    /** Tells those who wait what is being done. */
    static void say(String what) {
        System.err.println("bench: " + what);
    }
}
