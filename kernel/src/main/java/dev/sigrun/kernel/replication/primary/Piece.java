// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.primary;

/**
 * Bytes on their way to one replica or several. Owner thread only.
 *
 * <p>The array is never compared nor changed.
 */
final class Piece {
    /** What is sent. */
    final byte[] content;

    private final Runnable taken;
    private int takers;

    /**
     * Makes a piece for some replicas.
     *
     * @param takers how many
     * @param taken runs when all of them have taken it, or are gone
     */
    Piece(byte[] content, int takers, Runnable taken) {
        this.content = content;
        this.takers = takers;
        this.taken = taken;
    }

    /** One replica has taken it, or is gone. */
    void taken() {
        takers--;
        if (takers == 0) {
            taken.run();
        }
    }
}
