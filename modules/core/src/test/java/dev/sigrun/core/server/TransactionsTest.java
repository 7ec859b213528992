// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.Recording;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import dev.sigrun.testkit.TrayPlugin;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is between MULTI and EXEC runs as one, or not at all. */
final class TransactionsTest {
    private static final String ABORTED =
            "-EXECABORT Transaction discarded because of previous errors.";

    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig().plugin("tray", new TrayPlugin()).virtualClock();

    private RespClient client;
    private long usedBefore;

    @BeforeEach
    void connect() {
        SERVER.flush();
        usedBefore = SERVER.usedBytes();
        client = SERVER.connect();
    }

    @AfterEach
    void nothingIsLeft() {
        SERVER.closeClients();
        SERVER.flush();
        assertEquals(usedBefore, SERVER.usedBytes());
    }

    private void queue(String... lines) {
        assertEquals("+OK", client.call("MULTI"));
        for (String line : lines) {
            assertEquals("+QUEUED", client.run(line).toString(), line);
        }
    }

    private String exec() {
        return client.call("EXEC");
    }

    @Test
    void theRepliesComeTogether() {
        queue("SET k 5", "INCR k", "GET k", "PING");
        assertEquals("_", SERVER.connect().call("GET", "k"));
        assertEquals("*[+OK, :6, $\"6\", +PONG]", exec());
        queue();
        assertEquals("*[]", exec());
        assertEquals("-ERR EXEC without MULTI", exec());
    }

    @Test
    void aCommandThatFailsStopsNobody() {
        queue("SET k v", "INCR k", "LPUSH k a", "SET l w");
        assertEquals(
                "*[+OK, -ERR value is not an integer or out of range, -WRONGTYPE Operation against"
                        + " a key holding the wrong kind of value, +OK]",
                exec());
        assertEquals("$\"w\"", client.call("GET", "l"));
    }

    @Test
    void whatCannotBeQueuedAbortsTheWhole() {
        List<String> refused =
                List.of("NOPE", "SET k", "CONFIG NOPE", "MULTI", "WATCH k", "CLIENT REPLY OFF");
        for (String line : refused) {
            queue("SET k v");
            assertTrue(client.run(line).toString().startsWith("-ERR"), line);
            assertEquals("+QUEUED", client.call("SET", "k", "w"));
            assertEquals(ABORTED, exec());
            assertEquals("_", client.call("GET", "k"));
        }
        queue();
        assertEquals("-ERR Command 'multi' not allowed inside a transaction", client.call("MULTI"));
        assertEquals(
                "-ERR Command 'client|reply' not allowed inside a transaction",
                client.call("CLIENT", "REPLY", "OFF"));
        assertEquals("+OK", client.call("DISCARD"));
        assertEquals("-ERR DISCARD without MULTI", client.call("DISCARD"));
    }

    @Test
    void anExecThatIsRefusedSaysWhy() {
        queue("SET k v");
        assertEquals(
                "-EXECABORT Transaction discarded because of: wrong number of arguments for 'exec'"
                        + " command",
                client.call("EXEC", "now"));
        assertEquals("-ERR EXEC without MULTI", exec());
    }

    @Test
    void memoryIsAskedForWhenQueueingAndWhenRunning() {
        try {
            queue("GET k");
            SERVER.set("maxmemory", "1");
            assertEquals(
                    "-OOM command not allowed when used memory > 'maxmemory'.",
                    client.call("SET", "k", "v"));
            assertEquals(ABORTED, exec());
            SERVER.set("maxmemory", "0");
            queue("SET k v");
            SERVER.set("maxmemory", "1");
            assertEquals(
                    "-EXECABORT Transaction discarded because of: OOM command not allowed when"
                            + " used memory > 'maxmemory'.",
                    exec());
            queue("GET k");
            assertEquals("*[_]", exec());
        } finally {
            SERVER.set("maxmemory", "0");
        }
    }

    @Test
    void nobodyWaitsInside() {
        queue("BLPOP l 0", "BLMOVE l m LEFT RIGHT 0", "BZPOPMIN z 0", "WAIT 1 0", "RPUSH l a");
        assertEquals("*[_, _, _, :0, :1]", exec());
        queue("BLPOP l 0", "XREAD BLOCK 0 STREAMS s $");
        assertEquals("*[*[$\"l\", $\"a\"], _]", exec());
        queue("MODULE LOAD nowhere");
        assertTrue(exec().startsWith("*[-ERR"), "a load waits for another thread");
    }

    @Test
    void whoWaitsIsServedAfterTheWhole() {
        RespClient waiter = new Waiters(SERVER).begin("BLPOP", "l", "0");
        queue("RPUSH l a", "DEL l", "RPUSH l b c");
        assertEquals("*[:1, :1, :2]", exec());
        assertEquals("*[$\"l\", $\"b\"]", waiter.read().toString());
    }

    @Test
    void timeStandsStillInside() {
        queue("SET k v PX 1", "PTTL k", "GET k");
        SERVER.clock().advance(1000);
        assertEquals("*[+OK, :1, $\"v\"]", exec());
    }

    @Test
    void theDatabaseIsThatOfTheCommand() {
        queue("SET k zero", "SELECT 3", "SET k three", "SWAPDB 3 4");
        assertEquals("*[+OK, +OK, +OK, +OK]", exec());
        assertEquals("_", client.call("GET", "k"));
        client.call("SELECT", "4");
        assertEquals("$\"three\"", client.call("GET", "k"));
    }

    @Test
    void theProtocolMayChangeInside() {
        queue("CONFIG GET port", "HELLO 3", "CONFIG GET port", "GET none");
        client.send("EXEC");
        String reply = client.read().toString();
        assertTrue(reply.endsWith("_]"), reply);
        assertTrue(reply.contains("%"), reply);
        queue();
        client.call("WATCH", "k");
        assertEquals(ABORTED, exec());
    }

    @Test
    void resetAndQuitAreNotQueued() {
        queue("SET k v");
        assertEquals("+RESET", client.call("RESET"));
        assertEquals("-ERR EXEC without MULTI", exec());
        queue("SET k v");
        assertEquals("+OK", client.call("QUIT"));
        client.awaitClose();
        assertEquals("_", SERVER.connect().call("GET", "k"));
    }

    @Test
    void whatIsQueuedShowsInTheList() {
        queue("WAIT 1 0", "BLPOP a 0", "CLIENT INFO");
        String info = client.ask("EXEC").items().get(2).bulk();
        assertTrue(info.contains(" flags=x "), info);
        assertTrue(info.contains(" multi=3 watch=0 "), info);
        assertTrue(info.contains(" multi-mem=87 "), info);
        assertTrue(info.contains(" cmd=exec "), info);
        info = client.ask("CLIENT", "INFO").bulk();
        assertTrue(info.contains(" flags=N "), info);
        assertTrue(info.contains(" multi=0 watch=0 "), info);
        assertTrue(SERVER.connect().ask("CLIENT", "INFO").bulk().contains(" multi=-1 "));
    }

    @Test
    void everyCommandIsCountedOnceWhenItRuns() {
        client.call("CONFIG", "RESETSTAT");
        queue("GET k", "LPUSH k a", "GET k");
        exec();
        String stats = client.ask("INFO", "commandstats").bulk();
        assertTrue(stats.contains("cmdstat_multi:calls=1,"), stats);
        assertTrue(stats.contains("cmdstat_exec:calls=1,"), stats);
        assertTrue(stats.contains("cmdstat_get:calls=2,"), stats);
        assertTrue(stats.contains("rejected_calls=0,failed_calls=1"), stats);
    }

    @Test
    void effectsLeaveTogether() {
        Recording recording = SERVER.record().showingBlocks();
        queue("SET a 1", "SELECT 2", "INCR b", "GET b");
        exec();
        assertEquals(
                List.of(
                        List.of("MULTI"),
                        List.of("SET", "a", "1"),
                        List.of("INCR", "b"),
                        List.of("EXEC")),
                recording.takeCommands());
        queue("SET c 1", "GET c");
        exec();
        assertEquals(List.of(List.of("SET", "c", "1")), recording.takeCommands());
        queue("GET c");
        exec();
        assertEquals(List.of(), recording.takeCommands());
    }

    @Test
    void anExpiryOnTheWayBelongsToTheCommandThatFoundIt() {
        SERVER.onOwner(context -> context.toggles().activeExpire = false);
        client.call("SET", "k", "v", "PX", "10");
        SERVER.clock().advance(20);
        Recording recording = SERVER.record().showingBlocks();
        assertEquals(":1", client.call("LPUSH", "k", "a"));
        assertEquals(
                List.of(
                        List.of("MULTI"),
                        List.of("UNLINK", "k"),
                        List.of("LPUSH", "k", "a"),
                        List.of("EXEC")),
                recording.takeCommands());
        SERVER.onOwner(context -> context.toggles().activeExpire = true);
    }

    @Test
    void aPauseOfWritesStopsATransactionThatWrites() {
        queue("SET k v");
        RespClient other = SERVER.connect();
        assertEquals("+OK", other.call("CLIENT", "PAUSE", "100000", "WRITE"));
        client.send("EXEC");
        new Waiters(SERVER).await(1);
        assertEquals("_", other.call("GET", "k"));
        assertEquals("+OK", other.call("MULTI"));
        assertEquals("+QUEUED", other.call("GET", "k"));
        assertEquals("*[_]", other.call("EXEC"));
        assertEquals("+OK", other.call("CLIENT", "UNPAUSE"));
        assertEquals("*[+OK]", client.read().toString());
    }

    @Test
    void whatIsQueuedCountsTowardsTheLimitOfRequests() {
        SERVER.set("client-query-buffer-limit", "1mb");
        queue();
        String large = "x".repeat(600_000);
        assertEquals("+QUEUED", client.call("SET", "k", large));
        client.send("SET", "k", large);
        client.awaitClose();
        SERVER.set("client-query-buffer-limit", "1gb");
    }

    @Test
    void whatIsQueuedIsGivenBackWhenTheClientGoes() {
        queue("SET k v", "SET l w");
        client.close();
        Await.until("no client", () -> SERVER.fromOwner(c -> c.sessions().size()) == 0);
        assertEquals(usedBefore, SERVER.usedBytes());
        RespClient killed = SERVER.connect();
        String id = Waiters.id(killed);
        killed.call("MULTI");
        killed.call("SET", "k", "v");
        assertEquals(":1", SERVER.connect().call("CLIENT", "KILL", "ID", id));
        assertEquals(usedBefore, SERVER.usedBytes());
    }

    @Test
    void aClientThatKillsItselfInsideFinishesFirst() {
        String id = Waiters.id(client);
        queue("SET k v", "CLIENT KILL ID " + id + " SKIPME no", "SET k w");
        assertEquals("*[+OK, :1, +OK]", exec());
        client.awaitClose();
        assertEquals("$\"w\"", SERVER.connect().call("GET", "k"));
    }

    @Test
    void aPipelineOfTransactionsIsAnsweredInOrder() {
        List<String> replies =
                client
                        .pipeline(
                                List.of(
                                        List.of("MULTI"),
                                        List.of("INCR", "n"),
                                        List.of("EXEC"),
                                        List.of("MULTI"),
                                        List.of("INCR", "n"),
                                        List.of("NOPE"),
                                        List.of("EXEC"),
                                        List.of("INCR", "n")))
                        .stream()
                        .map(Object::toString)
                        .toList();
        assertEquals("*[:1]", replies.get(2));
        assertEquals(ABORTED, replies.get(6));
        assertEquals(":2", replies.get(7));
    }
}
