// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

/**
 * Where a connection takes what it sends once that is more than replies to commands: what is sent
 * stays here until the socket takes it, so that it can be shared with others. Owner thread only.
 */
public interface OutputSource {
    /** Bytes that could be sent now. */
    long readyBytes();

    /**
     * Hands over the next bytes, which are sent for certain or never asked for again.
     *
     * @param capacity how much there is room for
     * @return how many bytes there are now, which may be none
     */
    int fill(long address, int capacity);

    /** Whether nothing more comes, so that the connection closes when everything is sent. */
    boolean isOver();

    /** Bytes that wait for this connection, be they ready or not. */
    long heldBytes();
}
