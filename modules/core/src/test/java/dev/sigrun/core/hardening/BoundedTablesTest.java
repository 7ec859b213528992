// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.base.HeapShare;
import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What clients leave in the server beside data has an end. */
final class BoundedTablesTest {
    private static final String FULL =
            "-OOM the server could not allocate memory for this command.";
    private static final int ROOM = 10;
    private static final int MANY = 20_000;

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    private long usual;

    private void narrow(boolean isNarrow) {
        SERVER.onOwner(context -> {
            for (HeapShare share :
                    new HeapShare[] {
                        context.dispatcher().transactions().watchedKeys().room(),
                        context.dispatcher().audience().pubSub().room(),
                        context.dispatcher().audience().tracking().room()
                    }) {
                share.entriesMax(isNarrow ? ROOM : usual);
            }
        });
    }

    @AfterEach
    void theServerAnswersTheNextPing() {
        usual = Integer.MAX_VALUE;
        narrow(false);
        assertEquals("+PONG", SERVER.connect().call("PING"));
    }

    private static String[] named(String first, int count) {
        List<String> words = new ArrayList<>(List.of(first.split(" ")));
        for (int i = 0; i < count; i++) {
            words.add("name:" + i);
        }
        return words.toArray(new String[0]);
    }

    private static String[] prefixes(int count) {
        List<String> words = new ArrayList<>(List.of("CLIENT", "TRACKING", "ON", "BCAST"));
        for (int i = 0; i < count; i++) {
            words.addAll(List.of("PREFIX", "name:" + i + ":"));
        }
        return words.toArray(new String[0]);
    }

    @Test
    void watchedKeysAreRefusedAsAWholeAndTheirRoomComesBack() {
        narrow(true);
        RespClient client = SERVER.connect();
        assertEquals("+OK", client.call(named("WATCH", ROOM)));
        RespClient other = SERVER.connect();
        assertEquals(FULL, other.call(named("WATCH", 1)));
        assertEquals("+OK", client.call("UNWATCH"));
        assertEquals(FULL, other.call(named("WATCH", ROOM + 1)));
        assertEquals("+OK", other.call(named("WATCH", ROOM)));
        other.close();
        Await.until("the room is back", () -> client.call(named("WATCH", 1)).equals("+OK"));
    }

    @Test
    void subscriptionsAreRefusedAsAWholeAndTheirRoomComesBack() {
        narrow(true);
        RespClient client = SERVER.connect(3);
        assertEquals(FULL, client.call(named("SUBSCRIBE", ROOM + 1)));
        assertEquals(FULL, client.call(named("PSUBSCRIBE", ROOM + 1)));
        assertEquals(FULL, client.call(named("SSUBSCRIBE", ROOM + 1)));
        client.send(named("SUBSCRIBE", ROOM));
        for (int i = 0; i < ROOM; i++) {
            client.read();
        }
        assertEquals(FULL, client.call("SUBSCRIBE", "more"));
        client.call("RESET");
        assertTrue(client.call("SUBSCRIBE", "more").contains("more"));
    }

    @Test
    void prefixesAreRefusedAsAWholeAndTheirRoomComesBack() {
        narrow(true);
        RespClient client = SERVER.connect(3);
        assertEquals(FULL, client.call(prefixes(ROOM + 1)));
        assertEquals("+OK", client.call(prefixes(ROOM)));
        assertEquals(FULL, client.call("CLIENT", "TRACKING", "ON", "BCAST", "PREFIX", "x"));
        assertEquals("+OK", client.call("CLIENT", "TRACKING", "OFF"));
        assertEquals("+OK", client.call(prefixes(ROOM)));
    }

    @Test
    void aWriteLooksAtFewOfManyPrefixes() {
        RespClient client = SERVER.connect(3);
        assertEquals("+OK", client.call(prefixes(MANY)));
        RespClient other = SERVER.connect();
        for (int i = 0; i < MANY; i += MANY / 100) {
            assertEquals("+OK", other.call("SET", "name:" + i + ":key", "x"));
            assertEquals(
                    ">[$\"invalidate\", *[$\"name:" + i + ":key\"]]", client.read().toString());
            assertEquals("+OK", other.call("SET", "other:" + i, "x"));
        }
    }
}
