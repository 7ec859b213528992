// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With loops of their own for connections, requests and replies stay in order and whole. */
final class IoThreadsTest {
    private static final int CLIENTS = 6;

    @RegisterExtension
    static final SigrunServer SERVER = SigrunServer.withConfig("--io-threads", "3");

    @Test
    void everyClientGetsItsOwnReplies() throws InterruptedException {
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int number = i;
            threads.add(
                    Thread.ofPlatform()
                            .uncaughtExceptionHandler((thread, fault) -> failures.add(fault))
                            .start(() -> converse(number)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), List.copyOf(failures));
    }

    private static void converse(int number) {
        SplittableRandom random = new SplittableRandom(number);
        String key = "key" + number;
        try (RespClient client = new RespClient(SERVER.port())) {
            for (int round = 0; round < 60; round++) {
                List<List<String>> commands = new ArrayList<>();
                List<String> expected = new ArrayList<>();
                int size = random.nextInt(1, 300);
                for (int i = 0; i < size; i++) {
                    String value = (char) ('a' + number) + "x".repeat(random.nextInt(2000));
                    commands.add(List.of("SET", key, value));
                    expected.add("+OK");
                    commands.add(List.of("GET", key));
                    expected.add("$\"" + value + "\"");
                }
                List<Reply> replies = client.pipeline(commands);
                assertEquals(expected, replies.stream().map(Reply::toString).toList());
            }
        }
    }

    @Test
    void largeValuesGoBothWays() {
        RespClient client = SERVER.connect();
        String value = "v".repeat(5_000_000);
        for (int i = 0; i < 5; i++) {
            assertEquals("+OK", client.call("SET", "large", value));
            assertEquals(value, client.ask("GET", "large").bulk());
        }
    }

    @Test
    void aRequestMayComeByteByByte() {
        RespClient client = SERVER.connect();
        String requests = "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$2\r\n\r\n\r\n".repeat(30) + "GET k\r\n";
        for (int i = 0; i < requests.length(); i++) {
            client.sendRaw(requests.substring(i, i + 1));
        }
        for (int i = 0; i < 30; i++) {
            assertEquals("+OK", client.read().toString());
        }
        assertEquals("$\"\\r\\n\"", client.read().toString());
    }

    @Test
    void whoReadsLateGetsEverything() {
        RespClient client = SERVER.connect();
        client.call("SET", "value", "v".repeat(100_000));
        client.sendRaw("GET value\r\n".repeat(300));
        assertEquals(":1", SERVER.connect().call("EXISTS", "value"));
        for (int i = 0; i < 300; i++) {
            assertEquals(100_000, client.read().bulk().length());
        }
    }

    @Test
    void aProtocolErrorClosesAfterTheRepliesBefore() {
        RespClient client = SERVER.connect();
        client.sendRaw("EXISTS a\r\n".repeat(500) + "*x\r\n");
        assertEquals(
                ":0\r\n".repeat(500) + "-ERR Protocol error: invalid multibulk length\r\n",
                client.readToEnd());
    }
}
