// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

/**
 * How large the query buffer should be that a connection has for itself, because a request came in
 * pieces. It is kept for the next such request, and shrinks when it is idle or larger than of late
 * needed; the rules are Valkey's. Confined to the connection's loop.
 */
final class QuerySize {
    /** Room for at least so many bytes is made before each read. */
    static final int STEP = 16 * 1024;

    /** An announced length is believed up to this; beyond, bytes must have arrived. */
    private static final int BELIEVED_BYTES = 1 << 20;

    private static final int KEPT_BYTES_MAX = 2 * BELIEVED_BYTES;
    private static final int LARGE_BYTES = 2 * STEP;
    private static final int SPARE_BYTES = STEP / 4;
    private static final int BYTES_MAX = Integer.MAX_VALUE - 64;

    /** Two seconds, as the server ticks ten times in one. */
    private static final int IDLE_TICKS = 20;

    private int peak;
    private int quietTicks;

    /** The buffer has so many bytes in it after a read. */
    void filled(int used) {
        peak = Math.max(peak, used);
        quietTicks = 0;
    }

    /**
     * Whether an empty buffer is kept for the next request; a huge one is not, unlike on Valkey.
     */
    static boolean isKept(int capacity) {
        return capacity <= KEPT_BYTES_MAX;
    }

    /**
     * Capacity for a buffer that has bytes in it and will be read into. Beyond what is believed it
     * at most doubles, so that nobody takes memory by mere announcement.
     *
     * @param missing how many more bytes the request says it needs
     */
    static int roomy(int used, long missing) {
        long believed = Math.min(missing, Math.max(used, BELIEVED_BYTES));
        return (int) Math.min(used + Math.max(believed, STEP), BYTES_MAX);
    }

    /**
     * A tick has passed: the capacity that the buffer should have now, which is never more than it
     * has. Nothing says that an empty idle buffer should not be there at all.
     *
     * @param missing how many more bytes the request says it needs
     */
    int afterTick(int capacity, int used, long missing) {
        quietTicks++;
        int recent = Math.max(peak, used);
        peak = used;
        if (capacity - used <= SPARE_BYTES) {
            return capacity;
        }
        if (quietTicks > IDLE_TICKS) {
            return used;
        }
        boolean wasteful = capacity > LARGE_BYTES && capacity / 2 > recent + missing;
        return wasteful ? Math.min(roomy(recent, missing), capacity) : capacity;
    }
}
