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

    /** No buffer has more room than this for what nobody has announced. */
    private static final int STEP_BYTES_MAX = 16 << 20;

    /** An announced length is believed up to this; beyond, bytes must have arrived. */
    private static final int TRUST_BYTES_MAX = 1 << 20;

    /** All announcements together are believed up to about this. */
    private static final int TRUST_BYTES_OF_ALL = 16 << 20;

    private static final int KEPT_BYTES_MAX = 2 * TRUST_BYTES_MAX;
    private static final int LARGE_BYTES = 2 * STEP;
    private static final int SPARE_BYTES = STEP / 4;
    private static final int SPARE_BYTES_MIN = 256;
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
     * How much of an announced length is believed; less, the more clients have a request under way,
     * so that many who announce much and send little do not take all memory.
     *
     * @param clients how many of them there are
     */
    static int trust(int clients) {
        return Math.clamp(TRUST_BYTES_OF_ALL / Math.max(clients, 1), STEP, TRUST_BYTES_MAX);
    }

    /**
     * Capacity for a buffer that has bytes in it and will be read into. Beyond what is believed it
     * at most doubles, so that nobody takes memory by mere announcement. Of many small arguments
     * hardly more than one is missing at any time, and a step for each would have the whole copied
     * again and again, so it grows by a part of what has come.
     *
     * @param missing how many more bytes the request says it needs
     * @param trust how much of that is believed
     */
    static int roomy(int used, long missing, int trust) {
        return capacity(used, missing, trust, Math.clamp(used / 2, STEP, STEP_BYTES_MAX));
    }

    /** The same for a buffer that is not going to be read into at once, and perhaps never. */
    static int waiting(int used, long missing, int trust) {
        return capacity(used, missing, trust, SPARE_BYTES_MIN);
    }

    private static int capacity(int used, long missing, int trust, int spareMin) {
        long believed = Math.min(missing, Math.max(used, trust));
        return (int) Math.min(used + Math.max(believed, spareMin), BYTES_MAX);
    }

    /**
     * A tick has passed: the capacity that the buffer should have now, which is never more than it
     * has. Nothing says that an empty idle buffer should not be there at all.
     *
     * @param missing how many more bytes the request says it needs
     * @param trust how much of that is believed
     */
    int afterTick(int capacity, int used, long missing, int trust) {
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
        return wasteful ? Math.min(roomy(recent, missing, trust), capacity) : capacity;
    }
}
