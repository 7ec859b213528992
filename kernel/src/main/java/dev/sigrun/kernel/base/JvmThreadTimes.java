// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.base;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * The real times. The JVM asks the operating system's clock of the thread, to the nanosecond and
 * within a microsecond. What it needs for that it loads when it is first asked.
 */
public final class JvmThreadTimes implements ThreadTimes {
    /** Loaded on first use, since not every server asks. */
    private static final class Holder {
        static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    }

    @Override
    public long cpuNanos(long threadId) {
        return Math.max(Holder.THREADS.getThreadCpuTime(threadId), 0);
    }
}
