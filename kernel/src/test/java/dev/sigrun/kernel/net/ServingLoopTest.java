// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServingLoopTest {
    private static final int FAILURES = 3;

    @Test
    void aLoopWhoseSocketsCannotBeServedForWantOfMemoryGoesOn() throws Exception {
        AtomicInteger turns = new AtomicInteger();
        ServingLoop loop =
                new ServingLoop(
                        "test",
                        thread -> new Failing(NioIoHandler.newFactory().newHandler(thread), turns));
        try {
            for (int i = 0; i < 2 * FAILURES; i++) {
                assertEquals("done", loop.submit(() -> "done").get(10, TimeUnit.SECONDS));
            }
        } finally {
            loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
    }

    /** Fails in its first turns. */
    private record Failing(IoHandler whole, AtomicInteger turns) implements IoHandler {
        @Override
        public void initialize() {
            whole.initialize();
        }

        @Override
        public int run(IoHandlerContext context) {
            if (turns.incrementAndGet() <= FAILURES) {
                throw new OutOfMemoryError("of the test");
            }
            return whole.run(context);
        }

        @Override
        public void prepareToDestroy() {
            whole.prepareToDestroy();
        }

        @Override
        public void destroy() {
            whole.destroy();
        }

        @Override
        public IoRegistration register(IoHandle handle) throws Exception {
            return whole.register(handle);
        }

        @Override
        public void wakeup() {
            whole.wakeup();
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> kind) {
            return whole.isCompatible(kind);
        }
    }
}
