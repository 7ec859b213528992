// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

/**
 * Shows a structure as it is when the walk begins, in steps between which the structure may change.
 * Owner thread only.
 */
public interface SteppedWalk extends AutoCloseable {
    /**
     * Shows the next part.
     *
     * @return whether there is more
     */
    boolean step();

    /** Whether the walk has something left to show of the structure with this root. */
    boolean isOf(long root);

    /** Ends the walk; the structure goes on without it. */
    @Override
    void close();
}
