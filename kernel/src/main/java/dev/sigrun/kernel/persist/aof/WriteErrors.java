// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.base.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps bytes from being written, and its mention in the log, not at every attempt. Confined
 * to the thread that writes, but for {@link #present} and {@link #forget}.
 */
final class WriteErrors {
    private static final Logger LOG = LoggerFactory.getLogger(AofWriter.class);
    private static final long LOG_MILLIS_MIN = 30_000;

    private final Clock clock;
    private volatile String present;
    private long loggedMillis = Long.MIN_VALUE / 2;
    private boolean mayLog;

    WriteErrors(Clock clock) {
        this.clock = clock;
    }

    /** What is wrong; null for nothing. Any thread. */
    String present() {
        return present;
    }

    /** It does not matter any more. Any thread. */
    void forget() {
        present = null;
    }

    void failed(String reason) {
        take(reason);
        if (mayLog) {
            LOG.warn("Error writing to the AOF file: {}", reason);
        }
    }

    void shortWrite(int written, int expected, String reason) {
        take(reason);
        if (mayLog) {
            LOG.warn(
                    "Short write while writing to the AOF file: (nwritten={}, expected={})",
                    written,
                    expected);
        }
    }

    void notCut(String reason) {
        if (mayLog) {
            LOG.warn(
                    "Could not remove short write from the append-only file. The server may refuse"
                            + " to load the AOF the next time it starts. ftruncate: {}",
                    reason);
        }
    }

    private void take(String reason) {
        present = reason;
        long now = clock.unixMillis();
        mayLog = now - loggedMillis > LOG_MILLIS_MIN;
        if (mayLog) {
            loggedMillis = now;
        }
    }

    /** Something could be written. */
    void solved() {
        if (present != null) {
            present = null;
            LOG.info("AOF write error looks solved. The server can write again.");
        }
    }
}
