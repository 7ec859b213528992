// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event loop that can take a turn from within a task of its own, and that goes on when memory is
 * short: without its owner a server would be there and do nothing. Confined to its thread.
 */
final class ServingLoop extends SingleThreadIoEventLoop {
    /** For so long a loop works off tasks before it looks at its sockets again. */
    private static final long TASK_MILLIS_MAX = 1;

    private static final Logger LOG = LoggerFactory.getLogger(ServingLoop.class);

    private long failures;

    ServingLoop(String name, IoHandlerFactory handlers) {
        super(
                null,
                new LoopThreads(name),
                handlers,
                Integer.MAX_VALUE,
                RejectedExecutionHandlers.reject(),
                TASK_MILLIS_MAX);
    }

    private static void nothing() {}

    /** Serves the sockets. Netty ends the thread when this fails with an error. */
    @Override
    protected int runIo() {
        try {
            return super.runIo();
        } catch (Error failure) {
            report(failure);
            return 0;
        }
    }

    /** Says it, but ever more seldom: while memory is short it may happen at every turn. */
    private void report(Error failure) {
        failures++;
        if (Long.bitCount(failures) == 1) {
            try {
                LOG.error("A loop goes on after an error, number {}", failures, failure);
            } catch (OutOfMemoryError e) {
                // There is no memory even to say so.
                failures++;
            }
        }
    }

    /**
     * Serves the sockets that are ready and works off tasks for a moment, without waiting. Called
     * by a task that takes long.
     */
    void pump() {
        // With a task at hand the sockets are only looked at.
        execute(ServingLoop::nothing);
        runIo();
        runAllTasks(TimeUnit.MILLISECONDS.toNanos(TASK_MILLIS_MAX));
    }
}
