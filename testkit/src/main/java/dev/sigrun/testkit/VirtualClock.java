// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import dev.sigrun.kernel.base.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock whose date moves only when the test says so, so that nothing has to be waited for. Spans
 * are measured in real time, since they bound how long the server works. Any thread.
 */
public final class VirtualClock implements Clock {
    private final AtomicLong unixMillis;

    /** Begins at a date. */
    public VirtualClock(long unixMillis) {
        this.unixMillis = new AtomicLong(unixMillis);
    }

    @Override
    public long unixMillis() {
        return unixMillis.get();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    /** Lets time pass. */
    public void advance(long millis) {
        unixMillis.addAndGet(millis);
    }
}
