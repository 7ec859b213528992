// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.measure.LatencyEvent;
import dev.sigrun.kernel.measure.LatencyMonitor;
import org.junit.jupiter.api.Test;

/** Compares drawings with what the reference server drew of the same samples. */
final class LatencyGraphTest {
    private static final String LINE = "-".repeat(80) + "\n";

    private static LatencyEvent event(long... secondsAndMillis) {
        long[] now = new long[1];
        LatencyMonitor monitor =
                new LatencyMonitor(
                        new Clock() {
                            @Override
                            public long unixMillis() {
                                return now[0] * 1000;
                            }

                            @Override
                            public long nanos() {
                                return 0;
                            }
                        });
        monitor.threshold(1);
        for (int i = 0; i < secondsAndMillis.length; i += 2) {
            now[0] = secondsAndMillis[i];
            monitor.sample("command", secondsAndMillis[i + 1] * 1_000_000);
        }
        return monitor.event("command");
    }

    @Test
    void drawsAsTheReferenceDoes() {
        LatencyEvent event =
                event(
                        1795469567,
                        11,
                        1795469568,
                        80,
                        1795469569,
                        30,
                        1795469570,
                        52,
                        1795469572,
                        20,
                        1795469573,
                        100,
                        1795469574,
                        66);
        assertEquals(
                "command - high 100 ms, low 11 ms (all time high 100 ms)\n"
                        + LINE
                        + " _   # \n"
                        + " |   |o\n"
                        + " | # ||\n"
                        + "_|#|o||\n"
                        + "       \n"
                        + "8765321\n"
                        + "sssssss\n",
                LatencyGraph.draw(event, 1795469575));
    }

    @Test
    void oneSampleIsALowColumn() {
        assertEquals(
                "command - high 7 ms, low 7 ms (all time high 7 ms)\n"
                        + LINE
                        + " \n \n \n_\n \n2\nm\n",
                LatencyGraph.draw(event(1000, 7), 1130));
    }

    @Test
    void moreThanEightySamplesTakeSeveralBlocks() {
        long[] samples = new long[200];
        for (int i = 0; i < 100; i++) {
            samples[2 * i] = 1000L + i;
            samples[2 * i + 1] = 5;
        }
        String[] lines = LatencyGraph.draw(event(samples), 1000 + 86_400 * 12).split("\n", -1);
        assertEquals(80, lines[5].length());
        assertEquals("1".repeat(80), lines[7]);
        assertEquals("", lines[10]);
        assertEquals("_".repeat(20), lines[14]);
    }
}
