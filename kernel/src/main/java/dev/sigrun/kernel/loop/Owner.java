// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.loop;

/** The one thread that executes commands and touches the keyspace. */
public interface Owner {
    /** Whether the caller is the owner. Any thread. */
    boolean isOwner();

    /** Runs a task on the owner, after what is under way. Any thread. */
    void execute(Runnable task);

    /**
     * Runs a task on the owner once, after a while. Any thread.
     *
     * @param delayMillis time until then
     */
    void after(long delayMillis, Runnable task);

    /**
     * Runs a task on the owner again and again. Any thread.
     *
     * @param periodMillis time between two starts
     */
    void every(long periodMillis, Runnable task);
}
