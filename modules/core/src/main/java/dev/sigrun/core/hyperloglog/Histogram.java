// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hyperloglog;

import java.util.Arrays;

/**
 * How many registers have which value, and the number of elements that this speaks for. Confined to
 * its thread.
 *
 * <p>The estimate is Otmar Ertl's ("New cardinality estimation algorithms for HyperLogLog
 * sketches", arXiv:1702.01284), in the order of operations that gives the same bits everywhere.
 */
final class Histogram {
    private static final int VALUES = 64;

    /** The longest run there can be; a register has one more for a hash of all zeros. */
    private static final int RUN_MAX = 50;

    /** Half the reciprocal of the natural logarithm of 2. */
    private static final double ALPHA = 0.7213475204444817;

    /** One histogram for each byte of a word, so that equal neighbours need not wait. */
    private final int[] counts = new int[8 * VALUES];

    /** Forgets everything. */
    void clear() {
        Arrays.fill(counts, 0);
    }

    /** Adds registers of one value. */
    void add(int value, int registers) {
        counts[value] += registers;
    }

    /** Adds eight registers, one in each byte, none above 63. */
    void addWord(long word) {
        counts[(int) word & 63]++;
        counts[VALUES + ((int) (word >>> 8) & 63)]++;
        counts[2 * VALUES + ((int) (word >>> 16) & 63)]++;
        counts[3 * VALUES + ((int) (word >>> 24) & 63)]++;
        counts[4 * VALUES + ((int) (word >>> 32) & 63)]++;
        counts[5 * VALUES + ((int) (word >>> 40) & 63)]++;
        counts[6 * VALUES + ((int) (word >>> 48) & 63)]++;
        counts[7 * VALUES + ((int) (word >>> 56) & 63)]++;
    }

    /** Adds the registers of a dense HyperLogLog. */
    void addDense(long address) {
        long registers = address + Layout.HEADER_BYTES;
        for (int i = 0; i < Layout.REGISTERS / 8; i++) {
            addWord(DenseRegisters.word(registers, i));
        }
    }

    private int count(int value) {
        int sum = 0;
        for (int lane = 0; lane < 8; lane++) {
            sum += counts[lane * VALUES + value];
        }
        return sum;
    }

    /** How many different elements there were, roughly. */
    long estimate() {
        double m = Layout.REGISTERS;
        double z = m * tau((m - count(RUN_MAX + 1)) / m);
        for (int value = RUN_MAX; value >= 1; value--) {
            z += count(value);
            z *= 0.5;
        }
        z += m * sigma(count(0) / m);
        double estimate = ALPHA * m * m / z;
        // Registers that no hash can have set may let it grow beyond all bounds.
        return estimate < 0x1p63 ? Math.round(estimate) : Long.MIN_VALUE;
    }

    private static double sigma(double share) {
        if (share == 1) {
            return Double.POSITIVE_INFINITY;
        }
        double x = share;
        double y = 1;
        double z = x;
        double before;
        do {
            x *= x;
            before = z;
            z += x * y;
            y += y;
        } while (before != z);
        return z;
    }

    private static double tau(double share) {
        if (share == 0 || share == 1) {
            return 0;
        }
        double x = share;
        double y = 1;
        double z = 1 - x;
        double before;
        do {
            x = Math.sqrt(x);
            before = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        } while (before != z);
        return z / 3;
    }
}
