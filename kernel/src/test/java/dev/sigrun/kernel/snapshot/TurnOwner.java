// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.snapshot;

import dev.sigrun.kernel.loop.Owner;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An owner whose turns a test takes one by one, so that it may do what it likes in between. */
final class TurnOwner implements Owner {
    private static final long PATIENCE_SECONDS = 30;

    private final LinkedBlockingQueue<Runnable> turns = new LinkedBlockingQueue<>();

    /** Takes the next turn, for which it waits. */
    void turn() throws InterruptedException {
        Runnable task = turns.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (task == null) {
            throw new AssertionError("nothing happens any more");
        }
        task.run();
    }

    @Override
    public boolean isOwner() {
        return true;
    }

    @Override
    public void execute(Runnable task) {
        turns.add(task);
    }

    @Override
    public void after(long delayMillis, Runnable task) {
        turns.add(task);
    }

    @Override
    public void every(long periodMillis, Runnable task) {
        throw new UnsupportedOperationException();
    }
}
