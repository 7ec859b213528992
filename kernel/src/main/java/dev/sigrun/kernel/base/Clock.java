// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.base;

/** The time. Any thread. Tests bring a clock of their own. */
public interface Clock {
    /** Milliseconds since the Unix epoch. */
    long unixMillis();

    /** Nanoseconds of a clock that never goes back, for measuring spans. */
    long nanos();

    /** Microseconds since the Unix epoch. */
    default long unixMicros() {
        return unixMillis() * 1000;
    }
}
