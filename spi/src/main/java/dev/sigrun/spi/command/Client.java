// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.command;

import dev.sigrun.spi.ForKernel;

/** The client on whose behalf a command runs. */
@ForKernel
public interface Client {
    /** The id that {@code CLIENT ID} answers. */
    long id();

    /** The selected database. */
    int db();

    /** The protocol version of replies, 2 or 3. */
    int protocol();

    /**
     * Whether the command comes from a primary or a file, and so must be applied as it is: limits
     * on what a user may ask for do not hold.
     */
    boolean isReplicated();

    /** Whether the command is one that a script calls for the client. */
    boolean isInScript();
}
