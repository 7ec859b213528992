// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that have not authenticated cost next to nothing. */
final class AnonymousClientsTest {
    private static final int CLIENTS = 8;
    private static final int COMMANDS = 400_000;

    @RegisterExtension
    static final SigrunServer SERVER = SigrunServer.withConfig("--requirepass", "secret");

    private static void assertRefused(String request, String what) {
        RespClient client = SERVER.connect();
        client.sendRaw(request);
        assertEquals("-ERR Protocol error: " + what + "\r\n", client.readToEnd());
    }

    @Test
    void theirRequestsAreSmall() {
        assertRefused("*11\r\n", "unauthenticated multibulk length");
        assertRefused("*1\r\n$16385\r\n", "unauthenticated bulk length");
        RespClient client = SERVER.connect();
        client.sendRaw("*1\r\n$16384\r\n" + "x".repeat(16384) + "\r\n");
        assertTrue(client.read().isError());
        client.sendRaw("*10\r\n" + "$1\r\nx\r\n".repeat(10));
        assertTrue(client.read().isError());
    }

    @Test
    void theyMayDoNothing() {
        RespClient client = SERVER.connect();
        assertEquals("-NOAUTH Authentication required.", client.call("GET", "a"));
        assertEquals("-NOAUTH Authentication required.", client.call("NOSUCHCOMMAND"));
        assertEquals("-NOAUTH Authentication required.", client.call("FLUSHALL"));
    }

    @Test
    void whoDoesNotReadItsErrorsIsCutOff() throws InterruptedException {
        String flood = "GET a\r\n".repeat(COMMANDS);
        List<Thread> senders = new ArrayList<>();
        List<RespClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            RespClient client = new RespClient(SERVER.port(), 4096);
            clients.add(client);
            SERVER.awaitSession(client);
            senders.add(Thread.ofPlatform().start(() -> flood(client, flood)));
        }
        for (Thread sender : senders) {
            sender.join();
        }
        Await.until(
                "the flooding clients are gone",
                () -> SERVER.fromOwner(context -> context.sessions().size() == 0));
        long cutOff = SERVER.fromOwner(context -> context.stats().outputLimitDisconnections);
        assertEquals(CLIENTS, cutOff);
        assertEquals("-NOAUTH Authentication required.", SERVER.connect().call("GET", "a"));
        clients.forEach(RespClient::close);
    }

    private static void flood(RespClient client, String requests) {
        try {
            client.sendRaw(requests);
        } catch (UncheckedIOException e) {
            // Cut off before everything was sent, as it should be.
            return;
        }
    }
}
