// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With IO threads in use, requests and replies stay in order and whole. */
final class IoThreadsTest {
    private static final int CLIENTS = 6;

    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig("--io-threads", "3", "--io-threads-always-active", "yes");

    @AfterEach
    void threadsAreUsedAsAtFirst() {
        SERVER.set("io-threads", "3");
        SERVER.set("io-threads-always-active", "yes");
    }

    @Test
    void everyClientGetsItsOwnReplies() throws InterruptedException {
        talkAll(60, () -> {});
    }

    @Test
    void theNumberOfThreadsChangesWhileClientsTalk() throws InterruptedException {
        SplittableRandom random = new SplittableRandom(1);
        talkAll(12, () -> SERVER.set("io-threads", "" + random.nextInt(1, 6)));
    }

    /** Lets clients talk, and does something all the while. */
    private static void talkAll(int rounds, Runnable meanwhile) throws InterruptedException {
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int number = i;
            threads.add(
                    Thread.ofPlatform()
                            .uncaughtExceptionHandler((thread, fault) -> failures.add(fault))
                            .start(() -> converse(number, rounds)));
        }
        for (Thread thread : threads) {
            while (!thread.join(Duration.ofMillis(1))) {
                meanwhile.run();
            }
        }
        assertEquals(List.of(), List.copyOf(failures));
    }

    private static void converse(int number, int rounds) {
        SplittableRandom random = new SplittableRandom(number);
        String key = "key" + number;
        try (RespClient client = new RespClient(SERVER.port())) {
            for (int round = 0; round < rounds; round++) {
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

    private static String info(RespClient client, String section, String field) {
        String text = client.ask("INFO", section).bulk();
        int at = text.indexOf("\r\n" + field + ":");
        if (at < 0) {
            return "";
        }
        int from = at + field.length() + 3;
        return text.substring(from, text.indexOf("\r\n", from));
    }

    private static long stat(RespClient client, String field) {
        return Long.parseLong(info(client, "stats", field));
    }

    @Test
    void infoTellsWhatTheThreadsDo() {
        RespClient client = SERVER.connect();
        assertEquals("+OK", client.call("CONFIG", "RESETSTAT"));
        for (int i = 0; i < 50; i++) {
            client.call("EXISTS", "nokey");
        }
        assertEquals("1", info(client, "server", "io_threads_active"));
        assertTrue(stat(client, "io_threaded_reads_processed") >= 50);
        assertTrue(stat(client, "io_threaded_writes_processed") >= 50);
        assertTrue(stat(client, "total_reads_processed") >= 50);
        assertTrue(stat(client, "total_writes_processed") >= 50);
        assertTrue(Double.parseDouble(info(client, "cpu", "used_active_time_io_thread_1")) > 0);
        assertTrue(Double.parseDouble(info(client, "cpu", "used_active_time_io_thread_2")) > 0);
        assertEquals("", info(client, "cpu", "used_active_time_io_thread_3"));
    }

    @Test
    void withoutThreadsTheOwnerDoesAll() {
        assertEquals("+OK", SERVER.connect().call("CONFIG", "SET", "io-threads", "1"));
        RespClient client = SERVER.connect();
        assertEquals("+OK", client.call("CONFIG", "RESETSTAT"));
        for (int i = 0; i < 50; i++) {
            client.call("EXISTS", "nokey");
        }
        assertEquals("0", info(client, "server", "io_threads_active"));
        assertEquals(0, stat(client, "io_threaded_reads_processed"));
        assertEquals(0, stat(client, "io_threaded_writes_processed"));
        assertTrue(stat(client, "total_reads_processed") >= 50);
        assertEquals("", info(client, "cpu", "used_active_time_io_thread_1"));
    }

    @Test
    void idleThreadsAreSwitchedOff() {
        SERVER.set("io-threads", "2");
        RespClient client = SERVER.connect();
        assertEquals("+OK", client.call("CONFIG", "SET", "io-threads-always-active", "no"));
        Await.until(
                "no thread is used", () -> info(client, "server", "io_threads_active").equals("0"));
        assertEquals(":0", client.call("EXISTS", "nokey"));
    }

    @Test
    void theNumberOfThreadsHasItsLimits() {
        String refused =
                "-ERR CONFIG SET failed (possibly related to argument 'io-threads') - argument must"
                        + " be between 1 and 256 inclusive";
        RespClient client = SERVER.connect();
        assertEquals(refused, client.call("CONFIG", "SET", "io-threads", "0"));
        assertEquals(refused, client.call("CONFIG", "SET", "io-threads", "257"));
        assertEquals("+OK", client.call("CONFIG", "SET", "io-threads", "4"));
        assertEquals(
                List.of("io-threads", "4"),
                client.ask("CONFIG", "GET", "io-threads").items().stream()
                        .map(Reply::bulk)
                        .toList());
    }
}
