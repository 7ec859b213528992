// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import dev.sigrun.kernel.loop.Owner;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** An owner that is the test's own thread, while it runs what was given. */
final class QueueOwner implements Owner {
    private static final long SECONDS_MAX = 20;

    private final Thread thread = Thread.currentThread();
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

    @Override
    public boolean isOwner() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Later is never, here: nothing that is waited for comes by time. */
    @Override
    public void after(long delayMillis, Runnable task) {}

    @Override
    public void every(long periodMillis, Runnable task) {}

    /** Runs tasks until something is so. */
    void runUntil(BooleanSupplier isSo) {
        while (!isSo.getAsBoolean()) {
            Runnable task;
            try {
                task = tasks.poll(SECONDS_MAX, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            if (task == null) {
                throw new AssertionError("nothing happens any more");
            }
            task.run();
        }
    }
}
