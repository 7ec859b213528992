// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import dev.sigrun.testkit.TrayPlugin;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A wait for keys ends in many ways, and nothing of it is left then. */
final class KeyWaitsEndTest {
    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig().plugin("tray", new TrayPlugin()).virtualClock();

    private static final Waiters WAITERS = new Waiters(SERVER);

    @AfterEach
    void nobodyWaitsAnyLonger() {
        WAITERS.assertNone();
    }

    @Test
    void aWaitInVainEndsAtItsTime() {
        RespClient waiter = WAITERS.begin("TRAY.TAKE", "k", "100");
        RespClient other = WAITERS.begin("TRAY.MOVE", "k", "t", "200");
        RespClient forEver = WAITERS.begin("TRAY.TAKE", "k", "0");
        RespClient asking = SERVER.connect();
        assertTrue(asking.ask("INFO", "clients").bulk().contains("clients_in_timeout_table:2"));
        SERVER.clock().advance(99);
        assertEquals("+PONG", asking.call("PING"));
        assertEquals(3, WAITERS.count());
        SERVER.clock().advance(1);
        assertEquals("_", Waiters.read(waiter));
        WAITERS.await(2);
        SERVER.clock().advance(100);
        assertEquals("_", Waiters.read(other));
        WAITERS.await(1);
        asking.call("TRAY.PUT", "k", "a");
        assertEquals("*[$\"k\", $\"a\"]", Waiters.read(forEver));
    }

    @Test
    void aClientCanBeUnblocked() {
        RespClient waiter = SERVER.connect();
        RespClient asking = SERVER.connect();
        String id = Waiters.id(waiter);
        assertEquals(":0", asking.call("CLIENT", "UNBLOCK", id));
        WAITERS.begin(waiter, "TRAY.TAKE", "k", "0");
        assertEquals(":1", asking.call("CLIENT", "UNBLOCK", id));
        assertEquals("_", Waiters.read(waiter));
        WAITERS.begin(waiter, "TRAY.TAKE", "k", "0");
        assertEquals(":1", asking.call("CLIENT", "UNBLOCK", id, "ERROR"));
        assertEquals("-UNBLOCKED client unblocked via CLIENT UNBLOCK", Waiters.read(waiter));
        assertEquals(":1", asking.call("TRAY.PUT", "k", "a"));
        assertEquals("*[$\"k\", $\"a\"]", waiter.call("TRAY.TAKE", "k", "0"));
    }

    @Test
    void whoHasGoneGetsNothing() {
        RespClient gone = WAITERS.begin("TRAY.TAKE", "k", "0");
        RespClient killed = WAITERS.begin("TRAY.TAKE", "k", "5000");
        RespClient asking = SERVER.connect();
        gone.close();
        WAITERS.await(1);
        String list = asking.ask("CLIENT", "LIST", "TYPE", "normal", "FLAGS", "b").bulk();
        String id = list.substring(list.indexOf('=') + 1, list.indexOf(' '));
        assertEquals(":1", asking.call("CLIENT", "KILL", "ID", id));
        assertEquals(":1", asking.call("TRAY.PUT", "k", "a"));
        assertEquals(":1", asking.call("EXISTS", "k"));
        killed.awaitClose();
    }

    @Test
    void argumentsAreKeptOffTheHeapAndGivenBack() {
        long before = SERVER.usedBytes();
        String large = "x".repeat(1_000_000);
        RespClient served = WAITERS.begin("TRAY.TAKE", large, "k", "0");
        RespClient unblocked = SERVER.connect();
        String id = Waiters.id(unblocked);
        WAITERS.begin(unblocked, "TRAY.TAKE", large, "0");
        RespClient gone = WAITERS.begin("TRAY.TAKE", large, large, "100000");
        RespClient late = WAITERS.begin("TRAY.TAKE", large, "1000");
        assertTrue(SERVER.usedBytes() - before > 5_000_000);
        RespClient feeder = SERVER.connect();
        feeder.call("TRAY.PUT", "k", "a");
        Waiters.read(served);
        feeder.call("CLIENT", "UNBLOCK", id);
        Waiters.read(unblocked);
        SERVER.clock().advance(1000);
        Waiters.read(late);
        gone.close();
        WAITERS.await(0);
        assertEquals(before, SERVER.usedBytes());
    }

    @Test
    void whoWaitsAsLongAsAKeyIsThereHearsThatItHasGone() {
        RespClient waiter = SERVER.connect();
        RespClient feeder = SERVER.connect();
        assertEquals("-NOTRAY there is no tray", waiter.call("TRAY.NEXT", "k", "$", "0"));
        List<String> ends =
                List.of("DEL k", "FLUSHALL", "RENAME k other", "SWAPDB 0 1", "UNLINK k", "FLUSHDB");
        for (String end : ends) {
            feeder.call("TRAY.PUT", "k", "a");
            WAITERS.begin(waiter, "TRAY.NEXT", "k", "$", "0");
            feeder.run(end);
            assertEquals("-NOTRAY there is no tray", Waiters.read(waiter), end);
            feeder.call("FLUSHALL");
        }
        feeder.call("TRAY.PUT", "k", "a");
        WAITERS.begin(waiter, "TRAY.NEXT", "k", "$", "0");
        String info = feeder.ask("INFO", "clients").bulk();
        assertTrue(info.contains("\r\ntotal_blocking_keys:1\r\n"), info);
        assertTrue(info.contains("\r\ntotal_blocking_keys_on_nokey:1\r\n"), info);
        feeder.call("SET", "k", "v");
        assertEquals(
                "-WRONGTYPE Operation against a key holding the wrong kind of value",
                Waiters.read(waiter));
    }

    @Test
    void whoWaitsAsLongAsAKeyIsThereHearsThatItHasExpired() {
        RespClient waiter = SERVER.connect();
        RespClient feeder = SERVER.connect();
        for (boolean lazily : new boolean[] {false, true}) {
            SERVER.onOwner(context -> context.toggles().activeExpire = !lazily);
            feeder.call("TRAY.PUT", "k", "a");
            feeder.call("PEXPIRE", "k", "100");
            WAITERS.begin(waiter, "TRAY.NEXT", "k", "$", "0");
            SERVER.clock().advance(200);
            if (lazily) {
                assertEquals(":0", feeder.call("EXISTS", "k"));
            }
            assertEquals("-NOTRAY there is no tray", Waiters.read(waiter));
        }
        SERVER.onOwner(context -> context.toggles().activeExpire = true);
    }

    @Test
    void aPausedWriteIsNotServedUntilThePauseIsOver() {
        for (boolean byTime : new boolean[] {false, true}) {
            RespClient writer = SERVER.connect();
            writer.call("SELECT", "1");
            RespClient reader = SERVER.connect();
            reader.call("SELECT", "1");
            WAITERS.begin(writer, "TRAY.TAKE", "k", "0");
            WAITERS.begin(reader, "TRAY.TOTAL", "k", "1", "0");
            RespClient feeder = SERVER.connect();
            feeder.call("TRAY.PUT", "k", "a");
            assertEquals("+OK", feeder.call("CLIENT", "PAUSE", "1000", "WRITE"));
            SERVER.onOwner(context -> context.store().swap(0, 1));
            assertEquals("*[$\"total\", :1]", Waiters.read(reader));
            assertEquals(1, WAITERS.count());
            if (byTime) {
                SERVER.clock().advance(1000);
            } else {
                feeder.call("CLIENT", "UNPAUSE");
            }
            assertEquals("*[$\"k\", $\"a\"]", Waiters.read(writer));
        }
    }

    @Test
    void whoIsStoppedByAPauseIsBlockedButCannotBeUnblocked() {
        RespClient writer = SERVER.connect();
        String id = Waiters.id(writer);
        RespClient asking = SERVER.connect();
        asking.call("CLIENT", "PAUSE", "100000", "WRITE");
        WAITERS.begin(writer, "TRAY.TAKE", "k", "0");
        assertEquals(":0", asking.call("CLIENT", "UNBLOCK", id));
        assertTrue(asking.ask("INFO", "clients").bulk().contains("\r\nblocked_clients:1\r\n"));
        asking.call("CLIENT", "UNPAUSE");
        Await.until(
                "the command waits for its key",
                () -> SERVER.fromOwner(context -> context.dispatcher().waits().keys()) == 1);
        assertEquals(":1", asking.call("CLIENT", "UNBLOCK", id));
        assertEquals("_", Waiters.read(writer));
    }

    @Test
    void memoryIsAskedForAgainBeforeTheCommandRunsAgain() {
        RespClient waiter = SERVER.connect();
        waiter.call("SELECT", "1");
        RespClient feeder = SERVER.connect();
        feeder.call("TRAY.PUT", "k", "a");
        WAITERS.begin(waiter, "TRAY.TAKE", "k", "0");
        SERVER.set("maxmemory", "1");
        SERVER.onOwner(context -> context.store().swap(0, 1));
        assertEquals(
                "-OOM command not allowed when used memory > 'maxmemory'.", Waiters.read(waiter));
        SERVER.set("maxmemory", "0");
    }

    @Test
    void aClientThatMayNotWaitIsAnsweredAtOnce() {
        RespClient client = SERVER.connect();
        SERVER.awaitSession(client);
        SERVER.onOwner(context -> SigrunServer.session(context, client).replicated(true));
        assertEquals("_", client.call("TRAY.TAKE", "k", "0"));
    }
}
