// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.base;

import java.time.Instant;

/** The machine's own clock. Any thread. */
public final class SystemClock implements Clock {
    @Override
    public long unixMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public long unixMicros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }
}
