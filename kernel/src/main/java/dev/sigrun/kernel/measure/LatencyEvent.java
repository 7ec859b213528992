// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.measure;

/**
 * How long things of one kind took: the worst of each second in which any took too long, for the
 * latest such seconds, and sums over all of them. Owner thread only.
 */
public final class LatencyEvent {
    /** Seconds that are kept. */
    public static final int SAMPLES_MAX = 160;

    private final String name;
    private final long[] seconds = new long[SAMPLES_MAX];
    private final long[] millis = new long[SAMPLES_MAX];
    private int next;
    private int size;
    private long worstMillis;
    private long sumMillis;
    private long count;

    LatencyEvent(String name) {
        this.name = name;
    }

    void add(long unixSeconds, long tookMillis) {
        worstMillis = Math.max(worstMillis, tookMillis);
        sumMillis += tookMillis;
        count++;
        int last = (next + SAMPLES_MAX - 1) % SAMPLES_MAX;
        if (size > 0 && seconds[last] == unixSeconds) {
            millis[last] = Math.max(millis[last], tookMillis);
            return;
        }
        seconds[next] = unixSeconds;
        millis[next] = tookMillis;
        next = (next + 1) % SAMPLES_MAX;
        size = Math.min(size + 1, SAMPLES_MAX);
    }

    /** What took so long. */
    public String name() {
        return name;
    }

    /** Number of seconds that are kept. */
    public int samples() {
        return size;
    }

    private int at(int sample) {
        return (next - size + sample + SAMPLES_MAX) % SAMPLES_MAX;
    }

    /** The Unix second of a sample, 0 being the oldest. */
    public long seconds(int sample) {
        return seconds[at(sample)];
    }

    /** The worst of that second, in milliseconds. */
    public long millis(int sample) {
        return millis[at(sample)];
    }

    /** The worst of all. */
    public long worstMillis() {
        return worstMillis;
    }

    /** All of them together. */
    public long sumMillis() {
        return sumMillis;
    }

    /** How many there were. */
    public long count() {
        return count;
    }
}
