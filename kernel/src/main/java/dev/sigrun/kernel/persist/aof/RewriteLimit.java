// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps rewriting from being tried again and again where it fails, since each attempt leaves a file
 * behind: after three failures in a row it waits a minute, then two, four, up to an hour. Owner
 * thread only.
 */
final class RewriteLimit {
    private static final Logger LOG = LoggerFactory.getLogger(RewriteLimit.class);
    private static final int FAILURES_MAX = 3;
    private static final int MINUTES_MAX = 60;

    private long failures;
    private int minutes;
    private long notBeforeMillis;

    void failed() {
        failures++;
    }

    /** It has worked, or somebody wants it to be tried at once. */
    void reset() {
        failures = 0;
    }

    /** Failures in a row. */
    long failures() {
        return failures;
    }

    /** Whether nothing may begin by itself now. */
    boolean holds(long nowMillis) {
        if (failures < FAILURES_MAX) {
            minutes = 0;
            notBeforeMillis = 0;
            return false;
        }
        if (notBeforeMillis != 0) {
            if (nowMillis < notBeforeMillis) {
                return true;
            }
            notBeforeMillis = 0;
            return false;
        }
        minutes = minutes == 0 ? 1 : Math.min(minutes * 2, MINUTES_MAX);
        notBeforeMillis = nowMillis + minutes * 60_000L;
        LOG.warn(
                "Background AOF rewrite has repeatedly failed and triggered the limit, will retry"
                        + " in {} minutes",
                minutes);
        return true;
    }
}
