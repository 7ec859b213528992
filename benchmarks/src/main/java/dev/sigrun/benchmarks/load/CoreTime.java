// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Watches the servers' core for work that is not the servers'. Throughput and latency mean little
 * while something else runs there, and only this shows it afterwards.
 */
final class CoreTime {

    private static final String CORE = "cpu" + RunningServer.CORE + " ";

    private double busyMicros;
    private double serverMicros;

    /** Adds a stretch of time in which the core and the server were busy for so long. */
    void add(double busy, double server) {
        busyMicros += busy;
        serverMicros += server;
    }

    /** The part of the core's busy time that was not the servers'. */
    double othersShare() {
        return busyMicros == 0 ? 0 : Math.max(0, (busyMicros - serverMicros) / busyMicros);
    }

    /** The time for which the core has been busy since the machine started, in microseconds. */
    static double busy() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/stat"))) {
            if (line.startsWith(CORE)) {
                String[] ticks = line.split(" ", -1);
                // user, nice, system, then idle and iowait which do not count, irq, softirq, steal
                long busy = 0;
                for (int field : new int[] {1, 2, 3, 6, 7, 8}) {
                    busy += Long.parseLong(ticks[field]);
                }
                return busy * RunningServer.MICROS_PER_TICK;
            }
        }
        throw new IOException("the kernel does not count the time of " + CORE);
    }
}
