// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.util.concurrent.TimeUnit;

/** An event loop that can take a turn from within a task of its own. Confined to its thread. */
final class ServingLoop extends SingleThreadIoEventLoop {
    /** For so long a loop works off tasks before it looks at its sockets again. */
    private static final long TASK_MILLIS_MAX = 1;

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
