// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A transaction does not run when a watched key has changed. */
final class WatchTest {
    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private RespClient watcher;
    private RespClient other;
    private long usedBefore;

    @BeforeEach
    void connect() {
        SERVER.flush();
        usedBefore = SERVER.usedBytes();
        SERVER.onOwner(context -> context.toggles().activeExpire = false);
        watcher = SERVER.connect();
        other = SERVER.connect();
    }

    @AfterEach
    void nothingIsWatchedAnyLonger() {
        SERVER.closeClients();
        SERVER.onOwner(context -> {
            assertEquals(0, context.dispatcher().transactions().watchedKeys().keys());
            assertEquals(0, context.dispatcher().transactions().watchedKeys().clients());
        });
        SERVER.flush();
        assertEquals(usedBefore, SERVER.usedBytes());
    }

    private void watch(String... keys) {
        for (String key : keys) {
            assertEquals("+OK", watcher.call("WATCH", key));
        }
    }

    private boolean runs() {
        watcher.call("MULTI");
        watcher.call("PING");
        String reply = watcher.call("EXEC");
        assertTrue(reply.equals("*[+PONG]") || reply.equals("_"), reply);
        return !reply.equals("_");
    }

    private void assertRuns(boolean yes, String after) {
        assertEquals(yes, runs(), after);
        assertTrue(runs(), "a watch ends with EXEC");
    }

    @Test
    void anyChangeCounts() {
        List<String> changes =
                List.of(
                        "SET k w",
                        "DEL k",
                        "UNLINK k",
                        "APPEND k x",
                        "EXPIRE k 100",
                        "RENAME k l",
                        "MOVE k 3",
                        "FLUSHDB",
                        "FLUSHALL",
                        "SWAPDB 0 5",
                        "COPY l k REPLACE",
                        "LPUSH new a",
                        "GETDEL k",
                        "SORT l2 STORE k");
        for (String change : changes) {
            other.call("FLUSHALL");
            other.call("SET", "k", "v");
            other.call("SET", "l", "v");
            other.call("RPUSH", "l2", "1");
            watch("k", "new");
            other.run(change);
            assertRuns(false, change);
        }
    }

    @Test
    void whatChangesNothingDoesNotCount() {
        List<String> harmless =
                List.of(
                        "GET k",
                        "SET l w",
                        "DEL none",
                        "SET k w NX",
                        "FLUSHDB ASYNC extra",
                        "SWAPDB 3 4",
                        "EXPIRE none 100",
                        "TYPE k",
                        "LPUSHX none a");
        for (String line : harmless) {
            other.call("SET", "k", "v");
            watch("k", "none");
            other.run(line);
            assertRuns(true, line);
        }
    }

    @Test
    void changesBetweenMultiAndExecCount() {
        watch("k");
        watcher.call("MULTI");
        assertEquals("+QUEUED", watcher.call("SET", "k", "mine"));
        other.call("SET", "k", "theirs");
        assertEquals("+QUEUED", watcher.call("GET", "k"));
        assertTrue(watcher.call("EXEC").equals("_"));
        assertEquals("$\"theirs\"", watcher.call("GET", "k"));
    }

    @Test
    void ownChangesCountUntilTheTransactionRuns() {
        watch("k");
        watcher.call("SET", "k", "v");
        assertRuns(false, "own change");
        watch("k");
        watcher.call("MULTI");
        watcher.call("SET", "k", "w");
        watcher.call("SET", "k", "x");
        assertEquals("*[+OK, +OK]", watcher.call("EXEC"));
    }

    @Test
    void watchesEndWithUnwatchDiscardAndReset() {
        for (String end : List.of("UNWATCH", "DISCARD", "RESET", "EXEC")) {
            watch("k", "l");
            if (end.equals("DISCARD") || end.equals("EXEC")) {
                watcher.call("MULTI");
            }
            watcher.call(end);
            other.call("SET", "k", "v");
            assertRuns(true, end);
        }
        watch("k");
        other.call("SET", "k", "w");
        assertEquals("+OK", watcher.call("UNWATCH"));
        assertRuns(true, "UNWATCH after the change");
    }

    @Test
    void unwatchInsideComesTooLate() {
        watch("k");
        other.call("SET", "k", "v");
        watcher.call("MULTI");
        assertEquals("+QUEUED", watcher.call("UNWATCH"));
        assertEquals("_", watcher.call("EXEC"));
    }

    @Test
    void aKeyIsWatchedInItsDatabase() {
        watcher.call("SELECT", "2");
        watch("k");
        watcher.call("SELECT", "0");
        other.call("SET", "k", "v");
        assertRuns(true, "another database");
        watcher.call("SELECT", "2");
        watch("k");
        watcher.call("SELECT", "0");
        other.call("SELECT", "2");
        other.call("SET", "k", "v");
        assertRuns(false, "the same database");
    }

    @Test
    void aKeyThatExpiresHasChanged() {
        for (boolean touched : new boolean[] {false, true}) {
            other.call("SET", "k", "v", "PX", "100");
            watch("k");
            SERVER.clock().advance(200);
            if (touched) {
                assertEquals(":0", other.call("EXISTS", "k"));
            }
            assertRuns(false, "expired, touched: " + touched);
        }
    }

    @Test
    void aKeyThatHadExpiredBeforeHasNot() {
        List<String> removals = List.of("PING", "EXISTS k", "GET k", "DEL k", "FLUSHALL");
        for (String removal : removals) {
            other.call("SET", "k", "v", "PX", "100");
            SERVER.clock().advance(200);
            watch("k");
            other.run(removal);
            assertRuns(true, removal);
        }
        other.call("SET", "k", "v", "PX", "100");
        SERVER.clock().advance(200);
        watch("k");
        other.call("SET", "k", "new");
        assertRuns(false, "there is another one");
    }

    @Test
    void twoDatabasesThatAreSwappedChangeWhatIsInEither() {
        watch("none");
        other.call("SWAPDB", "0", "1");
        assertRuns(true, "in neither");
        other.call("SET", "k", "v");
        watch("k");
        other.call("SWAPDB", "0", "1");
        assertRuns(false, "it has gone");
        watch("k");
        other.call("SWAPDB", "1", "0");
        assertRuns(false, "it has come");
    }

    @Test
    void aSwapThatBringsOrTakesAnExpiredKeyChangesNothing() {
        other.call("SET", "k", "v", "PX", "100");
        SERVER.clock().advance(200);
        watch("k");
        other.call("SWAPDB", "0", "1");
        assertRuns(true, "an expired key has gone");
        watch("k");
        other.call("SWAPDB", "0", "1");
        assertRuns(true, "an expired key has come");
    }

    @Test
    void whoWatchesIsCounted() {
        assertEquals("+OK", watcher.call("WATCH", "k", "l", "k"));
        other.call("WATCH", "k");
        String info = other.ask("INFO", "clients").bulk();
        assertTrue(info.contains("\r\nwatching_clients:2\r\n"), info);
        assertTrue(info.contains("\r\ntotal_watched_keys:2\r\n"), info);
        assertTrue(watcher.ask("CLIENT", "INFO").bulk().contains(" multi=0 watch=2 "));
        other.call("SET", "k", "v");
        info = watcher.ask("CLIENT", "INFO").bulk();
        assertTrue(info.contains(" flags=d "), info);
        assertTrue(info.contains(" watch=0 "), info);
        info = other.ask("INFO", "clients").bulk();
        assertTrue(info.contains("\r\nwatching_clients:0\r\n"), info);
        assertTrue(info.contains("\r\ntotal_watched_keys:0\r\n"), info);
        assertEquals("+OK", watcher.call("WATCH", "other"));
        assertRuns(false, "it is lost already");
    }

    @Test
    void manyMayWatchMany() {
        List<RespClient> clients = List.of(SERVER.connect(), SERVER.connect(), SERVER.connect());
        for (RespClient client : clients) {
            for (int i = 0; i < 300; i++) {
                client.send("WATCH", "k" + i, "k" + (i + 1));
            }
            for (int i = 0; i < 300; i++) {
                assertEquals("+OK", client.read().toString());
            }
        }
        other.call("SET", "k300", "v");
        for (RespClient client : clients) {
            client.call("MULTI");
            assertEquals("_", client.call("EXEC"));
        }
    }
}
