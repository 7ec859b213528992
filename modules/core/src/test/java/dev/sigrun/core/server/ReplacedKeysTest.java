// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.store.StoreListener;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.testkit.DumpForge;
import dev.sigrun.testkit.OpaquePlugin;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A value that comes from elsewhere takes a key's place as a whole or not at all. */
final class ReplacedKeysTest {
    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig().virtualClock().plugin("opaque", new OpaquePlugin());

    private final long seed = Long.getLong("sigrun.test.seed", 20_261_123);
    private RespClient client;

    @BeforeEach
    void start() {
        SERVER.flush();
        client = SERVER.connect();
    }

    private String payload(String... command) {
        client.call(command);
        String payload = client.ask("DUMP", command[1]).bulk();
        client.call("DEL", command[1]);
        return payload;
    }

    private List<String> payloads() {
        return List.of(
                payload("SET", "x", "text"),
                payload("SET", "x", "12345"),
                payload("SET", "x", "v".repeat(5000)),
                payload("TESTKIT.OPAQUE", "x", "small"),
                payload("TESTKIT.OPAQUE", "x", "w".repeat(5000)));
    }

    @Test
    void aDamagedPayloadReplacesNothing() {
        System.out.println("ReplacedKeysTest: -Dsigrun.test.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<String> payloads = payloads();
        for (String old : payloads) {
            client.call("RESTORE", "k", "7000", old, "REPLACE");
            for (int i = 0; i < 40; i++) {
                String fresh = payloads.get(random.nextInt(payloads.size()));
                int length = DumpForge.body(fresh).length;
                String cut = DumpForge.truncate(fresh, random.nextInt(length));
                String answer = client.call("RESTORE", "k", "0", cut, "REPLACE");
                assertEquals("-ERR Bad data format", answer);
                assertEquals(old, client.ask("DUMP", "k").bulk());
                assertEquals(":7000", client.call("PTTL", "k"));
            }
        }
    }

    @Test
    void anyValueReplacesAnyOther() {
        List<String> payloads = payloads();
        for (String old : payloads) {
            for (String fresh : payloads) {
                client.call("RESTORE", "k", "7000", old, "REPLACE");
                assertEquals("+OK", client.call("RESTORE", "k", "0", fresh, "REPLACE"));
                assertEquals(fresh, client.ask("DUMP", "k").bulk());
                assertEquals(":-1", client.call("PTTL", "k"));
                client.call("RESTORE", "l", "9000", old, "REPLACE");
                assertEquals(":1", client.call("COPY", "l", "k", "REPLACE"));
                assertEquals(old, client.ask("DUMP", "k").bulk());
                assertEquals(":9000", client.call("PTTL", "k"));
            }
        }
    }

    @Test
    void aPayloadPastItsTimeIsCheckedAllTheSame() {
        for (String payload : payloads()) {
            client.call("SET", "k", "v");
            String cut = DumpForge.truncate(payload, 1);
            String[] words = {"RESTORE", "k", "1", cut, "ABSTTL", "REPLACE"};
            assertEquals("-ERR Bad data format", client.call(words));
            assertEquals("$\"v\"", client.call("GET", "k"));
            words[3] = payload;
            assertEquals("+OK", client.call(words));
            assertEquals(":0", client.call("EXISTS", "k"));
        }
    }

    @Test
    void bytesBehindTheValueDoNoHarm() {
        for (String payload : payloads()) {
            byte[] body = DumpForge.body(payload);
            byte[] longer = java.util.Arrays.copyOf(body, body.length + 3);
            String more = DumpForge.seal(payload, longer);
            assertEquals("+OK", client.call("RESTORE", "k", "0", more, "REPLACE"));
            assertEquals(payload, client.ask("DUMP", "k").bulk());
        }
    }

    @Test
    void aKeyThatAppearsOrIsReplacedAsAWholeIsNew() {
        String payload = payload("SET", "x", "text");
        List<String> events = new ArrayList<>();
        SERVER.onOwner(context -> context.keyspaceWatch(new NewKeys(events)));
        client.call("SET", "a", "1");
        client.call("SET", "a", "2");
        client.call("RESTORE", "b", "0", payload);
        client.call("RESTORE", "b", "0", payload, "REPLACE");
        client.call("COPY", "a", "b", "REPLACE");
        client.call("COPY", "a", "c");
        client.call("RENAME", "a", "b");
        client.call("MOVE", "b", "1");
        assertEquals(List.of("a", "b", "b", "b", "c", "b", "b"), events);
        SERVER.onOwner(context -> context.keyspaceWatch(StoreListener.NONE));
    }

    private record NewKeys(List<String> names) implements StoreListener {
        @Override
        public void event(int notifyClass, String event, int db, Bytes key) {
            if (notifyClass == NotifyClass.NEW) {
                assertEquals("new", event);
                names.add(key.text());
            }
        }

        @Override
        public void modified(int db, Bytes key) {}

        @Override
        public void expired(int db, Bytes key) {}

        @Override
        public void evicted(int db, Bytes key) {}
    }

    @Test
    void whatCannotBeCopiedCostsNothing() {
        try (SigrunServer server =
                SigrunServer.withConfig().plugin("sole", OpaquePlugin.withoutCopies()).start()) {
            RespClient one = server.connect();
            one.call("TESTKIT.OPAQUE", "sole", "value");
            one.call("SET", "k", "v");
            for (String target : List.of("k", "absent")) {
                String answer = one.call("COPY", "sole", target, "REPLACE");
                assertEquals("-ERR not supported for this module key", answer);
            }
            assertEquals("$\"v\"", one.call("GET", "k"));
            assertTrue(one.call("DBSIZE").equals(":2"));
        }
    }
}
