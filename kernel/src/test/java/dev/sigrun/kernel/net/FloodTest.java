// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sends very much does not keep the others waiting, nor take much memory. */
final class FloodTest {
    private static final int REQUESTS = 30_000;
    private static final int CLIENTS = 600;
    private static final int LARGE = 4_000_000;

    /** What one turn takes of a flood, and of the little that was read before. */
    private static final int REQUESTS_AHEAD_MAX = 2 * 64 * 1024 / "COUNT\r\n".length() + 1;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void othersHaveTheirTurnInBetween(boolean endsOutput) throws Exception {
        try (NetScene scene = new NetScene("epoll");
                NetClient holder = new NetClient(scene);
                NetClient flood = new NetClient(scene);
                NetClient other = new NetClient(scene)) {
            // What is large makes the system widen the socket's buffer, so that all will fit in.
            for (int i = 0; i < 3; i++) {
                assertEquals(LARGE, flood.echo("x".repeat(LARGE)).length());
            }
            assertEquals("+PONG", other.ask("PING"));
            holder.send("HOLD\r\n");
            scene.awaitHeld();
            Thread sender = Thread.ofPlatform().start(() -> send(flood, endsOutput));
            sender.join(1000);
            other.send("COUNT\r\n");
            scene.letGo();
            int ahead = Integer.parseInt(other.line().substring(1));
            assertTrue(ahead <= REQUESTS_AHEAD_MAX, ahead + " requests came first");
            for (int i = 0; i < REQUESTS; i++) {
                assertEquals(':', flood.line().charAt(0));
            }
            sender.join();
        }
    }

    private static void send(NetClient client, boolean endsOutput) {
        try {
            client.send("COUNT\r\n".repeat(REQUESTS));
            if (endsOutput) {
                client.endOutput();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFewAtATimeLendTheirRequestsToTheOwner() throws Exception {
        List<NetClient> clients = new ArrayList<>();
        try (NetScene scene = new NetScene("epoll");
                NetClient holder = new NetClient(scene)) {
            scene.useThreads(2);
            holder.awaitPlace(NetScene.THREAD);
            for (int i = 0; i < CLIENTS; i++) {
                NetClient client = new NetClient(scene);
                client.awaitPlace(NetScene.THREAD);
                clients.add(client);
            }
            PooledByteBufAllocator buffers = (PooledByteBufAllocator) scene.net().allocator();
            long before = buffers.pinnedDirectMemory();
            holder.send("HOLD\r\n");
            scene.awaitHeld();
            long reads = scene.threadReads() + CLIENTS;
            for (NetClient client : clients) {
                client.send("ECHO a\r\nECHO b\r\n");
            }
            NetScene.await("all is read", () -> scene.threadReads() >= reads);
            long held = buffers.pinnedDirectMemory() - before;
            assertTrue(held < 24 << 20, held + " bytes for requests and replies");
            scene.letGo();
            for (NetClient client : clients) {
                assertEquals("a", client.echoed());
                assertEquals("b", client.echoed());
            }
        } finally {
            for (NetClient client : clients) {
                client.close();
            }
        }
    }
}
