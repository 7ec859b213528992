// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.type;

import dev.sigrun.spi.ForPlugin;

/**
 * One serialised layout of a type, in all its versions. A type may have several codecs, for example
 * for the layouts of different products; the first one declared is the one that writes.
 *
 * @param <V> class of the values
 */
@ForPlugin
public interface RdbCodec<V> {
    /** The nine characters ({@code A-Z a-z 0-9 - _}) that name the layout in a file. */
    String wireName();

    /** The oldest version that {@link #decode} reads. */
    int versionMin();

    /** The newest version that {@link #decode} reads, at most 1023. */
    int versionMax();

    /** The version that {@link #encode} writes, or -1 when this codec only reads. */
    int versionWritten();

    /**
     * Writes a value.
     *
     * @param version what {@link #versionWritten} said
     * @throws RdbException when the output cannot take it
     */
    void encode(ValueContext context, V value, RdbWriter out, int version) throws RdbException;

    /**
     * Reads a value from hostile input. Checks every number before it allocates, and frees what it
     * holds when it gives up.
     *
     * @param version version that the input names, within the bounds above
     * @throws RdbException when the input is damaged or beyond what this codec accepts
     */
    V decode(ValueContext context, RdbReader in, int version) throws RdbException;
}
