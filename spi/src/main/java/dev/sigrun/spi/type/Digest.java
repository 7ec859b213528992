// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.type;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.ForKernel;

/** Collects what makes two values equal, for {@code DEBUG DIGEST} and {@code DIGEST-VALUE}. */
@ForKernel
public interface Digest {
    /** Adds a number. */
    void add(long value);

    /** Adds bytes. */
    void add(Bytes content);

    /** Adds bytes from the heap. */
    void add(byte[] content);

    /**
     * Adds bytes from memory of the plugin.
     *
     * @param address address of the first byte
     * @param length number of bytes
     */
    void add(long address, long length);

    /**
     * Mixes bytes into the whole, where the order counts, as Valkey does for the elements of a
     * list. For types with a number of their own alone.
     *
     * @param address address of the first byte
     * @param length number of bytes
     */
    void ordered(long address, long length);

    /**
     * Adds bytes to the whole, where the order does not count, as Valkey does for the members of a
     * set. For types with a number of their own alone.
     *
     * @param address address of the first byte
     * @param length number of bytes
     */
    void unordered(long address, long length);

    /** Ends an element. The order of elements does not matter, the order within one does. */
    void endElement();
}
