// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.wire;

import dev.sigrun.memory.Memory;
import java.lang.foreign.Arena;

/**
 * Room for what is written in the form of replies and does not go straight to a client. It is no
 * data and so does not count as such. Confined to the thread that writes first.
 *
 * <p>Freed by hand when it was large, since memory that waits for the collector would let a client
 * that sends much drive the server to its limit between two collections.
 */
public final class ScratchSpace implements ReplySpace {
    private static final int BYTES_FIRST = 1024;
    private static final int BYTES_KEPT_MAX = 64 * 1024;

    private Arena arena;
    private long address;
    private int capacity;

    /** Makes a space, which takes no memory before it is written to. */
    public ScratchSpace() {}

    @Override
    public long address() {
        return address;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public void grow(int used, int needed) {
        long wished = Math.max(Math.max((long) used + needed, capacity * 2L), BYTES_FIRST);
        int bytes = (int) Math.min(wished, Integer.MAX_VALUE - 64);
        if (bytes - used < needed) {
            throw new IllegalStateException("what is written at once may not exceed 2 GiB");
        }
        Arena old = arena;
        boolean isTaken = false;
        Arena fresh = Arena.ofConfined();
        try {
            long target = fresh.allocate(bytes).address();
            if (used > 0) {
                Memory.copy(address, target, used);
            }
            arena = fresh;
            address = target;
            capacity = bytes;
            isTaken = true;
        } finally {
            if (!isTaken) {
                fresh.close();
            }
        }
        if (old != null) {
            old.close();
        }
    }

    /** Makes room for so many bytes; what was written may be lost. */
    public void room(int bytes) {
        if (capacity < bytes) {
            grow(0, bytes);
        }
    }

    /** Gives back what a large content needed. What was written is gone. */
    public void trim() {
        if (capacity > BYTES_KEPT_MAX) {
            free();
        }
    }

    /** Gives everything back. What was written is gone; the space can be written to again. */
    public void free() {
        if (arena != null) {
            arena.close();
            arena = null;
            address = 0;
            capacity = 0;
        }
    }
}
