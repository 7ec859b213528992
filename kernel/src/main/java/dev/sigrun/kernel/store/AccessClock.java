// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import java.util.random.RandomGenerator;

/**
 * What the 24 bits in an entry's header mean. Under an LRU policy they are seconds, which come
 * round after 194 days; under an LFU policy 16 bits of minutes and a logarithmic counter of 8 bits.
 * The rules of growth and decay are Valkey's. Owner thread only.
 */
public final class AccessClock {
    /** The counter of a new key, so that it is not evicted before it had a chance. */
    static final int LFU_FIRST = 5;

    private static final int LRU_MASK = (1 << 24) - 1;
    private static final int MINUTES_MASK = 0xFFFF;
    private static final int COUNTER_MAX = 255;

    private final RandomGenerator random;
    private boolean lfu;
    private int logFactor = 10;
    private int decayMinutes = 1;
    private int seconds;
    private int minutes;

    AccessClock(RandomGenerator random) {
        this.random = random;
    }

    /** Sets the policy in force. */
    public void configure(boolean useLfu, int lfuLogFactor, int lfuDecayMinutes) {
        lfu = useLfu;
        logFactor = lfuLogFactor;
        decayMinutes = lfuDecayMinutes;
    }

    /** Whether frequencies are counted rather than times. */
    public boolean isLfu() {
        return lfu;
    }

    void advance(long unixMillis) {
        seconds = (int) (unixMillis / 1000) & LRU_MASK;
        minutes = (int) (unixMillis / 60_000) & MINUTES_MASK;
    }

    int fresh() {
        return lfu ? minutes << 8 | LFU_FIRST : seconds;
    }

    /** The bits after one more access. */
    int accessed(int clock) {
        return lfu ? minutes << 8 | grown(frequency(clock)) : seconds;
    }

    private int grown(int counter) {
        if (counter == COUNTER_MAX) {
            return counter;
        }
        double base = Math.max(counter - LFU_FIRST, 0);
        double chance = 1.0 / (base * logFactor + 1);
        return random.nextDouble() < chance ? counter + 1 : counter;
    }

    /** The counter after the decay that is due. */
    int frequency(int clock) {
        int counter = clock & COUNTER_MAX;
        int elapsed = minutes - (clock >>> 8) & MINUTES_MASK;
        int periods = decayMinutes == 0 ? 0 : elapsed / decayMinutes;
        return Math.max(counter - periods, 0);
    }

    long idleSeconds(int clock) {
        return (long) seconds - clock & LRU_MASK;
    }

    int clockForIdle(long idle) {
        return (int) (seconds - idle) & LRU_MASK;
    }

    int clockForFrequency(int frequency) {
        return minutes << 8 | frequency & COUNTER_MAX;
    }
}
