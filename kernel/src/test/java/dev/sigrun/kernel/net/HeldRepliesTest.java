// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Under {@code appendfsync always} no reply leaves before that is on the disk which it acknowledges
 * or shows, whatever loop the client is on, and nobody is made to wait for more than that.
 */
final class HeldRepliesTest {
    private static NetClient connect(NetScene scene, int threads) throws Exception {
        NetClient client = new NetClient(scene);
        if (threads > 1) {
            scene.useThreads(threads);
            client.awaitPlace(NetScene.THREAD);
        }
        return client;
    }

    @ParameterizedTest
    @CsvSource({"epoll, 1", "epoll, 2", "nio, 1", "nio, 2", "io_uring, 1"})
    void aReplyComesWhenTheWriteIsSafeAndNotBefore(String transport, int threads) throws Exception {
        try (NetScene scene = new NetScene(transport);
                NetClient client = connect(scene, threads)) {
            client.send("WRITE\r\n");
            NetScene.await("it is executed", () -> scene.written() == 1);
            assertTrue(client.isSilent(), "nothing is acknowledged");
            scene.safe(1);
            assertEquals("+OK", client.line());
            assertEquals("+PONG", client.ask("PING"));
        }
    }

    @ParameterizedTest
    @CsvSource({"epoll, 1", "epoll, 2", "nio, 1", "nio, 2", "io_uring, 1"})
    void whatOthersSawMeanwhileWaitsAsWell(String transport, int threads) throws Exception {
        try (NetScene scene = new NetScene(transport);
                NetClient writer = connect(scene, threads);
                NetClient reader = connect(scene, threads)) {
            writer.send("WRITE\r\n");
            NetScene.await("it is executed", () -> scene.written() == 1);
            reader.send("COUNT\r\n");
            assertTrue(reader.isSilent(), "it may have seen what is not safe");
            scene.safe(1);
            assertEquals("+OK", writer.line());
            assertEquals(":1", reader.line());
        }
    }

    @ParameterizedTest
    @CsvSource({"epoll, 1", "epoll, 2", "nio, 1", "nio, 2", "io_uring, 1"})
    void allThatIsExecutedMeanwhileSharesTheNextSync(String transport, int threads)
            throws Exception {
        try (NetScene scene = new NetScene(transport);
                NetClient first = connect(scene, threads);
                NetClient second = connect(scene, threads)) {
            first.send("WRITE\r\n");
            NetScene.await("it is executed", () -> scene.written() == 1);
            second.send("WRITE\r\nCOUNT\r\nWRITE\r\n");
            NetScene.await("nobody waits to be executed", () -> scene.written() == 3);
            scene.safe(1);
            assertTrue(second.isSilent(), "it wrote after that sync began");
            scene.safe(3);
            // Where the first reply is only written now, it has waited for the others' writes, too.
            assertEquals("+OK", first.line());
            assertEquals("+OK", second.line());
            assertEquals(":1", second.line());
            assertEquals("+OK", second.line());
        }
    }

    @ParameterizedTest
    @CsvSource({"epoll, 1", "epoll, 2", "nio, 1", "nio, 2", "io_uring, 1"})
    void repliesOfALongPipelineKeepTheirOrder(String transport, int threads) throws Exception {
        try (NetScene scene = new NetScene(transport);
                NetClient client = connect(scene, threads)) {
            client.send("WRITE\r\nCOUNT\r\n".repeat(200));
            NetScene.await("all are executed", () -> scene.written() == 200);
            for (int i = 1; i <= 200; i++) {
                scene.safe(i);
            }
            for (int i = 1; i <= 200; i++) {
                assertEquals("+OK", client.line());
                assertEquals(":" + i, client.line());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"epoll, 1", "epoll, 2", "nio, 1", "nio, 2", "io_uring, 1"})
    void whoGoesWhileItsReplyWaitsLeavesNothing(String transport, int threads) throws Exception {
        try (NetScene scene = new NetScene(transport);
                NetClient stays = connect(scene, threads)) {
            try (NetClient goes = connect(scene, threads)) {
                goes.send("WRITE\r\n");
                NetScene.await("it is executed", () -> scene.written() == 1);
            }
            scene.safe(1);
            NetScene.await("it has gone", () -> scene.clients() == 1);
            assertEquals("+PONG", stays.ask("PING"));
        }
    }
}
