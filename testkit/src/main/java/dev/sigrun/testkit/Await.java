// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what is going to happen, for no longer than it takes. Any thread. */
public final class Await {
    private static final long SECONDS_MAX = 10;
    private static final long STEP_NANOS = 500_000;

    private Await() {}

    /**
     * Waits until a condition holds.
     *
     * @param what the condition in words, for the failure
     */
    public static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("did not happen in time: " + what);
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
