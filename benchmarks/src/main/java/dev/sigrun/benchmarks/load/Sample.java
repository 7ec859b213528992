// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** What one round of load showed; latencies are in milliseconds, as the load generator saw them. */
record Sample(
        double requestsPerSecond,
        double userMicros,
        double systemMicros,
        double p50,
        double p99,
        double p999) {

    double processorMicros() {
        return userMicros + systemMicros;
    }

    static double median(List<Sample> samples, ToDoubleFunction<Sample> of) {
        return median(samples.stream().mapToDouble(of).toArray());
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
