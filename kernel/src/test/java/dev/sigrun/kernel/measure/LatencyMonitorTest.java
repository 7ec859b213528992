// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class LatencyMonitorTest {
    private final Ticking clock = new Ticking();
    private final LatencyMonitor monitor = new LatencyMonitor(clock);

    private void sample(long millis) {
        monitor.sample("command", millis * 1_000_000);
    }

    @Test
    void keepsNothingWhileItIsOff() {
        sample(1_000_000);
        assertNull(monitor.event("command"));
    }

    @Test
    void keepsWhatReachesTheThreshold() {
        monitor.threshold(100);
        monitor.sample("command", 99_999_999);
        assertNull(monitor.event("command"));
        sample(100);
        assertEquals(100, monitor.event("command").millis(0));
    }

    @Test
    void aThresholdTooLargeToCountInNanosecondsKeepsNothing() {
        monitor.threshold(Long.MAX_VALUE);
        monitor.sample("command", Long.MAX_VALUE - 1);
        assertNull(monitor.event("command"));
    }

    @Test
    void aSecondHasOneSampleItsWorst() {
        monitor.threshold(1);
        sample(5);
        sample(9);
        sample(7);
        LatencyEvent event = monitor.event("command");
        assertEquals(1, event.samples());
        assertEquals(9, event.millis(0));
        assertEquals(21, event.sumMillis());
        assertEquals(3, event.count());
    }

    @Test
    void onlyTheLatestSecondsStay() {
        monitor.threshold(1);
        for (int i = 0; i < 200; i++) {
            clock.unixSeconds++;
            sample(i + 1);
        }
        LatencyEvent event = monitor.event("command");
        assertEquals(LatencyEvent.SAMPLES_MAX, event.samples());
        assertEquals(41, event.millis(0));
        assertEquals(200, event.millis(159));
        assertEquals(clock.unixSeconds, event.seconds(159));
        assertEquals(200, event.worstMillis());
    }

    @Test
    void forgetsByNameInAnyCaseOrAll() {
        monitor.threshold(1);
        sample(5);
        monitor.sample("expire-cycle", 5_000_000);
        assertFalse(monitor.reset("other"));
        assertTrue(monitor.reset("COMMAND"));
        assertEquals(1, monitor.reset());
        assertTrue(monitor.events().isEmpty());
    }
}
