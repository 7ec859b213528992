// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;

/** What servers leave behind that were started in this process and have ended. */
class EndedServersTest {
    private static final int SERVERS = 6;

    @Test
    void noBufferAndNoMoreMemoryThanTheOnesBeforeThemHad() throws Exception {
        PooledByteBufAllocator buffers = null;
        // At first each thread takes its memory from another part of the pool.
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            buffers = serve();
        }
        long memory = buffers.metric().usedDirectMemory();
        long lent = buffers.pinnedDirectMemory();
        for (int i = 0; i < SERVERS; i++) {
            serve();
        }
        assertEquals(lent, buffers.pinnedDirectMemory());
        assertEquals(memory, buffers.metric().usedDirectMemory());
    }

    private static PooledByteBufAllocator serve() throws Exception {
        try (NetScene scene = new NetScene("epoll");
                NetClient client = new NetClient(scene)) {
            assertEquals("+PONG", client.ask("PING"));
            return (PooledByteBufAllocator) scene.net().allocator();
        }
    }
}
