// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.base.Background;
import java.util.ArrayDeque;
import java.util.Deque;

/** Runs tasks elsewhere, one after the other in the order in which they came. Any thread. */
final class SerialTasks {
    private final Background background;
    private final String name;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean runs;

    SerialTasks(Background background, String name) {
        this.background = background;
        this.name = name;
    }

    /** Runs a task once those before it have ended. */
    void add(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (runs) {
                return;
            }
            runs = true;
        }
        background.run(name, this::work);
    }

    /** Tasks that have not ended. */
    int count() {
        synchronized (tasks) {
            return tasks.size();
        }
    }

    private void work() {
        while (true) {
            Runnable task;
            synchronized (tasks) {
                task = tasks.peek();
            }
            task.run();
            synchronized (tasks) {
                tasks.remove();
                if (tasks.isEmpty()) {
                    runs = false;
                    return;
                }
            }
        }
    }
}
