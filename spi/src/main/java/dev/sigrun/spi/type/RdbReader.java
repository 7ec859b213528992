// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.type;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.ForKernel;

/**
 * Gives the typed parts of a value, in order. Every method throws when the next part is of another
 * kind or the input ends. Confined to the thread that decodes.
 */
@ForKernel
public interface RdbReader {
    /** The kind of a part. */
    enum Kind {
        /** A signed 64-bit integer. */
        SIGNED,
        /** An unsigned 64-bit integer. */
        UNSIGNED,
        /** A float. */
        FLOAT,
        /** A double. */
        DOUBLE,
        /** A string. */
        STRING,
        /** No part is left. */
        END
    }

    /**
     * The kind of the next part, which stays unread.
     *
     * @throws RdbException when the input is damaged
     */
    Kind peek() throws RdbException;

    /**
     * An unsigned 64-bit integer.
     *
     * @throws RdbException when the next part is none
     */
    long unsigned() throws RdbException;

    /**
     * A signed 64-bit integer.
     *
     * @throws RdbException when the next part is none
     */
    long signed() throws RdbException;

    /**
     * A double.
     *
     * @throws RdbException when the next part is none
     */
    double dbl() throws RdbException;

    /**
     * A float.
     *
     * @throws RdbException when the next part is none
     */
    float flt() throws RdbException;

    /**
     * A string, lent until the next call.
     *
     * @throws RdbException when the next part is none
     */
    Bytes string() throws RdbException;
}
