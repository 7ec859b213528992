// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.Recording;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Keys go when their time has come, asked for or not. */
final class ExpiryTest {
    private static final int MANY = 100_000;

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private RespClient client;

    @BeforeEach
    void start() {
        SERVER.flush();
        client = SERVER.connect();
    }

    private static long size() {
        return SERVER.fromOwner(context -> context.store().database(0).size());
    }

    private static long expiredKeys() {
        return SERVER.fromOwner(context -> context.store().stats().expiredKeys);
    }

    private void write(String prefix, int count, String... options) {
        List<List<String>> commands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> command = new ArrayList<>(List.of("SET", prefix + i, "value"));
            command.addAll(List.of(options));
            commands.add(command);
        }
        client.pipeline(commands);
    }

    @Test
    void aHundredThousandKeysGoUnasked() {
        write("lasting", 1000);
        write("long", 1000, "EX", "100000");
        long before = SERVER.usedBytes();
        write("short", MANY, "PX", "5000");
        assertEquals(MANY + 2000, size());
        SERVER.clock().advance(5001);
        Await.until(
                "the keys have gone",
                () -> {
                    SERVER.clock().advance(100);
                    return size() == 2000;
                });
        long left = SERVER.usedBytes() - before;
        assertTrue(left < before, () -> left + " bytes are still in use");
        assertEquals(":2", client.call("EXISTS", "lasting999", "long999"));
    }

    @Test
    void aKeyIsGoneTheMomentItsTimeIsOver() {
        SERVER.onOwner(context -> context.toggles().activeExpire = false);
        Recording recording = SERVER.record();
        client.call("SET", "k", "v", "PX", "1000");
        recording.takeLines();
        SERVER.clock().advance(1000);
        assertEquals(":1", client.call("EXISTS", "k"));
        assertEquals(":0", client.call("PTTL", "k"));
        SERVER.clock().advance(1);
        assertEquals("_", client.call("GET", "k"));
        assertEquals(List.of("@ expired k", "& UNLINK k"), recording.takeLines());
        assertEquals(":-2", client.call("PTTL", "k"));
        assertEquals(0, size());
        SERVER.onOwner(context -> context.toggles().activeExpire = true);
    }

    @Test
    void aTimeThatIsPastAlreadyCountsAsExpiry() {
        long before = expiredKeys();
        client.call("SET", "k", "v");
        client.call("EXPIRE", "k", "-1");
        client.call("SET", "k", "v");
        client.call("GETEX", "k", "PXAT", "1");
        client.call("SET", "k", "v");
        client.call("SET", "k", "v", "PXAT", "1");
        assertEquals(before + 3, expiredKeys());
    }

    @Test
    void aKeyPastItsTimeIsNotSeen() {
        SERVER.onOwner(context -> context.toggles().activeExpire = false);
        write("k", 100, "PX", "1000");
        client.call("SET", "alive", "v");
        SERVER.clock().advance(1001);
        assertEquals("*[$\"alive\"]", client.call("KEYS", "*"));
        assertEquals("$\"alive\"", client.call("RANDOMKEY"));
        assertEquals("+OK", client.call("SET", "k0", "v", "NX"));
        assertEquals("-ERR no such key", client.call("RENAME", "k1", "k2"));
        assertEquals(":1", client.call("APPEND", "k3", "x"));
        assertEquals(":-1", client.call("TTL", "k3"));
        SERVER.onOwner(context -> context.toggles().activeExpire = true);
    }

    @Test
    void theSourceOfAnImportSaysWhenKeysGo() {
        RespClient source = SERVER.connect();
        assertEquals(
                "-ERR Server is not in import mode", source.call("CLIENT", "IMPORT-SOURCE", "ON"));
        client.call("CONFIG", "SET", "import-mode", "yes");
        assertEquals("+OK", source.call("CLIENT", "IMPORT-SOURCE", "ON"));
        source.call("SET", "k", "1", "PX", "10");
        source.call("SET", "past", "v", "PXAT", "1");
        SERVER.clock().advance(11);
        assertEquals(":2", client.call("DBSIZE"));
        assertEquals("_", client.call("GET", "k"));
        assertEquals(":2", source.call("INCR", "k"));
        assertEquals(":0", source.call("TTL", "past"));
        assertEquals(":1", client.call("INCR", "k"));
        assertEquals(":-1", source.call("TTL", "k"));
        client.call("CONFIG", "SET", "import-mode", "no");
        assertEquals("_", source.call("GET", "past"));
        assertEquals(":1", client.call("DBSIZE"));
    }
}
