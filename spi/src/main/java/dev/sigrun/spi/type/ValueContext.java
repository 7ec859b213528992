// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.type;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.ForKernel;
import dev.sigrun.spi.memory.OffHeap;

/**
 * What every method of a type is told about the value at hand. It comes first in each signature, so
 * that it can grow without a second version of any method.
 */
@ForKernel
public interface ValueContext {
    /** Name of the key, or null when the value belongs to none, as during a free. */
    Bytes key();

    /** Number of the database, or -1. */
    int db();

    /**
     * A cell that belongs to no key yet, for a value that is about to be returned: what a codec
     * decodes, or a copy. There is one at a time; it goes when another is asked for or the method
     * throws.
     *
     * @param length bytes of the value, at least 1; they are undefined
     */
    Cell newCell(int length);

    /** The off-heap memory of the type's plugin. */
    OffHeap memory();

    /**
     * Whether limits that hold for users' wishes hold here too; false when the input comes from a
     * primary or a file of this server.
     */
    boolean limitsApply();
}
