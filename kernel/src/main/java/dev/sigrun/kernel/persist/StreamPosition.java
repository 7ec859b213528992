// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist;

/**
 * Where data stands in the history of changes.
 *
 * @param id the history's name, 40 hexadecimal digits
 * @param offset bytes of the stream of changes up to here
 * @param database the database that the stream has selected, 0 before it has selected any
 */
public record StreamPosition(String id, long offset, int database) {
    /** Knows the position. */
    @FunctionalInterface
    public interface Source {
        /** The position now; null when nobody could go on from there. Owner thread only. */
        StreamPosition now();
    }
}
