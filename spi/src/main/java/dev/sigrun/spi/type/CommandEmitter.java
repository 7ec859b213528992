// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.type;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.ForKernel;

/**
 * Takes commands argument by argument: for replicas and for the rewriting of the append-only file.
 */
@ForKernel
public interface CommandEmitter {
    /**
     * Begins a command.
     *
     * @param name the command's name, which is the first argument
     * @param arguments number of arguments that follow
     */
    CommandEmitter command(String name, int arguments);

    /** An argument. */
    CommandEmitter arg(Bytes content);

    /** An argument from the heap. */
    CommandEmitter arg(byte[] content);

    /** An argument in UTF-8. */
    CommandEmitter arg(String text);

    /** A number in decimal digits. */
    CommandEmitter arg(long value);

    /** The key at hand. */
    CommandEmitter key();
}
