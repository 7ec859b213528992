// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.records;

/** The order of two records. Owner thread only. */
@FunctionalInterface
public interface RecordOrder {
    /**
     * Compares two records.
     *
     * @param a address of one
     * @param b address of the other
     * @return below 0 when {@code a} comes first, above 0 when {@code b} does, 0 when either may
     */
    int compare(long a, long b);
}
