// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections go from loop to loop, and their clients do not notice. */
final class MovingTest {
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 300;
    private static final String WORD = "0123456789".repeat(20);

    private static final long SEED =
            Long.getLong("sigrun.test.seed", System.nanoTime() & 0xFFFF_FFFFL);

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("io-"))
                .count();
    }

    private static void awaitNoThreads() {
        NetScene.await("all IO threads have ended", () -> threads() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void nothingIsLostAndOrderIsKept(String transport) throws Exception {
        System.out.println("MovingTest: -Dsigrun.test.seed=" + SEED);
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        AtomicInteger running = new AtomicInteger(CLIENTS);
        try (NetScene scene = new NetScene(transport)) {
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                SplittableRandom random = new SplittableRandom(SEED + i);
                clients.add(
                        Thread.ofPlatform()
                                .uncaughtExceptionHandler((thread, fault) -> failures.add(fault))
                                .start(() -> {
                                    try (NetClient client = new NetClient(scene)) {
                                        converse(client, random);
                                    } catch (IOException e) {
                                        throw new AssertionError(e);
                                    } finally {
                                        running.decrementAndGet();
                                    }
                                }));
            }
            SplittableRandom random = new SplittableRandom(SEED);
            while (running.get() > 0) {
                scene.useThreads(random.nextInt(1, 5));
                scene.clients();
            }
            for (Thread client : clients) {
                client.join();
            }
            assertEquals(List.of(), List.copyOf(failures));
            assertTrue(scene.fromOwner(scene.net()::traffic).threadReads() > 0);
            NetScene.await("all clients have gone", () -> scene.clients() == 0);
            scene.useThreads(1);
            awaitNoThreads();
        }
    }

    /** Sends requests in pieces that end anywhere, and takes the replies now and then. */
    private static void converse(NetClient client, SplittableRandom random) throws IOException {
        List<String> expected = new ArrayList<>();
        StringBuilder unsent = new StringBuilder();
        for (int round = 0; round < ROUNDS; round++) {
            int requests = random.nextInt(1, 150);
            for (int i = 0; i < requests; i++) {
                String word = WORD.substring(0, random.nextInt(WORD.length())) + round + "." + i;
                expected.add(word);
                unsent.append("*2\r\n$4\r\nECHO\r\n$");
                unsent.append(word.length()).append("\r\n").append(word).append("\r\n");
            }
            int cut = random.nextInt(3) == 0 ? random.nextInt(unsent.length()) : unsent.length();
            client.send(unsent.substring(0, cut));
            if (cut == unsent.length()) {
                for (String word : expected) {
                    assertEquals(word, client.echoed());
                }
                expected.clear();
            }
            unsent.delete(0, cut);
        }
        client.send(unsent.toString());
        for (String word : expected) {
            assertEquals(word, client.echoed());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void whoIsActiveGoesToAThreadAndComesBack(String transport) throws Exception {
        try (NetScene scene = new NetScene(transport);
                NetClient client = new NetClient(scene)) {
            assertEquals("+" + NetScene.OWNER, client.ask("WHERE"));
            scene.useThreads(2);
            client.awaitPlace(NetScene.THREAD);
            scene.useThreads(1);
            client.awaitPlace(NetScene.OWNER);
            awaitNoThreads();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void threadsComeAndGoWithTheLoad(String transport) throws Exception {
        try (NetScene scene = new NetScene(transport);
                NetClient client = new NetClient(scene)) {
            scene.allowThreads(2);
            scene.secondWith(0.5);
            assertEquals("+" + NetScene.OWNER, client.ask("WHERE"));
            assertEquals(0, threads());
            scene.secondWith(0.9);
            client.awaitPlace(NetScene.THREAD);
            scene.secondWith(0.9);
            scene.secondWith(0.9);
            assertEquals(1, threads());
            assertEquals("+" + NetScene.THREAD, client.ask("WHERE"));
            scene.secondWith(0.1);
            scene.secondWith(0.1);
            client.awaitPlace(NetScene.OWNER);
            // What is off sleeps, and is there when it is needed again.
            assertEquals(1, threads());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void whoIsIdleLeavesAThreadThatEnds(String transport) throws Exception {
        List<NetClient> idle = new ArrayList<>();
        try (NetScene scene = new NetScene(transport)) {
            scene.useThreads(3);
            for (int i = 0; i < 100; i++) {
                NetClient client = new NetClient(scene);
                idle.add(client);
                client.awaitPlace(NetScene.THREAD);
                if (i % 3 == 0) {
                    client.send("*2\r\n$4\r\nECHO\r\n$5\r\nwo");
                }
            }
            scene.useThreads(1);
            awaitNoThreads();
            for (int i = 0; i < 100; i++) {
                NetClient client = idle.get(i);
                String reply = i % 3 == 0 ? client.send("rds\r\n").echoed() : client.echo("words");
                assertEquals("words", reply);
                assertEquals("+" + NetScene.OWNER, client.ask("WHERE"));
            }
        } finally {
            for (NetClient client : idle) {
                client.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void aThreadThatEndsWaitsForWhoIsBlocked(String transport) throws Exception {
        try (NetScene scene = new NetScene(transport);
                NetClient client = new NetClient(scene);
                NetClient other = new NetClient(scene)) {
            scene.useThreads(2);
            client.awaitPlace(NetScene.THREAD);
            client.send("BLOCK\r\nWHERE\r\n");
            NetScene.await("the client waits", () -> scene.blocked() == 1);
            scene.useThreads(1);
            assertEquals("+PONG", other.ask("PING"));
            assertEquals(1, threads());
            scene.unblockAll();
            assertEquals("+UNBLOCKED", client.line());
            assertEquals("+" + NetScene.THREAD, client.line());
            client.awaitPlace(NetScene.OWNER);
            awaitNoThreads();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void whoIsClosedOnTheWayIsGone(String transport) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        try (NetScene scene = new NetScene(transport)) {
            for (int i = 0; i < 60; i++) {
                try (NetClient client = new NetClient(scene)) {
                    assertEquals("+PONG", client.ask("PING"));
                    scene.useThreads(i % 4 + 1);
                    client.send("PING\r\n");
                    for (int turns = random.nextInt(4); turns > 0; turns--) {
                        scene.clients();
                    }
                    scene.closeAll();
                    client.rest();
                } catch (IOException e) {
                    // Closed with a request that nobody has read.
                    assertTrue(e.getMessage().contains("reset"), e.toString());
                }
            }
            NetScene.await("all clients have gone", () -> scene.clients() == 0);
            scene.useThreads(1);
            awaitNoThreads();
            try (NetClient client = new NetClient(scene)) {
                assertEquals("+PONG", client.ask("PING"));
                scene.closeAll();
                assertNull(client.line());
            }
        }
    }
}
