// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.type;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.ForKernel;

/** Takes a value in the primitives of Valkey's files. Confined to the thread that encodes. */
@ForKernel
public interface NativeOutput {
    /** One byte. */
    void writeByte(int value);

    /** Four bytes, little-endian. */
    void writeInt(int value);

    /** Eight bytes, little-endian. */
    void writeLong(long value);

    /** A double in eight bytes, little-endian. */
    void writeDouble(double value);

    /** A length or a count, in 1, 2, 5 or 9 bytes. */
    void writeLength(long value);

    /** A string, compressed or as a number where that is shorter. */
    void writeString(Bytes content);

    /** A string from the heap. */
    void writeString(byte[] content);

    /**
     * A string from memory of the plugin.
     *
     * @param address address of the first byte
     * @param length number of bytes
     */
    void writeString(long address, long length);

    /** The decimal digits of a number as a string, in the compact form where there is one. */
    void writeIntegerString(long value);

    /**
     * Bytes as they are, without their length.
     *
     * @param address address of the first byte
     * @param length number of bytes
     */
    void writeRaw(long address, long length);
}
