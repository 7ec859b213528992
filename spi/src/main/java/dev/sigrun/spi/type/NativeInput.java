// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.type;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.ForKernel;

/**
 * Gives a value in the primitives of Valkey's files. Every method throws when the input ends
 * before. Confined to the thread that decodes.
 */
@ForKernel
public interface NativeInput {
    /** Bytes that are left, those behind the value at hand included. */
    long remaining();

    /**
     * Whether this is a part of a value, and {@link NativeCodec#decodeMore} will get the next one.
     */
    default boolean isFollowed() {
        return false;
    }

    /**
     * One byte, 0 to 255.
     *
     * @throws RdbException when the input ends
     */
    int readByte() throws RdbException;

    /**
     * Four bytes, little-endian.
     *
     * @throws RdbException when the input ends
     */
    int readInt() throws RdbException;

    /**
     * Eight bytes, little-endian.
     *
     * @throws RdbException when the input ends
     */
    long readLong() throws RdbException;

    /**
     * A double in eight bytes, little-endian.
     *
     * @throws RdbException when the input ends
     */
    double readDouble() throws RdbException;

    /**
     * A length.
     *
     * @throws RdbException when the input ends or holds something else
     */
    long readLength() throws RdbException;

    /**
     * A count of things that follow, checked against what is left of the input.
     *
     * @param bytesEachMin bytes that each of them takes at least
     * @throws RdbException when there cannot be so many
     */
    long readCount(int bytesEachMin) throws RdbException;

    /**
     * A string, lent until the next call.
     *
     * @throws RdbException when the input ends or the string is damaged
     */
    Bytes readString() throws RdbException;

    /**
     * Bytes as they are, lent until the next call.
     *
     * @param length number of bytes
     * @throws RdbException when the input ends
     */
    Bytes readRaw(int length) throws RdbException;
}
