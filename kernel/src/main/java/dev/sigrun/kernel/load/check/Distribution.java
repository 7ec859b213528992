// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.check;

/**
 * How numbers are distributed, to three digits, so that percentiles are those that Valkey's tool
 * finds. Numbers past the largest are not counted, as there.
 */
final class Distribution {
    private static final int EXACT = 2048;
    private static final int HALF = EXACT / 2;
    private static final int HALF_BITS = 10;

    private final long[] counts;
    private long total;

    /** Counts numbers up to one, and a little beyond. */
    Distribution(long largest) {
        int halves = 2;
        for (long end = EXACT; end <= largest; end *= 2) {
            halves++;
        }
        counts = new long[halves * HALF];
    }

    private static int index(long number) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(number) - HALF_BITS - 1);
        return shift * HALF + (int) (number >>> shift);
    }

    /** The largest number that is counted together with the first one of a place. */
    private static long largestAt(int index) {
        int shift = Math.max(0, index / HALF - 1);
        long first = (long) (index - shift * HALF) << shift;
        return first + (1L << shift) - 1;
    }

    void count(long number) {
        int index = index(number);
        if (index < counts.length) {
            counts[index]++;
            total++;
        }
    }

    /** The number that so many percent of all do not exceed. */
    long percentile(double percent) {
        long wanted = Math.max(1, (long) (percent / 100 * total + 0.5));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return largestAt(i);
            }
        }
        return 0;
    }
}
