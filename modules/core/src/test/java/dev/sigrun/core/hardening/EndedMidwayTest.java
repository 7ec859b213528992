// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that are ended while something of theirs is under way. */
final class EndedMidwayTest {
    private static final int LARGE = 8 << 20;

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    @AfterEach
    void theServerAnswersTheNextPing() {
        assertEquals("+PONG", SERVER.connect().call("PING"));
        SERVER.flush();
    }

    private static String id(RespClient client) {
        return client.call("CLIENT", "ID").substring(1);
    }

    @Test
    void oneThatEndsItselfHearsThatAndNothingOfWhatItAskedBehind() {
        RespClient client = SERVER.connect();
        String id = id(client);
        client.sendRaw("SET before 1\r\nCLIENT KILL ID " + id + " SKIPME no\r\nSET after 1\r\n");
        assertEquals("+OK\r\n:1\r\n", client.readToEnd());
        RespClient other = SERVER.connect();
        assertEquals(":1", other.call("EXISTS", "before", "after"));
    }

    @Test
    void oneThatEndsItselfInATransactionHearsTheWholeOfIt() {
        RespClient client = SERVER.connect();
        String id = id(client);
        client.sendRaw(
                "MULTI\r\nCLIENT KILL ID " + id + " SKIPME no\r\nSET in 1\r\nEXEC\r\nPING\r\n");
        assertEquals("+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n:1\r\n+OK\r\n", client.readToEnd());
    }

    @Test
    void oneThatIsEndedByWhatWouldHaveServedIt() {
        RespClient waiting = SERVER.connect();
        String id = id(waiting);
        waiting.send("BLPOP", "queue", "0");
        RespClient other = SERVER.connect();
        awaitBlocked(other);
        other.sendRaw("MULTI\r\nRPUSH queue a\r\nCLIENT KILL ID " + id + "\r\nEXEC\r\n");
        assertEquals("+OK", other.read().toString());
        assertEquals("+QUEUED", other.read().toString());
        assertEquals("+QUEUED", other.read().toString());
        assertEquals("*[:1, :1]", other.read().toString());
        waiting.awaitClose();
        assertEquals("*[$\"a\"]", other.call("LRANGE", "queue", "0", "-1"));
    }

    @Test
    void oneOfTwoThatWaitForAKeyLeavesItToTheOther() {
        RespClient first = SERVER.connect();
        String id = id(first);
        first.send("BLPOP", "queue", "0");
        RespClient other = SERVER.connect();
        awaitBlocked(other);
        RespClient second = SERVER.connect();
        second.send("BLPOP", "queue", "0");
        Await.until("both wait", () -> other.call("INFO", "clients").contains("blocked_clients:2"));
        assertEquals(":1", other.call("CLIENT", "KILL", "ID", id));
        assertEquals(":1", other.call("RPUSH", "queue", "a"));
        assertEquals("*[$\"queue\", $\"a\"]", second.read().toString());
        first.awaitClose();
    }

    @Test
    void oneThatHasNotTakenALargeReply() {
        RespClient other = SERVER.connect();
        other.call("SET", "large", "x".repeat(LARGE));
        RespClient slow = SERVER.connect();
        String id = id(slow);
        slow.sendRaw("GET large\r\nGET large\r\n");
        Await.until(
                "much waits for it",
                () ->
                        other.call("CLIENT", "LIST", "ID", id)
                                .matches("(?s).* omem=[1-9][0-9]{5,} .*"));
        assertEquals(":1", other.call("CLIENT", "KILL", "ID", id));
        slow.awaitClose();
    }

    private static void awaitBlocked(RespClient client) {
        Await.until(
                "one waits", () -> client.call("INFO", "clients").contains("blocked_clients:1"));
    }
}
