// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocalThread;

/**
 * Makes the threads of the loops. Their stacks are larger than usual: the first of them is the
 * owner, on which scripts run, and an interpreter that calls itself through native code takes more
 * of the stack than Java alone. What is not used takes no memory.
 */
final class LoopThreads extends DefaultThreadFactory {
    private static final long STACK_BYTES = 16L << 20;

    LoopThreads(String name) {
        super(name);
    }

    @Override
    protected Thread newThread(Runnable task, String name) {
        return new FastThreadLocalThread(threadGroup, task, name, STACK_BYTES);
    }
}
