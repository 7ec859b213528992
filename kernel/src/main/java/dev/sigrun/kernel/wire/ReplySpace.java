// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.wire;

/** The memory that replies are written to; the layer that sends them lends it. */
public interface ReplySpace {
    /** Address of the first byte; changes when the space grows. */
    long address();

    /** Number of bytes. */
    int capacity();

    /**
     * Makes room, keeping what has been written.
     *
     * @param used bytes written so far
     * @param needed bytes that must fit behind them
     */
    void grow(int used, int needed);
}
