// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Subscribers hear what happens to keys, as far as notify-keyspace-events says. */
final class KeyNoticesTest {
    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    @AfterEach
    void clear() {
        SERVER.flush();
        SERVER.closeClients();
    }

    private static void assertHears(RespClient client, String channel, String message) {
        assertEquals(
                List.of(channel, message),
                client.read().items().subList(2, 4).stream().map(item -> item.text()).toList());
    }

    @Test
    void keyspaceAndKeyeventMessagesCome() {
        SERVER.set("notify-keyspace-events", "KEA");
        RespClient listener = SERVER.connect(3);
        listener.call("PSUBSCRIBE", "__key*__:*");
        RespClient writer = SERVER.connect();
        writer.call("SELECT", "3");
        writer.call("SET", "k", "v");
        assertHears(listener, "__keyspace@3__:k", "set");
        assertHears(listener, "__keyevent@3__:set", "k");
        writer.call("PEXPIRE", "k", "10");
        assertHears(listener, "__keyspace@3__:k", "expire");
        assertHears(listener, "__keyevent@3__:expire", "k");
        SERVER.clock().advance(11);
        writer.call("GET", "k");
        assertHears(listener, "__keyspace@3__:k", "expired");
        assertHears(listener, "__keyevent@3__:expired", "k");
        writer.call("LPUSH", "l", "a");
        assertHears(listener, "__keyspace@3__:l", "lpush");
        assertHears(listener, "__keyevent@3__:lpush", "l");
    }

    @Test
    void onlyTheClassesThatAreSetAreHeard() {
        SERVER.set("notify-keyspace-events", "El");
        RespClient listener = SERVER.connect(3);
        listener.call("PSUBSCRIBE", "*");
        RespClient writer = SERVER.connect();
        writer.call("SET", "k", "v");
        writer.call("LPUSH", "l", "a");
        assertHears(listener, "__keyevent@0__:lpush", "l");
        SERVER.set("notify-keyspace-events", "");
        writer.call("LPUSH", "l", "b");
        writer.call("PUBLISH", "end", "x");
        assertHears(listener, "end", "x");
    }

    @Test
    void oneWhoListensToItsOwnKeysHearsBehindItsReply() {
        SERVER.set("notify-keyspace-events", "Kg$");
        RespClient client = SERVER.connect(3);
        client.call("PSUBSCRIBE", "__keyspace@*");
        assertEquals("+OK", client.call("SET", "k", "v"));
        assertHears(client, "__keyspace@0__:k", "set");
    }
}
