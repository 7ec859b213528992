// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.base;

/**
 * Gives every task a thread of its own, which does not keep the process alive. For tasks that come
 * one by one when an operator asks for them. Any thread.
 */
public final class DaemonThreads implements Background {
    private final int priority;

    /** Threads that count as much as any other. */
    public DaemonThreads() {
        this(Thread.NORM_PRIORITY);
    }

    private DaemonThreads(int priority) {
        this.priority = priority;
    }

    /**
     * Threads that stand back behind others where there are not enough processors, as far as the
     * system does what it is told about that.
     */
    public static DaemonThreads yielding() {
        return new DaemonThreads(Thread.MIN_PRIORITY);
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // It is a matter of politeness, not of being right.
    public void run(String name, Runnable task) {
        Thread.ofPlatform().daemon().name(name).priority(priority).start(task);
    }
}
