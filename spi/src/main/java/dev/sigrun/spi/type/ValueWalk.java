// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.type;

import dev.sigrun.spi.ForPlugin;

/**
 * The encoding of a large value in steps, between which commands may change it. What is about to
 * change and has not been encoded, the type encodes before it changes, so that at the end
 * everything has been encoded as it was at the beginning. Owner thread only.
 */
@ForPlugin
public interface ValueWalk extends AutoCloseable {
    /**
     * Encodes the next part, which takes some microseconds.
     *
     * @return whether there is more
     * @throws RdbException when the output cannot take it
     */
    boolean step() throws RdbException;

    /** It is over, whether everything was encoded or not; changes concern it no more. */
    @Override
    void close();
}
