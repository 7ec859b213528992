// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.loop.Owner;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an event loop the owner. Any thread. */
final class LoopOwner implements Owner {
    private static final Logger LOG = LoggerFactory.getLogger(LoopOwner.class);

    private final EventLoop loop;

    LoopOwner(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public boolean isOwner() {
        return loop.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody takes the task back.
    public void after(long delayMillis, Runnable task) {
        loop.schedule(() -> guarded(task), delayMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The task runs for as long as the loop does.
    public void every(long periodMillis, Runnable task) {
        loop.scheduleAtFixedRate(
                () -> guarded(task), periodMillis, periodMillis, TimeUnit.MILLISECONDS);
    }

    /** A fault in one run must not end all later ones. */
    @SuppressWarnings("CatchAndPrintStackTrace")
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A timed task failed", e);
        }
    }
}
