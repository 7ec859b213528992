// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

/**
 * How long a command took: counts by powers of two, each cut into eight, of nanoseconds; an error
 * of at most one eighth. Owner thread only.
 */
public final class LatencyHistogram {
    private static final int CUTS_LOG = 3;
    private static final int CUTS = 1 << CUTS_LOG;

    private final long[] counts = new long[64 * CUTS];
    private long total;

    void add(long nanos, long times) {
        counts[index(Math.max(nanos, 1))] += times;
        total += times;
    }

    private static int index(long nanos) {
        int exponent = 63 - Long.numberOfLeadingZeros(nanos);
        int cut =
                exponent >= CUTS_LOG
                        ? (int) (nanos >>> exponent - CUTS_LOG) & CUTS - 1
                        : (int) (nanos << CUTS_LOG - exponent) & CUTS - 1;
        return exponent * CUTS + cut;
    }

    private static double upper(int index) {
        double width = Math.scalb(1.0, index / CUTS);
        return width + width * (index % CUTS + 1) / CUTS;
    }

    /** Number of calls. */
    public long total() {
        return total;
    }

    /** Number of calls that took less than a power of two of nanoseconds. */
    public long below(int power) {
        long count = 0;
        for (int i = 0; i < power * CUTS; i++) {
            count += counts[i];
        }
        return count;
    }

    /**
     * The time that a share of the calls did not exceed.
     *
     * @param percent from 0 to 100
     * @return microseconds
     */
    public double percentileMicros(double percent) {
        long wanted = Math.max(1, (long) Math.ceil(total * percent / 100.0));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return upper(i) / 1000.0;
            }
        }
        return 0;
    }
}
