// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that take too much memory go, the largest first, and no others. */
final class ClientMemoryTest {
    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    private RespClient watching;

    @BeforeEach
    void connect() {
        watching = SERVER.connect();
        watching.call("CLIENT", "NO-EVICT", "ON");
    }

    @AfterEach
    void reset() {
        SERVER.set("maxmemory-clients", "0");
        SERVER.set("maxmemory", "0");
        SERVER.set("client-output-buffer-limit", "normal 0 0 0 pubsub 33554432 8388608 60");
        SERVER.flush();
        SERVER.closeClients();
    }

    private boolean isThere(String name) {
        return watching.call("CLIENT", "LIST").contains(" name=" + name + " ");
    }

    private static RespClient named(String name) {
        RespClient client = SERVER.connect();
        assertEquals("+OK", client.call("CLIENT", "SETNAME", name));
        return client;
    }

    /** The server may close the connection while more is being sent. */
    private static void sendIfOpen(RespClient client, String... words) {
        try {
            client.send(words);
        } catch (UncheckedIOException closed) {
            assertInstanceOf(SocketException.class, closed.getCause());
        }
    }

    @Test
    void theClientWithTheLargestRequestUnderWayGoes() {
        SERVER.set("maxmemory-clients", "1mb");
        RespClient small = named("small");
        RespClient large = named("large");
        small.sendRaw("*2\r\n$4\r\nECHO\r\n$300000\r\n" + "x".repeat(200_000));
        sendIfOpen(large, "ECHO", "x".repeat(2_000_000));
        Await.until("the large one has gone", () -> !isThere("large"));
        assertTrue(isThere("small"));
        small.sendRaw("x".repeat(100_000) + "\r\n");
        assertEquals(300_000, small.read().bulk().length());
    }

    @Test
    void aTransactionThatQueuesTooMuchGoes() {
        SERVER.set("maxmemory-clients", "1mb");
        RespClient client = named("queueing");
        client.call("MULTI");
        for (int i = 0; i < 100; i++) {
            sendIfOpen(client, "SET", "k", "x".repeat(50_000));
        }
        Await.until("it has gone", () -> !isThere("queueing"));
        assertEquals("_", watching.call("GET", "k"));
        assertTrue(!watching.call("INFO", "stats").contains("evicted_clients:0"));
    }

    @Test
    void clientsThatListenToManyChannelsCount() {
        SERVER.set("maxmemory-clients", "200000");
        RespClient client = named("listening");
        for (int i = 0; i < 5000; i++) {
            sendIfOpen(client, "SUBSCRIBE", "a channel with quite a long name " + i);
        }
        Await.until("it has gone", () -> !isThere("listening"));
        assertEquals("*[]", watching.call("PUBSUB", "CHANNELS"));
    }

    @Test
    void clientsThatAreNotToBeEvictedStay() {
        RespClient client = named("staying");
        client.call("CLIENT", "NO-EVICT", "ON");
        SERVER.set("maxmemory-clients", "200000");
        client.sendRaw("*2\r\n$4\r\nECHO\r\n$1000000\r\n" + "x".repeat(900_000));
        RespClient other = SERVER.connect();
        // It takes next to nothing, but there is nobody else.
        other.sendRaw("*1\r\n$4\r\nPING\r\n");
        Await.until(
                "the other has gone",
                () -> !watching.call("CLIENT", "LIST").contains(":" + other.localPort() + " "));
        assertTrue(isThere("staying"));
    }

    @Test
    void repliesBeyondTheHardLimitAreNotSentAndEndTheClient() {
        watching.call("SET", "k", "x".repeat(10_000));
        SERVER.set("client-output-buffer-limit", "normal 100000 0 0");
        RespClient client = named("reading");
        ByteArrayOutputStream pipeline = new ByteArrayOutputStream();
        for (int i = 0; i < 20; i++) {
            pipeline.writeBytes(RespClient.encode(List.of("GET", "k")));
        }
        pipeline.writeBytes(RespClient.encode(List.of("SET", "after", "1")));
        client.sendRaw(pipeline.toByteArray());
        client.awaitClose();
        assertTrue(!isThere("reading"));
        assertEquals("_", watching.call("GET", "after"));
    }

    @Test
    void aTransactionRunsToItsEndThoughItsReplyIsTooLarge() {
        watching.call("SET", "k", "x".repeat(200_000));
        SERVER.set("client-output-buffer-limit", "normal 100000 0 0");
        RespClient client = SERVER.connect();
        client.call("MULTI");
        client.call("GET", "k");
        client.call("SET", "done", "yes");
        client.send("EXEC");
        client.awaitClose();
        assertEquals("$\"yes\"", watching.call("GET", "done"));
    }

    @Test
    void subscribersHaveALimitOfTheirOwn() {
        SERVER.set("client-output-buffer-limit", "normal 0 0 0 pubsub 500000 0 0");
        RespClient slow = new RespClient(SERVER.port(), 4096);
        slow.call("CLIENT", "SETNAME", "slow");
        slow.call("SUBSCRIBE", "c");
        String message = "x".repeat(100_000);
        Await.until(
                "the slow subscriber has gone",
                () -> {
                    watching.call("PUBLISH", "c", message);
                    return !isThere("slow");
                });
        slow.close();
        assertEquals(":0", watching.call("PUBLISH", "c", "m"));
    }

    @Test
    void keysGoForMemoryThatClientsTake() {
        SERVER.set("maxmemory-policy", "allkeys-lru");
        for (int i = 0; i < 100; i++) {
            watching.call("SET", "key" + i, "x".repeat(10_000));
        }
        long used = SERVER.usedBytes();
        SERVER.set("maxmemory", Long.toString(used + 500_000));
        assertEquals(":100", watching.call("DBSIZE"));
        RespClient client = SERVER.connect();
        client.sendRaw("*2\r\n$4\r\nECHO\r\n$1000000\r\n" + "x".repeat(900_000));
        Await.until("keys have gone", () -> !watching.call("DBSIZE").equals(":100"));
        SERVER.set("maxmemory-policy", "noeviction");
    }
}
