// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who ends its output gets the answers to all that it has asked for, and then the end. */
final class HalfCloseTest {
    private static final int QUERY_BYTES_MAX = 1 << 20;

    private static NetClient connect(NetScene scene, int threads) throws Exception {
        NetClient client = new NetClient(scene);
        if (threads > 1) {
            scene.useThreads(threads);
            client.awaitPlace(NetScene.THREAD);
        }
        return client;
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void repliesToABatchThatTheOwnerHasAreSent(String transport) throws Exception {
        try (NetScene scene = new NetScene(transport);
                NetClient client = connect(scene, 2);
                NetClient witness = connect(scene, 2)) {
            scene.net().requestLimits(4 * QUERY_BYTES_MAX, QUERY_BYTES_MAX);
            client.send("HOLD\r\nECHO a\r\n");
            scene.awaitHeld();
            client.send("ECHO b\r\n");
            client.endOutput();
            // The thread itself closes the connection of whoever sends too much, and it does so
            // after it has seen the end that came before.
            witness.send("*1\r\n$" + 2 * QUERY_BYTES_MAX + "\r\n");
            witness.sendUntilClosed("x".repeat(60_000));
            scene.letGo();
            assertEquals("+HELD\r\n$1\r\na\r\n$1\r\nb\r\n", client.rest());
            NetScene.await("all have gone", () -> scene.clients() == 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"epoll, 1", "epoll, 2", "nio, 1", "nio, 2", "io_uring, 1"})
    void repliesThatTheSocketHasNoRoomForAreSent(String transport, int threads) throws Exception {
        String word = "w".repeat(1_000_000);
        String request = "*2\r\n$4\r\nECHO\r\n$1000000\r\n" + word + "\r\n";
        try (NetScene scene = new NetScene(transport);
                NetClient client = connect(scene, threads)) {
            // While this is sent nobody reads, so that most replies wait in the server.
            client.send(request.repeat(20));
            client.endOutput();
            for (int i = 0; i < 20; i++) {
                assertTrue(word.equals(client.echoed()), "a reply is whole");
            }
            assertEquals("", client.rest());
        }
    }

    @ParameterizedTest
    @CsvSource({"epoll, 1", "epoll, 2", "nio, 1", "nio, 2", "io_uring, 1"})
    void aLongPipelineIsAnsweredToItsEnd(String transport, int threads) throws Exception {
        try (NetScene scene = new NetScene(transport);
                NetClient holder = connect(scene, threads);
                NetClient client = connect(scene, threads)) {
            holder.send("HOLD\r\n");
            scene.awaitHeld();
            Thread sender = Thread.ofPlatform().start(() -> sendAll(client));
            // If the sockets have room for it, everything has come when the owner looks.
            sender.join(1000);
            scene.letGo();
            assertTrue("+PONG\r\n".repeat(40_000).equals(client.rest()), "all replies come");
        }
    }

    private static void sendAll(NetClient client) {
        try {
            client.send("PING\r\n".repeat(40_000));
            client.endOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"epoll, 1", "epoll, 2", "nio, 1", "nio, 2", "io_uring, 1"})
    void whoWaitsForSomethingElseIsGone(String transport, int threads) throws Exception {
        try (NetScene scene = new NetScene(transport);
                NetClient client = connect(scene, threads)) {
            client.send("PING\r\nBLOCK\r\nPING\r\n");
            NetScene.await("the client waits", () -> scene.blocked() == 1);
            client.endOutput();
            assertEquals("+PONG\r\n", client.rest());
            NetScene.await("it is gone", () -> scene.clients() == 0);
            assertEquals(0, scene.blocked());
        }
    }
}
