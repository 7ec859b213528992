// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.persist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that was saved comes back, whatever its type and form, and damaged files do no harm. */
class SavedDataTest {
    private static final String RELOAD_FAILED =
            "-ERR Error trying to load the RDB dump, check server logs.";

    @TempDir Path folder;

    private SigrunServer server(String... options) {
        List<String> words = new ArrayList<>(List.of("--dir", folder.toString()));
        words.addAll(List.of("--enable-debug-command", "yes", "--rdbchecksum", "no"));
        words.addAll(List.of(options));
        return SigrunServer.withConfig(words.toArray(new String[0]));
    }

    private static void fill(RespClient client, Random random, int largeElements) {
        List<List<String>> commands = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            commands.add(List.of("SET", "string" + i, "value" + random.nextInt(1 << (i % 30))));
            commands.add(List.of("SET", "number" + i, Long.toString(random.nextLong() >> i)));
            commands.add(List.of("SADD", "set" + i % 5, "m" + random.nextInt(300)));
            commands.add(List.of("SADD", "integers", Integer.toString(random.nextInt(1000))));
            commands.add(List.of("HSET", "hash" + i % 3, "f" + i, "v" + random.nextInt()));
            commands.add(
                    List.of(
                            "ZADD",
                            "zset" + i % 3,
                            Double.toString(random.nextGaussian()),
                            "m" + i));
            commands.add(List.of("RPUSH", "list" + i % 4, "element" + random.nextInt()));
            commands.add(List.of("XADD", "stream", (i + 1) + "-1", "field", "v" + i));
        }
        commands.add(List.of("XGROUP", "CREATE", "stream", "group", "0"));
        commands.add(
                List.of(
                        "XREADGROUP",
                        "GROUP",
                        "group",
                        "one",
                        "COUNT",
                        "7",
                        "STREAMS",
                        "stream",
                        ">"));
        commands.add(List.of("PEXPIRE", "string1", "10000000"));
        commands.add(List.of("HEXPIRE", "hash1", "1000", "FIELDS", "1", "f1"));
        commands.add(List.of("SETRANGE", "long", "700000", "end"));
        for (int i = 0; i < largeElements; i++) {
            commands.add(List.of("SADD", "largeset", "member" + i));
            commands.add(List.of("HSET", "largehash", "field" + i, "value" + i));
            commands.add(
                    List.of("ZADD", "largezset", Integer.toString(i * 7 % 1001), "member" + i));
            commands.add(List.of("RPUSH", "largelist", "element-" + i + "-" + random.nextInt()));
        }
        commands.add(List.of("SELECT", "9"));
        commands.add(List.of("SET", "elsewhere", "yes"));
        commands.add(List.of("SELECT", "0"));
        client.pipeline(commands);
    }

    @Test
    void allTypesAndFormsComeBackAfterARestart() {
        Random random = new Random(3);
        String digest;
        try (SigrunServer first = server().start();
                RespClient client = first.connect()) {
            fill(client, random, 3000);
            digest = client.call("DEBUG", "DIGEST");
            assertEquals("+OK", client.call("SAVE"));
        }
        try (SigrunServer second = server().start();
                RespClient client = second.connect()) {
            assertEquals(digest, client.call("DEBUG", "DIGEST"));
            assertEquals("+OK", client.call("DEBUG", "RELOAD"));
            assertEquals(digest, client.call("DEBUG", "DIGEST"));
            assertEquals("hashtable", client.ask("OBJECT", "ENCODING", "largeset").text());
            assertEquals("+OK", client.call("FLUSHALL"));
            assertTrue(Files.exists(folder.resolve("dump.rdb")));
        }
    }

    @Test
    void whatIsSavedBesideCommandsIsTheSame() {
        try (SigrunServer server = server().start();
                RespClient client = server.connect()) {
            fill(client, new Random(5), 1500);
            String digest = client.call("DEBUG", "DIGEST");
            assertEquals("+Background saving started", client.call("BGSAVE"));
            Await.until(
                    "the save ends",
                    () -> client.call("INFO", "persistence").contains("bgsave_in_progress:0"));
            assertTrue(client.call("INFO", "persistence").contains("rdb_last_bgsave_status:ok"));
            client.call("FLUSHALL");
            assertEquals("+OK", client.call("DEBUG", "RELOAD", "NOSAVE"));
            assertEquals(digest, client.call("DEBUG", "DIGEST"));
            client.call("FLUSHALL");
        }
    }

    @Test
    void functionsComeBack() {
        try (SigrunServer server = server().start();
                RespClient client = server.connect()) {
            String before = client.call("FUNCTION", "LIST");
            assertEquals("+OK", client.call("DEBUG", "RELOAD"));
            assertEquals(before, client.call("FUNCTION", "LIST"));
        }
    }

    @Test
    void damagedFilesAreRefusedAndTheServerLives() throws IOException {
        long seed = Long.getLong("sigrun.test.seed", System.nanoTime());
        System.out.println("SavedDataTest: -Dsigrun.test.seed=" + seed);
        Random random = new Random(seed);
        Path file = folder.resolve("dump.rdb");
        try (SigrunServer server = server().start();
                RespClient client = server.connect()) {
            fill(client, random, 0);
            client.call("DEL", "long");
            client.call("SAVE");
            byte[] content = Files.readAllBytes(file);
            int refused = 0;
            for (int i = 0; i < 150; i++) {
                byte[] damaged = content.clone();
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    damaged[9 + random.nextInt(damaged.length - 9)] = (byte) random.nextInt();
                }
                int length = i % 4 == 0 ? random.nextInt(damaged.length) : damaged.length;
                Files.write(file, Arrays.copyOf(damaged, length));
                String answer = client.call("DEBUG", "RELOAD", "NOSAVE");
                assertTrue(answer.equals("+OK") || answer.equals(RELOAD_FAILED), answer);
                refused += answer.equals("+OK") ? 0 : 1;
            }
            assertTrue(refused > 0);
            assertEquals("+PONG", client.call("PING"));
            client.call("FLUSHALL");
            Files.delete(file);
        }
    }

    @Test
    void reloadLeavesTheNumberOfChangesAndDropsWhatIsPastItsTime() {
        try (SigrunServer server = server().virtualClock().start();
                RespClient client = server.connect()) {
            client.call("SET", "lasting", "1");
            client.call("SET", "passing", "2", "PX", "100");
            assertEquals("+OK", client.call("SAVE"));
            client.call("SET", "another", "3");
            server.clock().advance(1000);
            assertEquals("+OK", client.call("DEBUG", "RELOAD", "NOSAVE"));
            assertEquals(":1", client.call("DBSIZE"));
            String info = client.call("INFO", "persistence");
            assertTrue(info.contains("rdb_last_load_keys_expired:1"), info);
            assertTrue(info.contains("rdb_last_load_keys_loaded:1"), info);
            client.call("FLUSHALL");
        }
    }
}
