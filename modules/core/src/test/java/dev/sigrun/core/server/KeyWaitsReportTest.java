// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Recording;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import dev.sigrun.testkit.TrayPlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is told, counted and replicated of clients that wait for keys. */
final class KeyWaitsReportTest {
    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig().plugin("tray", new TrayPlugin()).virtualClock();

    private static final Waiters WAITERS = new Waiters(SERVER);

    @AfterEach
    void nobodyWaitsAnyLonger() {
        WAITERS.assertNone();
    }

    @Test
    void theEffectIsReplicatedInItsDatabase() {
        RespClient waiter = SERVER.connect();
        waiter.call("SELECT", "3");
        WAITERS.begin(waiter, "TRAY.TAKE", "k", "0");
        Recording recording = SERVER.record();
        RespClient feeder = SERVER.connect();
        feeder.call("SELECT", "3");
        feeder.call("TRAY.PUT", "k", "a");
        Waiters.read(waiter);
        assertEquals("[[TRAY.PUT, k, a], [TRAY.DROP, k]]", recording.takeCommands().toString());
    }

    @Test
    void aWaitCountsOnceItIsOver() {
        RespClient waiter = SERVER.connect();
        String id = Waiters.id(waiter);
        RespClient feeder = SERVER.connect();
        feeder.call("CONFIG", "RESETSTAT");
        WAITERS.begin(waiter, "TRAY.PICK", "k", "2", "0");
        assertFalse(stats(feeder).contains("tray.pick"), "counted already");
        feeder.call("TRAY.PUT", "k", "a");
        assertFalse(stats(feeder).contains("tray.pick"), "counted already");
        feeder.call("TRAY.PUT", "k", "b");
        Waiters.read(waiter);
        assertTrue(stats(feeder).contains("tray.pick:calls=1,"));
        WAITERS.begin(waiter, "TRAY.PICK", "k", "9", "1000");
        SERVER.clock().advance(1000);
        Waiters.read(waiter);
        assertTrue(stats(feeder).contains("tray.pick:calls=2,"));
        WAITERS.begin(waiter, "TRAY.PICK", "k", "9", "0");
        feeder.call("CLIENT", "UNBLOCK", id, "ERROR");
        Waiters.read(waiter);
        String stats = stats(feeder);
        assertTrue(stats.contains("tray.pick:calls=3,"), stats);
        String line = stats.substring(stats.indexOf("tray.pick"));
        assertTrue(line.contains("rejected_calls=1,failed_calls=0"), line);
    }

    private static String stats(RespClient client) {
        return client.ask("INFO", "commandstats").bulk();
    }

    @Test
    void theListShowsWhoWaits() {
        RespClient waiter = SERVER.connect();
        String id = Waiters.id(waiter);
        WAITERS.begin(waiter, "TRAY.TAKE", "key", "0");
        RespClient asking = SERVER.connect();
        String line = asking.ask("CLIENT", "LIST", "ID", id).bulk();
        assertTrue(line.contains(" flags=b "), line);
        assertTrue(line.contains(" argv-mem=13 "), line);
        assertTrue(line.contains(" cmd=tray.take "), line);
        assertTrue(line.contains(" tot-cmds=1\n"), line);
        String info = asking.ask("INFO", "clients").bulk();
        assertTrue(info.contains("\r\nblocked_clients:1\r\n"), info);
        assertTrue(info.contains("\r\ntotal_blocking_keys:1\r\n"), info);
        assertTrue(info.contains("\r\ntotal_blocking_keys_on_nokey:0\r\n"), info);
        assertEquals(true, SERVER.fromOwner(context -> context.sessions().waitIn("tray")));
        asking.call("TRAY.PUT", "key", "a");
        Waiters.read(waiter);
        assertTrue(asking.ask("CLIENT", "LIST", "ID", id).bulk().contains(" tot-cmds=2\n"));
        assertEquals(false, SERVER.fromOwner(context -> context.sessions().waitIn("tray")));
    }
}
