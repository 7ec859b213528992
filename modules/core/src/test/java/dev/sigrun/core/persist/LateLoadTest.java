// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.persist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that is loaded when the time of some of it is over. */
class LateLoadTest {
    private static final int FIELDS = 5000;

    @TempDir Path folder;

    private SigrunServer server(String... options) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "--dir",
                                folder.toString(),
                                "--enable-debug-command",
                                "local",
                                "--repl-backlog-size",
                                "1mb"));
        all.addAll(List.of(options));
        return SigrunServer.withConfig(all.toArray(String[]::new)).virtualClock().start();
    }

    private static void expire(RespClient client, String key, String field) {
        assertEquals("*[:1]", client.call("HPEXPIRE", key, "1000", "FIELDS", "1", field));
    }

    @Test
    void fieldsOfAFileWhoseTimeIsOverAreLeftOutAndHashesWithoutOthersToo() {
        try (SigrunServer server = server();
                RespClient client = server.connect()) {
            client.call("HSET", "none", "a", "1", "b", "2");
            expire(client, "none", "a");
            expire(client, "none", "b");
            client.call("HSET", "some", "a", "1", "b", "2", "c", "3");
            expire(client, "some", "b");
            assertEquals("+OK", client.call("SAVE"));
            server.clock().advance(5000);
            assertEquals("+OK", client.call("DEBUG", "RELOAD", "NOSAVE"));
            assertEquals(":0", client.call("EXISTS", "none"));
            assertEquals(":2", client.call("HLEN", "some"));
            assertEquals("$\"3\"", client.call("HGET", "some", "c"));
            String info = client.call("INFO", "persistence");
            assertTrue(info.contains("rdb_last_load_keys_expired:0"), info);
            assertTrue(info.contains("rdb_last_load_keys_loaded:1"), info);
        }
    }

    @Test
    void fieldsOfALargeHashAreLeftOutWhereverTheyStand() {
        try (SigrunServer server = server();
                RespClient client = server.connect()) {
            List<List<String>> commands = new ArrayList<>();
            for (int i = 0; i < FIELDS; i++) {
                commands.add(List.of("HSET", "h", "field" + i, "value " + i));
                if (i % 3 > 0) {
                    commands.add(List.of("HPEXPIRE", "h", "1000", "FIELDS", "1", "field" + i));
                }
                commands.add(List.of("HSET", "gone", "field" + i, "value " + i));
                commands.add(List.of("HPEXPIRE", "gone", "1000", "FIELDS", "1", "field" + i));
            }
            client.pipeline(commands);
            assertEquals("+OK", client.call("SAVE"));
            server.clock().advance(5000);
            assertEquals("+OK", client.call("DEBUG", "RELOAD", "NOSAVE"));
            assertEquals(":" + (FIELDS + 2) / 3, client.call("HLEN", "h"));
            assertEquals("$\"value 3\"", client.call("HGET", "h", "field3"));
            assertEquals(":0", client.call("HEXISTS", "h", "field4"));
            assertEquals(":0", client.call("EXISTS", "gone"));
        }
    }

    @Test
    void theBaseOfAnAppendOnlyFileIsLoadedAsItIsSinceWhatFollowsMayKeepIt() {
        try (SigrunServer server = server("--appendonly", "yes");
                RespClient client = server.connect()) {
            client.call("SET", "k", "v", "PX", "1000");
            client.call("HSET", "h", "f", "v");
            expire(client, "h", "f");
            client.call("BGREWRITEAOF");
            Await.until(
                    "the base is written",
                    () -> {
                        String info = client.call("INFO", "persistence");
                        return info.contains("aof_rewrite_in_progress:0")
                                && info.contains("aof_rewrite_scheduled:0")
                                && info.contains("aof_rewrites:1");
                    });
            assertEquals(":1", client.call("PERSIST", "k"));
            assertEquals("*[:1]", client.call("HPERSIST", "h", "FIELDS", "1", "f"));
            server.clock().advance(5000);
            assertEquals("+OK", client.call("DEBUG", "LOADAOF"));
            assertEquals("$\"v\"", client.call("GET", "k"));
            assertEquals("$\"v\"", client.call("HGET", "h", "f"));
        }
    }
}
