// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

/**
 * Walks from the end of a table to its start and yields the runs of bytes that both strings share
 * in one longest common subsequence, the last run first. Where there are several such subsequences
 * it takes the one that Valkey takes. Owner thread only.
 */
final class LcsRuns {
    private final LcsTable table;
    private int startInA;
    private int startInB;
    private int length;

    LcsRuns(LcsTable table) {
        this.table = table;
        this.startInA = table.a().length();
        this.startInB = table.b().length();
    }

    /** Moves to the next run. */
    boolean next() {
        int i = startInA;
        int j = startInB;
        while (i > 0 && j > 0 && !matches(i, j)) {
            // Where both ways are as good, b is shortened.
            if (table.stepsUp(i, j)) {
                i--;
            } else {
                j--;
            }
        }
        int end = i;
        while (i > 0 && j > 0 && matches(i, j)) {
            i--;
            j--;
        }
        length = end - i;
        startInA = i;
        startInB = j;
        return length > 0;
    }

    private boolean matches(int i, int j) {
        return table.a().byteAt(i - 1) == table.b().byteAt(j - 1);
    }

    /** Position of the run's first byte in the first string. */
    int startInA() {
        return startInA;
    }

    /** Position of the run's first byte in the second string. */
    int startInB() {
        return startInB;
    }

    /** Number of bytes in the run. */
    int length() {
        return length;
    }
}
