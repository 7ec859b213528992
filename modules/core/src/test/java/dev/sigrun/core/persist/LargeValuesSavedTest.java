// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.persist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of many thousand elements, saved step by step while clients change and remove them. */
class LargeValuesSavedTest {
    private static final int ELEMENTS = 12_000;
    private static final int PER_COMMAND = 500;

    /** So long that a list has many nodes. */
    private static final String LONG = " and what else there is to be said of it".repeat(6);

    @TempDir Path folder;

    private SigrunServer server() {
        return SigrunServer.withConfig(
                        "--dir", folder.toString(), "--enable-debug-command", "local")
                .start();
    }

    private static void fill(RespClient client, int key) {
        List<List<String>> commands = new ArrayList<>();
        for (int from = 0; from < ELEMENTS; from += PER_COMMAND) {
            List<String> sadd = new ArrayList<>(List.of("SADD", "set" + key));
            List<String> hset = new ArrayList<>(List.of("HSET", "hash" + key));
            List<String> zadd = new ArrayList<>(List.of("ZADD", "zset" + key));
            List<String> push = new ArrayList<>(List.of("RPUSH", "list" + key));
            for (int i = from; i < from + PER_COMMAND; i++) {
                sadd.add(i % 3 == 0 ? Integer.toString(i) : "member:" + i);
                hset.addAll(List.of("field:" + i, "value of the field " + i));
                zadd.addAll(List.of(Integer.toString(i * 7919 % 10_007), "m" + i));
                push.add("element number " + i + LONG);
            }
            commands.addAll(List.of(sadd, hset, zadd, push));
        }
        commands.add(List.of("SET", "string" + key, "x".repeat(300_000)));
        client.pipeline(commands);
    }

    private static List<String> change(SplittableRandom random) {
        int key = random.nextInt(2);
        String some = Integer.toString(random.nextInt(2 * ELEMENTS));
        return switch (random.nextInt(18)) {
            case 0 -> List.of("SADD", "set" + key, some);
            case 1 -> List.of("SREM", "set" + key, "member:" + some);
            case 2 -> List.of("SPOP", "set" + key, "20");
            case 3 -> List.of("HSET", "hash" + key, "field:" + some, "changed");
            case 4 -> List.of("HDEL", "hash" + key, "field:" + some);
            case 5 -> List.of("HEXPIRE", "hash" + key, "1000", "FIELDS", "1", "field:" + some);
            case 6 -> List.of("ZADD", "zset" + key, some, "m" + some);
            case 7 -> List.of("ZREM", "zset" + key, "m" + some);
            case 8 -> List.of("ZPOPMAX", "zset" + key, "20");
            case 9 -> List.of("ZREMRANGEBYRANK", "zset" + key, some, some + "0");
            case 10 -> List.of("RPUSH", "list" + key, some, some);
            case 11 -> List.of("LPOP", "list" + key, "30");
            case 12 -> List.of("LSET", "list" + key, "100", some);
            case 13 ->
                    List.of("LINSERT", "list" + key, "BEFORE", "element number 900" + LONG, some);
            case 14 -> List.of("SETRANGE", "string" + key, some, "yz");
            case 15 -> List.of("EXPIRE", "set" + key, "1000");
            case 16 -> List.of("RENAME", "zset" + key, "zset" + (1 - key));
            default ->
                    random.nextInt(50) > 0
                            ? List.of("PING")
                            : random.nextBoolean()
                                    ? List.of("DEL", "hash" + key, "list" + key)
                                    : List.of("LTRIM", "list" + key, "0", "3");
        };
    }

    @Test
    void whatIsSavedIsWhatThereWasWhenTheSaveBegan() {
        long seed = Long.getLong("sigrun.test.seed", System.nanoTime());
        System.out.println("LargeValuesSavedTest: -Dsigrun.test.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        try (SigrunServer server = server();
                RespClient client = new RespClient(server.port())) {
            fill(client, 0);
            fill(client, 1);
            List<List<String>> begin =
                    List.of(
                            List.of("MULTI"),
                            List.of("DEBUG", "DIGEST"),
                            List.of("BGSAVE"),
                            List.of("EXEC"));
            String digest = client.pipeline(begin).get(3).toString();
            assertFalse(digest.contains("ERR"), digest);
            Await.until("the save has ended", () -> churned(client, random));
            String facts = client.call("INFO", "persistence");
            assertTrue(facts.contains("rdb_last_bgsave_status:ok"), facts);
            assertEquals("+OK", client.call("DEBUG", "RELOAD", "NOSAVE"));
            String loaded = client.call("DEBUG", "DIGEST");
            assertTrue(digest.contains(loaded), digest + " but was " + loaded);
        }
    }

    private static boolean churned(RespClient client, SplittableRandom random) {
        List<List<String>> commands = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            commands.add(change(random));
        }
        client.pipeline(commands);
        return client.call("INFO", "persistence").contains("rdb_bgsave_in_progress:0");
    }
}
