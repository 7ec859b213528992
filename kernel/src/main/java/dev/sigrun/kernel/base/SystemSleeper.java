// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.base;

import java.util.concurrent.locks.LockSupport;

/** Sleeps in real time. Any thread. */
public final class SystemSleeper implements Sleeper {
    @Override
    public void sleep(long nanos) {
        long end = System.nanoTime() + nanos;
        long left = nanos;
        while (left > 0) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            left = end - System.nanoTime();
        }
    }
}
