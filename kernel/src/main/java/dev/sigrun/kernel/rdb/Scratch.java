// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import dev.sigrun.spi.type.RdbException;
import java.lang.foreign.Arena;

/**
 * Confined to the thread that asks for room. One block off the heap for strings that the input has
 * in another form than the reader wants.
 *
 * <p>Freed by hand, since memory that waits for the collector would let a client that sends many
 * large strings drive the server to its limit between two collections.
 */
final class Scratch implements AutoCloseable {
    private static final long BYTES_MIN = 4096;
    private static final long RETAINED_BYTES_MAX = 1 << 20;

    private Arena arena;
    private long address;
    private long bytes;

    /**
     * Address of at least so many bytes; the content of an earlier call is lost.
     *
     * @throws RdbException when there is no memory; a value too large for the machine must not end
     *     the server
     */
    long room(long wanted) throws RdbException {
        if (wanted > bytes) {
            try {
                grow(Math.max(wanted, BYTES_MIN));
            } catch (OutOfMemoryError refused) {
                throw RdbException.corrupt("No memory is left for a string of " + wanted);
            }
        }
        return address;
    }

    boolean holds(long wanted) {
        return wanted <= bytes;
    }

    private void grow(long size) {
        close();
        Arena fresh = Arena.ofConfined();
        try {
            address = fresh.allocate(size).address();
            arena = fresh;
            bytes = size;
        } finally {
            if (arena == null) {
                fresh.close();
            }
        }
    }

    /** Gives a large block back, so that one large value does not cost its size for ever. */
    void trim() {
        if (bytes > RETAINED_BYTES_MAX) {
            close();
        }
    }

    @Override
    public void close() {
        if (arena != null) {
            arena.close();
            arena = null;
            address = 0;
            bytes = 0;
        }
    }
}
