// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.Recording;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of fields when their time is over. */
final class FieldExpiryTest {
    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig("--enable-debug-command", "yes").virtualClock();

    private RespClient client;

    @BeforeEach
    void begin() {
        SERVER.flush();
        client = SERVER.connect();
        client.call("DEBUG", "SET-ACTIVE-EXPIRE", "0");
        client.call("HSET", "h", "a", "1", "b", "2", "c", "3");
        client.call("HPEXPIRE", "h", "100", "FIELDS", "1", "a");
    }

    @Test
    void aFieldIsSeenUpToItsTimeAndNotAfterIt() {
        SERVER.clock().advance(100);
        assertEquals("$\"1\"", client.call("HGET", "h", "a"));
        SERVER.clock().advance(1);
        assertEquals("_", client.call("HGET", "h", "a"));
        assertEquals(":0", client.call("HEXISTS", "h", "a"));
        assertEquals(":0", client.call("HSTRLEN", "h", "a"));
        assertEquals("*[:-2]", client.call("HPTTL", "h", "FIELDS", "1", "a"));
        assertEquals(4, client.ask("HGETALL", "h").items().size());
        assertEquals(2, client.ask("HKEYS", "h").items().size());
        assertEquals(4, client.ask("HSCAN", "h", "0").items().get(1).items().size());
        assertEquals(":0", client.call("HDEL", "h", "a"));
        assertEquals(":3", client.call("HLEN", "h"));
    }

    @Test
    void aFieldPastItsTimeCountsAsNewWhenItIsSet() {
        Recording recording = SERVER.record();
        SERVER.clock().advance(101);
        assertEquals(":1", client.call("HSET", "h", "a", "9"));
        assertEquals(List.of("@ hexpired h", "@ hset h", "& HSET h a 9"), recording.takeLines());
        assertEquals("*[:-1]", client.call("HPTTL", "h", "FIELDS", "1", "a"));
    }

    @Test
    void theActiveExpiryRemovesFieldsAndSaysSo() {
        Recording recording = SERVER.record();
        recording.takeLines();
        SERVER.clock().advance(101);
        client.call("DEBUG", "SET-ACTIVE-EXPIRE", "1");
        Await.until("the field is gone", () -> client.call("HLEN", "h").equals(":2"));
        assertEquals(List.of("@ hexpired h", "& HDEL h a"), recording.takeLines());
        assertTrue(client.ask("INFO", "stats").text().contains("expired_fields:"));
        assertTrue(client.ask("INFO", "keyspace").text().contains("keys_with_volatile_items=0"));
    }

    @Test
    void theActiveExpiryRemovesAHashWithItsLastField() {
        client.call("HPEXPIRE", "h", "100", "FIELDS", "2", "b", "c");
        assertTrue(client.ask("INFO", "keyspace").text().contains("keys_with_volatile_items=1"));
        Recording recording = SERVER.record();
        recording.takeLines();
        SERVER.clock().advance(101);
        client.call("DEBUG", "SET-ACTIVE-EXPIRE", "1");
        Await.until("the key is gone", () -> client.call("EXISTS", "h").equals(":0"));
        List<String> lines = recording.takeLines();
        assertEquals(List.of("@ hexpired h", "@ del h"), lines.subList(0, 2));
    }

    @Test
    void thousandsOfFieldsEndWithoutAnyBeingForgotten() {
        for (int i = 0; i < 50; i++) {
            StringBuilder line = new StringBuilder("HSETEX big PX 50 FIELDS 100");
            for (int j = 0; j < 100; j++) {
                line.append(" f").append(i * 100 + j).append(" v");
            }
            client.run(line.toString());
        }
        client.call("HSET", "big", "stays", "1");
        SERVER.clock().advance(51);
        client.call("DEBUG", "SET-ACTIVE-EXPIRE", "1");
        Await.until("all are gone", () -> fieldsAfterAnotherRound("big") == 1);
        assertEquals("*[$\"stays\"]", client.call("HKEYS", "big"));
    }

    /** The expiry works between commands, once in a while of the server's time. */
    private long fieldsAfterAnotherRound(String key) {
        SERVER.clock().advance(100);
        return client.ask("HLEN", key).integer();
    }
}
