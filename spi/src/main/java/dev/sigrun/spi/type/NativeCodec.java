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
     * Begins to encode a large value in steps, between which it may change.
     *
     * @param value is where the value is, whatever becomes of its key, until the walk is closed
     * @param layout what {@link #layoutWritten} said
     * @param out takes what the steps encode, and what is encoded because it is about to change
     * @return null when a value of this layout is always encoded at once
     * @throws RdbException when the output cannot take it
     */
    default ValueWalk walk(ValueContext context, V value, int layout, NativeOutput out)
            throws RdbException {
        return null;
    }

    /**
     * Reads a value from hostile input. Checks every number before it allocates, and frees what it
     * holds when it gives up.
     *
     * @param layout the number that the input names, one of {@link #layoutsRead}
     * @return the value; null when the input holds an empty one, which no key can have
     * @throws RdbException when the input is damaged
     */
    V decode(ValueContext context, int layout, NativeInput in) throws RdbException;

    /**
     * Whether values of a layout may be read in several parts, so that a long value does not hold
     * the server. Then {@link #decode} may get the first part alone, and {@link #decodeMore} the
     * others.
     *
     * <p>If the layout is a count and then one element after the other, each part is a count and so
     * many elements. A stream is cut as it is, behind a node, its numbers, the head of a group or
     * consumer, or a pending entry.
     *
     * @param layout one of {@link #layoutsRead}
     */
    default boolean isReadInParts(int layout) {
        return false;
    }

    /**
     * Adds the next part from hostile input to a value of which {@link #decode} has read the first.
     * When it gives up, the value is to be one that can be freed.
     *
     * @param layout what {@link #decode} was given
     * @param in the part; {@link NativeInput#isFollowed} says whether it is the last one
     * @throws RdbException when the input is damaged
     */
    default void decodeMore(ValueContext context, V value, int layout, NativeInput in)
            throws RdbException {
        throw new RdbException(
                RdbException.Reason.UNKNOWN_TYPE, "RDB type " + layout + " is not read in parts");
    }
}
