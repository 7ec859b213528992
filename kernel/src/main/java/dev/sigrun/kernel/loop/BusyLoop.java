// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.loop;

/**
 * Keeps the server reachable while one command holds the owner for long, as a script may. Owner
 * thread only.
 */
@FunctionalInterface
public interface BusyLoop {
    /** Does nothing: whoever connects meanwhile waits. */
    BusyLoop IDLE = () -> {};

    /**
     * Serves for a moment what cannot wait: reads what other clients have sent, runs the few
     * commands that may run meanwhile, and tells the others that the server is busy.
     */
    void pump();
}
