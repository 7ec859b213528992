// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.base;

/** Runs what must not hold the owner, such as the reading of a file. Any thread. */
@FunctionalInterface
public interface Background {
    /**
     * Runs a task on some other thread, soon.
     *
     * @param name what the task does, for thread dumps
     */
    void run(String name, Runnable task);
}
