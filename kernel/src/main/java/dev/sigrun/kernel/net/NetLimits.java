// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

/**
 * The limits that connections look at all the time, copied out of the configuration. Written by the
 * owner, read by every loop; a loop that sees an old value for a moment does no harm.
 */
final class NetLimits {
    private volatile long bulkBytesMax = 512L << 20;
    private volatile long queryBytesMax = 1L << 30;
    private volatile OutputLimit normal = OutputLimit.NONE;
    private volatile OutputLimit subscribers = OutputLimit.NONE;

    /** {@code proto-max-bulk-len}; a buffer cannot hold more than 2 GiB. */
    long bulkBytesMax() {
        return bulkBytesMax;
    }

    void bulkBytesMax(long bytes) {
        bulkBytesMax = Math.min(bytes, Integer.MAX_VALUE - (1 << 20));
    }

    /** {@code client-query-buffer-limit}. */
    long queryBytesMax() {
        return queryBytesMax;
    }

    void queryBytesMax(long bytes) {
        queryBytesMax = Math.min(bytes, Integer.MAX_VALUE - (1 << 20));
    }

    /** {@code client-output-buffer-limit}, for subscribers or for the others. */
    OutputLimit output(boolean ofSubscribers) {
        return ofSubscribers ? subscribers : normal;
    }

    void output(OutputLimit ofNormal, OutputLimit ofSubscribers) {
        normal = ofNormal;
        subscribers = ofSubscribers;
    }
}
