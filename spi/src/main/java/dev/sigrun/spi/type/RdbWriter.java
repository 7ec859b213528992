// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.type;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.ForKernel;

/** Takes the typed parts of a value, in order. Confined to the thread that encodes. */
@ForKernel
public interface RdbWriter {
    /** An unsigned 64-bit integer. */
    void unsigned(long value);

    /** A signed 64-bit integer. */
    void signed(long value);

    /** A double. */
    void dbl(double value);

    /** A float. */
    void flt(float value);

    /** A string. */
    void string(Bytes content);

    /** A string from the heap. */
    void string(byte[] content);

    /**
     * A string from memory of the plugin.
     *
     * @param address address of the first byte
     * @param length number of bytes
     */
    void string(long address, long length);

    /**
     * Begins a string that is given in parts by {@link #part}.
     *
     * @param length number of bytes in all
     */
    void beginString(long length);

    /**
     * A part of the string that {@link #beginString} began.
     *
     * @param address address of the first byte
     * @param length number of bytes
     */
    void part(long address, long length);
}
