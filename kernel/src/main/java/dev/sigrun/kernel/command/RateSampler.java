// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

/** A rate per second, averaged over the last sixteen samples. Owner thread only. */
public final class RateSampler {
    private static final int SAMPLES = 16;

    private final long[] rates = new long[SAMPLES];
    private int next;
    private long lastMillis;
    private long lastCount;

    /**
     * Takes a sample.
     *
     * @param nowMillis time in milliseconds
     * @param count what is counted, since the start
     */
    public void sample(long nowMillis, long count) {
        long elapsed = nowMillis - lastMillis;
        if (lastMillis != 0 && elapsed > 0) {
            rates[next] = Math.max(count - lastCount, 0) * 1000 / elapsed;
            next = (next + 1) % SAMPLES;
        }
        lastMillis = nowMillis;
        lastCount = count;
    }

    /** The rate per second. */
    public long perSecond() {
        long sum = 0;
        for (long rate : rates) {
            sum += rate;
        }
        return sum / SAMPLES;
    }

    void reset() {
        java.util.Arrays.fill(rates, 0);
        lastMillis = 0;
        lastCount = 0;
    }
}
