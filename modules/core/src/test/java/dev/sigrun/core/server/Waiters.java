// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;

/** The clients of a server that wait for keys. */
final class Waiters {
    private final SigrunServer server;

    Waiters(SigrunServer server) {
        this.server = server;
    }

    /** Number of clients that are blocked. */
    long count() {
        return server.fromOwner(context -> context.sessions().blocked());
    }

    /** Waits until so many clients are blocked. */
    void await(long count) {
        Await.until(count + " blocked clients", () -> count() == count);
    }

    /** A new client, once it waits for what a command waits for. */
    RespClient begin(String... words) {
        return begin(server.connect(), words);
    }

    /** A client, once it waits for what a command waits for. */
    RespClient begin(RespClient client, String... words) {
        long before = count();
        client.send(words);
        await(before + 1);
        return client;
    }

    /** The next reply, as one line. */
    static String read(RespClient client) {
        return client.read().toString();
    }

    /** The number that the server knows a client by. */
    static String id(RespClient client) {
        return Long.toString(client.ask("CLIENT", "ID").integer());
    }

    /** Lets all clients and keys go; nothing is left of any wait. */
    void assertNone() {
        server.closeClients();
        server.onOwner(context -> {
            assertEquals(0, context.sessions().blocked());
            assertEquals(0, context.sessions().deadlines());
            assertEquals(0, context.dispatcher().waits().keys());
            assertEquals(0, context.dispatcher().waits().keysWaitedGone());
        });
        server.flush();
    }
}
