// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.command.Session;
import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that are many, slow, silent or greedy reach a limit and do no harm to the others. */
final class ClientLimitsTest {
    private static final int MEGABYTE = 1 << 20;

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    @AfterEach
    void limitsAreUsualAgain() {
        SERVER.set("maxclients", "10000");
        SERVER.set("timeout", "0");
        SERVER.set("client-query-buffer-limit", "1gb");
        SERVER.set("client-output-buffer-limit", "normal 0 0 0");
        SERVER.flush();
        SERVER.closeClients();
        assertServes(SERVER.connect());
    }

    private static void assertServes(RespClient client) {
        assertEquals(":0", client.call("EXISTS", "nokey"));
    }

    private static void awaitClients(int count) {
        Await.until(
                count + " clients",
                () -> SERVER.fromOwner(context -> context.sessions().size() <= count));
    }

    private static <T> T ofSession(RespClient client, Function<Session, T> question) {
        SERVER.awaitSession(client);
        return SERVER.fromOwner(context -> question.apply(SigrunServer.session(context, client)));
    }

    @Test
    void oneClientTooManyIsTurnedAway() {
        SERVER.set("maxclients", "2");
        RespClient one = SERVER.connect();
        RespClient two = SERVER.connect();
        assertServes(one);
        assertServes(two);
        RespClient three = SERVER.connect();
        assertEquals("-ERR max number of clients reached\r\n", three.readToEnd());
        assertServes(one);
        two.close();
        awaitClients(1);
        assertServes(SERVER.connect());
        long rejected = SERVER.fromOwner(context -> context.stats().connectionsRejected);
        assertEquals(1, rejected);
    }

    @Test
    void whoIsSilentForTooLongIsCutOff() {
        SERVER.set("timeout", "5");
        RespClient slow = SERVER.connect();
        slow.sendRaw("*2\r\n$6\r\nEXI");
        RespClient lively = SERVER.connect();
        SERVER.awaitSession(slow);
        assertServes(lively);
        SERVER.clock().advance(4000);
        assertServes(lively);
        // A header that trickles in is no sign of life.
        slow.sendRaw("S");
        SERVER.clock().advance(2000);
        slow.awaitClose();
        assertServes(lively);
    }

    @Test
    void aRequestThatGrowsTooLargeIsCutOff() {
        SERVER.set("client-query-buffer-limit", "1mb");
        RespClient greedy = SERVER.connect();
        greedy.sendRaw("*2\r\n$3\r\nGET\r\n$4000000\r\n");
        sendUntilClosed(greedy, 4_000_000);
        greedy.awaitClose();
        long cutOff = SERVER.fromOwner(context -> context.stats().queryLimitDisconnections);
        assertEquals(1, cutOff);
    }

    private static void sendUntilClosed(RespClient client, int bytes) {
        try {
            for (int sent = 0; sent < bytes; sent += 10_000) {
                client.sendRaw(new byte[10_000]);
            }
        } catch (UncheckedIOException e) {
            // The server has closed the connection, as it should.
            return;
        }
    }

    @Test
    void anAnnouncementTakesLittleMemory() {
        RespClient client = SERVER.connect();
        client.sendRaw("*1000000\r\n$3\r\nSET\r\n$1\r\na\r\n$536870912\r\n");
        SERVER.awaitSession(client);
        Await.until(
                "the request has arrived",
                () -> ofSession(client, session -> session.transport().queryBytesFree() > 0));
        long bytes = ofSession(client, session -> session.transport().memoryBytes());
        assertTrue(bytes < MEGABYTE + 100_000, () -> "holds " + bytes);
        client.close();
        awaitClients(0);
    }

    @Test
    void aLargeValueTakesMemoryAsItArrives() {
        int pieces = 100;
        RespClient client = SERVER.connect();
        int total = pieces * MEGABYTE;
        client.sendRaw("*3\r\n$3\r\nSET\r\n$5\r\nlarge\r\n$" + total + "\r\n");
        byte[] piece = new byte[MEGABYTE];
        for (int i = 1; i < pieces; i++) {
            client.sendRaw(piece);
            long arrived = (long) i * MEGABYTE;
            Await.until(
                    "a piece has arrived",
                    () ->
                            ofSession(
                                    client,
                                    session -> session.transport().queryBytes() >= arrived));
            long held = ofSession(client, session -> session.transport().memoryBytes());
            assertTrue(held < 2 * arrived + 200_000, () -> held + " held for " + arrived);
        }
        client.sendRaw(piece);
        client.sendRaw("\r\n");
        assertEquals("+OK", client.read().toString());
        assertEquals(":" + total, client.call("STRLEN", "large"));
        long idle = ofSession(client, session -> session.transport().memoryBytes());
        assertTrue(idle < 100_000, () -> "holds " + idle + " afterwards");
    }

    @Test
    void whoReadsLateGetsEverything() {
        RespClient client = SERVER.connect();
        client.call("SET", "value", "v".repeat(100_000));
        RespClient slow = new RespClient(SERVER.port(), 256 * 1024);
        slow.sendRaw("GET value\r\n".repeat(200));
        Await.until(
                "replies wait",
                () -> {
                    Session session =
                            SERVER.fromOwner(context -> SigrunServer.session(context, slow));
                    return session != null && session.commands == 200;
                });
        assertServes(client);
        for (int i = 0; i < 200; i++) {
            assertEquals(100_000, slow.read().bulk().length());
        }
        assertServes(slow);
        slow.close();
    }

    @Test
    void whoLeavesTooMuchUnreadIsCutOff() {
        SERVER.set("client-output-buffer-limit", "normal 1mb 0 0");
        RespClient client = SERVER.connect();
        client.call("SET", "value", "v".repeat(100_000));
        RespClient slow = new RespClient(SERVER.port(), 4096);
        slow.sendRaw("GET value\r\n".repeat(500));
        Await.until(
                "the client is cut off",
                () -> SERVER.fromOwner(context -> context.stats().outputLimitDisconnections) == 1);
        awaitClients(1);
        slow.awaitClose();
        slow.close();
        assertServes(client);
        SERVER.onOwner(context -> context.stats().outputLimitDisconnections = 0);
    }

    @Test
    void whoLeavesMuchUnreadForLongIsCutOff() {
        SERVER.set("client-output-buffer-limit", "normal 0 1mb 10");
        RespClient client = SERVER.connect();
        client.call("SET", "value", "v".repeat(100_000));
        RespClient slow = new RespClient(SERVER.port(), 4096);
        slow.sendRaw("GET value\r\n".repeat(500));
        Await.until(
                "the replies wait",
                () -> {
                    Session session =
                            SERVER.fromOwner(context -> SigrunServer.session(context, slow));
                    return session != null && session.commands == 500;
                });
        assertServes(client);
        int clients = SERVER.fromOwner(context -> context.sessions().size());
        assertEquals(2, clients);
        SERVER.clock().advance(11_000);
        awaitClients(1);
        slow.close();
        SERVER.onOwner(context -> context.stats().outputLimitDisconnections = 0);
    }

    @Test
    void whoStopsSendingStillGetsItsReplies() {
        RespClient client = SERVER.connect();
        client.sendRaw("EXISTS a\r\n".repeat(1000));
        client.endOutput();
        assertEquals(":0\r\n".repeat(1000), client.readToEnd());
        awaitClients(0);
    }

    @Test
    void aLongPipelineIsAnsweredInOrder() {
        RespClient client = SERVER.connect();
        List<List<String>> commands = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            commands.add(i % 2 == 0 ? List.of("SET", "k", "" + i) : List.of("GET", "k"));
        }
        List<Reply> replies = client.pipeline(commands);
        for (int i = 0; i < 10_000; i++) {
            String expected = i % 2 == 0 ? "+OK" : "$\"" + (i - 1) + "\"";
            assertEquals(expected, replies.get(i).toString());
        }
    }

    @Test
    void aRequestMayComeByteByByte() {
        RespClient client = SERVER.connect();
        String request = "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$4\r\n\r\n\r\n\r\nGET k\r\n\r\n*0\r\n";
        for (int i = 0; i < request.length(); i++) {
            client.sendRaw(request.substring(i, i + 1));
        }
        assertEquals("+OK", client.read().toString());
        assertEquals("$\"\\r\\n\\r\\n\"", client.read().toString());
    }

    @Test
    void stringsGrowUpToTheLimitOnly() {
        RespClient client = SERVER.connect();
        String tooLong = "-ERR string exceeds maximum allowed size (proto-max-bulk-len)";
        assertEquals(tooLong, client.call("SETRANGE", "k", "536870912", "x"));
        assertEquals(tooLong, client.call("SETRANGE", "k", "536870911", "xx"));
        assertEquals(":0", client.call("EXISTS", "k"));
        SERVER.set("proto-max-bulk-len", "1mb");
        client.call("SETRANGE", "k", "1048575", "x");
        assertEquals(tooLong, client.call("APPEND", "k", "y"));
        assertEquals(":1048576", client.call("STRLEN", "k"));
        SERVER.set("proto-max-bulk-len", "512mb");
    }
}
