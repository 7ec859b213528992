// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import dev.sigrun.testkit.TrayPlugin;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a connection brings while its client waits, on the owner's loop and on a loop of its own.
 */
final class KeyWaitsConnectionTest {
    @RegisterExtension
    static final SigrunServer ONE_LOOP = SigrunServer.withConfig().plugin("tray", new TrayPlugin());

    @RegisterExtension
    static final SigrunServer THREE_LOOPS =
            SigrunServer.withConfig("--io-threads", "3", "--io-threads-always-active", "yes")
                    .plugin("tray", new TrayPlugin());

    static List<SigrunServer> servers() {
        return List.of(ONE_LOOP, THREE_LOOPS);
    }

    @AfterEach
    void nobodyWaitsAnyLonger() {
        servers().forEach(server -> new Waiters(server).assertNone());
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void whatComesBehindWaitsToo(SigrunServer server) {
        Waiters waiters = new Waiters(server);
        RespClient waiter = server.connect();
        long before = waiters.count();
        waiter.sendRaw("PING\r\nTRAY.TAKE k 0\r\nTRAY.TAKE k 0\r\nSET s 1\r\n");
        waiters.await(before + 1);
        waiter.sendRaw("GET s\r\nPI");
        assertEquals("+PONG", Waiters.read(waiter));
        RespClient feeder = server.connect();
        feeder.call("TRAY.PUT", "k", "a");
        assertEquals("*[$\"k\", $\"a\"]", Waiters.read(waiter));
        waiters.await(before + 1);
        assertEquals(":0", feeder.call("EXISTS", "s"));
        feeder.call("TRAY.PUT", "k", "b");
        assertEquals("*[$\"k\", $\"b\"]", Waiters.read(waiter));
        assertEquals("+OK", Waiters.read(waiter));
        assertEquals("$\"1\"", Waiters.read(waiter));
        waiter.sendRaw("NG\r\n");
        assertEquals("+PONG", Waiters.read(waiter));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void aRequestInPiecesBehindTheWaitIsPutTogether(SigrunServer server) {
        Waiters waiters = new Waiters(server);
        RespClient waiter = server.connect();
        waiter.sendRaw("TRAY.TAKE k 0\r\n*2\r\n$4\r\nECHO\r\n$6\r\nab");
        waiters.await(1);
        waiter.sendRaw("cd");
        RespClient feeder = server.connect();
        feeder.call("TRAY.PUT", "k", "a");
        assertEquals("*[$\"k\", $\"a\"]", Waiters.read(waiter));
        waiter.sendRaw("ef\r\n");
        assertEquals("$\"abcdef\"", Waiters.read(waiter));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void whoGoesWithMuchUnreadBehindIsMissed(SigrunServer server) {
        Waiters waiters = new Waiters(server);
        RespClient gone = waiters.begin("TRAY.TAKE", "k", "0");
        for (int i = 0; i < 40; i++) {
            gone.send("SET", "behind", "x".repeat(10_000));
        }
        gone.close();
        waiters.await(0);
        RespClient asking = server.connect();
        asking.call("TRAY.PUT", "k", "a");
        assertEquals(":1", asking.call("EXISTS", "k"));
        assertEquals(":0", asking.call("EXISTS", "behind"));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void whoWaitsHoldsNoBuffers(SigrunServer server) {
        Waiters waiters = new Waiters(server);
        RespClient waiter = waiters.begin("TRAY.TAKE", "k", "x".repeat(100_000), "0");
        RespClient other = waiters.begin("TRAY.TAKE", "k", "0");
        Await.until(
                "the buffers are given back",
                () -> memoryBytes(server, waiter) < 4096 && memoryBytes(server, other) < 4096);
        RespClient feeder = server.connect();
        feeder.call("TRAY.PUT", "k", "a", "b");
        assertEquals("*[$\"k\", $\"a\"]", Waiters.read(waiter));
        assertEquals("*[$\"k\", $\"b\"]", Waiters.read(other));
        assertEquals("+PONG", waiter.call("PING"));
        assertEquals("+PONG", other.call("PING"));
    }

    private static long memoryBytes(SigrunServer server, RespClient client) {
        return server.fromOwner(
                context -> SigrunServer.session(context, client).transport().memoryBytes());
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void whoSendsTooMuchBehindItsWaitIsCutOff(SigrunServer server) {
        Waiters waiters = new Waiters(server);
        server.set("client-query-buffer-limit", "1mb");
        RespClient greedy = waiters.begin("TRAY.TAKE", "k", "0");
        try {
            for (int i = 0; i < 400; i++) {
                greedy.sendRaw(new byte[10_000]);
            }
        } catch (UncheckedIOException e) {
            // The server has closed the connection, as it should.
            assertEquals("java.net.SocketException", e.getCause().getClass().getName());
        }
        waiters.await(0);
        server.set("client-query-buffer-limit", "1gb");
    }
}
