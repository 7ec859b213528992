// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.read;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the thread that reads has its bytes from. Confined to that thread, but for the bytes. */
public interface Feed extends AutoCloseable {
    /**
     * Waits for bytes and puts some into a buffer with room.
     *
     * @return how many, or -1 at the end
     */
    int read(ByteBuffer into) throws IOException, InterruptedException;

    /** Whether there is nothing to read at the moment, so that {@link #read} would wait. */
    default boolean wouldWait() {
        return false;
    }

    /** How many bytes there are in all; 0 when nobody knows. */
    long bytesTotal();

    /** Takes back bytes that were read too far. */
    void giveBack(ByteBuffer rest);

    /** Makes a read under way, and all later ones, fail. Any thread. */
    void stop();

    @Override
    void close() throws IOException;
}
