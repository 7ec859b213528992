// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.type;

import dev.sigrun.spi.ForPlugin;

/**
 * The layouts of a type that has numbers of its own in files, as Valkey's built-in types have. A
 * type that has none describes its layout by {@link RdbCodec}.
 *
 * @param <V> class of the values
 */
@ForPlugin
public interface NativeCodec<V> {
    /** No layout: what {@link #layoutWritten} says of a value that a version cannot hold. */
    int NONE = -1;

    /** The numbers of all layouts that {@link #decode} reads; no other type may read them. */
    int[] layoutsRead();

    /**
     * The number of the layout in which a value is written, or {@link #NONE}.
     *
     * @param rdbVersion version of the file or payload, for example 11 or 80
     */
    int layoutWritten(ValueContext context, V value, int rdbVersion);

    /**
     * Writes a value without its layout's number.
     *
     * @param layout what {@link #layoutWritten} said
     * @throws RdbException when the output cannot take it
     */
    void encode(ValueContext context, V value, int layout, NativeOutput out) throws RdbException;

    /**
     * Reads a value from hostile input. Checks every number before it allocates, and frees what it
     * holds when it gives up.
     *
     * @param layout the number that the input names, one of {@link #layoutsRead}
     * @return the value; null when the input holds an empty one, which no key can have
     * @throws RdbException when the input is damaged
     */
    V decode(ValueContext context, int layout, NativeInput in) throws RdbException;
}
