// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.base;

/** What threads have taken of the processors. Any thread. Tests bring times of their own. */
@FunctionalInterface
public interface ThreadTimes {
    /**
     * Nanoseconds that a thread has spent on a processor; 0 when unknown.
     *
     * @param threadId as of {@link Thread#threadId}
     */
    long cpuNanos(long threadId);
}
