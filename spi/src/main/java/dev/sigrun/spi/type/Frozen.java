// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.type;

import dev.sigrun.spi.ForPlugin;

/** An immutable image of a value. Encoded on any one thread, closed on the owner. */
@ForPlugin
public interface Frozen extends AutoCloseable {
    /**
     * Encodes the image as the writing codec would have encoded the value.
     *
     * @param version layout version to write
     * @throws RdbException when the output cannot take it
     */
    void encode(RdbWriter out, int version) throws RdbException;

    /** Lets go of what the image holds. */
    @Override
    void close();
}
