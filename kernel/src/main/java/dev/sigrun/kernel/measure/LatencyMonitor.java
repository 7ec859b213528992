// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.measure;

import dev.sigrun.kernel.base.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps what held the owner for longer than {@code latency-monitor-threshold}, by kinds of events,
 * of which there are as many as the code names. Owner thread only.
 */
public final class LatencyMonitor {
    private final Clock clock;
    private final Map<String, LatencyEvent> events = new LinkedHashMap<>();
    private long thresholdMillis;
    private long thresholdNanos = Long.MAX_VALUE;

    /** A monitor that is off. */
    public LatencyMonitor(Clock clock) {
        this.clock = clock;
    }

    /** Sets from how many milliseconds on events are kept; 0 for none. */
    public void threshold(long millis) {
        thresholdMillis = millis;
        boolean off = millis == 0 || millis > Long.MAX_VALUE / 1_000_000;
        thresholdNanos = off ? Long.MAX_VALUE : millis * 1_000_000;
    }

    /** From how many milliseconds on events are kept; 0 for none. */
    public long thresholdMillis() {
        return thresholdMillis;
    }

    /** The same in nanoseconds; the greatest of all numbers for none. */
    public long thresholdNanos() {
        return thresholdNanos;
    }

    /** Begins to measure something for {@link #end}; the clock is read only when it matters. */
    public long begin() {
        return thresholdMillis == 0 ? 0 : clock.nanos();
    }

    /** It is over. */
    public void end(String event, long begin) {
        if (thresholdMillis != 0) {
            sample(event, clock.nanos() - begin);
        }
    }

    /** Something took so long. */
    public void sample(String event, long nanos) {
        if (nanos >= thresholdNanos) {
            events.computeIfAbsent(event, LatencyEvent::new)
                    .add(clock.unixMillis() / 1000, nanos / 1_000_000);
        }
    }

    /** What there is, in the order in which it first happened. */
    public Collection<LatencyEvent> events() {
        return events.values();
    }

    /** What there is of one kind, or null. */
    public LatencyEvent event(String name) {
        return events.get(name);
    }

    /** Forgets everything; returns how many kinds of events that were. */
    public int reset() {
        int count = events.size();
        events.clear();
        return count;
    }

    /** Forgets events of one kind, in whatever case it is written; returns whether there were. */
    public boolean reset(String name) {
        return events.keySet().removeIf(event -> event.equalsIgnoreCase(name));
    }
}
