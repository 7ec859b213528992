// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hyperloglog;

import java.util.Arrays;

/**
 * All registers in the easiest form, one in a byte: where several HyperLogLogs are merged. Confined
 * to its thread.
 */
final class Registers {
    private static final int WORDS = Layout.REGISTERS / 8;
    private static final long HIGHEST_BITS = 0x8080808080808080L;

    private final long[] words = new long[WORDS];

    /** Sets all registers to 0. */
    void clear() {
        Arrays.fill(words, 0);
    }

    /** The value of a register. */
    int get(int index) {
        return (int) (words[index >>> 3] >>> 8 * (index & 7)) & 0xFF;
    }

    /** Raises registers to a value where they are lower. */
    void raise(int index, int count, int value) {
        for (int i = index; i < index + count; i++) {
            if (get(i) < value) {
                int shift = 8 * (i & 7);
                words[i >>> 3] = words[i >>> 3] & ~(0xFFL << shift) | (long) value << shift;
            }
        }
    }

    /** Raises registers to those of a dense HyperLogLog where they are lower. */
    void raiseToDense(long address) {
        long registers = address + Layout.HEADER_BYTES;
        for (int i = 0; i < WORDS; i++) {
            words[i] = larger(words[i], DenseRegisters.word(registers, i));
        }
    }

    /** The larger byte of each pair of bytes, none of which has its highest bit set. */
    private static long larger(long a, long b) {
        // Subtracting from a with the highest bit set takes that bit away where b is larger.
        long notLess = ((a | HIGHEST_BITS) - b & HIGHEST_BITS) >>> 7;
        long all = notLess * 0xFF;
        return a & all | b & ~all;
    }

    /** Writes the registers in the dense encoding, header apart. */
    void writeDense(long address) {
        long registers = address + Layout.HEADER_BYTES;
        for (int i = 0; i < WORDS; i++) {
            DenseRegisters.word(registers, i, words[i]);
        }
    }

    /** Counts the registers of each value. */
    void count(Histogram histogram) {
        for (int i = 0; i < WORDS; i++) {
            histogram.addWord(words[i]);
        }
    }
}
