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

/** Streams of many entries, pending ones too, saved step by step while clients change them. */
class LargeStreamsSavedTest {
    private static final int ENTRIES = 6_000;
    private static final int PENDING = 2_500;
    private static final int GROUPS = 3;

    @TempDir Path folder;

    private static void fill(RespClient client, String key) {
        List<List<String>> commands = new ArrayList<>();
        for (int i = 1; i <= ENTRIES; i++) {
            String field = i % 5 == 0 ? "other" : "field";
            commands.add(List.of("XADD", key, i + "-1", field, "value of the entry " + i));
        }
        for (int group = 0; group < GROUPS; group++) {
            commands.add(List.of("XGROUP", "CREATE", key, "g" + group, "0"));
            for (int i = 0; i < PENDING / 100; i++) {
                commands.add(read(key, group, i % 4, 100));
            }
        }
        client.pipeline(commands);
    }

    private static List<String> read(String key, int group, int consumer, int count) {
        return List.of(
                "XREADGROUP",
                "GROUP",
                "g" + group,
                "c" + consumer,
                "COUNT",
                Integer.toString(count),
                "STREAMS",
                key,
                ">");
    }

    private static List<String> change(SplittableRandom random) {
        String key = "stream" + random.nextInt(2);
        int number = random.nextInt(GROUPS);
        String group = "g" + number;
        int consumer = random.nextInt(5);
        String id = random.nextInt(ENTRIES) + "-1";
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> List.of("XADD", key, "*", "field", "new");
            case 3 -> List.of("XDEL", key, id);
            case 4 -> List.of("XTRIM", key, "MAXLEN", "~", Integer.toString(ENTRIES / 2));
            case 5 -> read(key, number, consumer, 5);
            case 6, 7, 8 -> List.of("XACK", key, group, id);
            case 9 -> List.of("XCLAIM", key, group, "c" + consumer, "0", id);
            case 10 -> List.of("XAUTOCLAIM", key, group, "c" + consumer, "0", id, "COUNT", "3");
            case 11 -> List.of("XGROUP", "CREATE", key, group, "$");
            case 12 -> List.of("XGROUP", "SETID", key, group, id);
            case 13 -> List.of("XGROUP", "CREATECONSUMER", key, group, "n" + consumer);
            default ->
                    switch (random.nextInt(120)) {
                        case 0, 1 -> List.of("XGROUP", "DELCONSUMER", key, group, "c" + consumer);
                        case 2 -> List.of("XGROUP", "DESTROY", key, group);
                        case 3 -> List.of("DEL", key);
                        case 4 -> List.of("RENAME", key, "stream0");
                        default -> List.of("XREADGROUP", "GROUP", group, "c1", "STREAMS", key, id);
                    };
        };
    }

    private static List<String> look(int key) {
        return List.of("XINFO", "STREAM", "stream" + key, "FULL", "COUNT", "0");
    }

    @Test
    void whatIsSavedIsWhatThereWasWhenTheSaveBegan() {
        long seed = Long.getLong("sigrun.test.seed", System.nanoTime());
        System.out.println("LargeStreamsSavedTest: -Dsigrun.test.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        try (SigrunServer server =
                        SigrunServer.withConfig(
                                        "--dir",
                                        folder.toString(),
                                        "--enable-debug-command",
                                        "local",
                                        "--stream-node-max-entries",
                                        "10")
                                .start();
                RespClient client = new RespClient(server.port())) {
            fill(client, "stream0");
            fill(client, "stream1");
            List<List<String>> begin =
                    List.of(List.of("MULTI"), look(0), look(1), List.of("BGSAVE"), List.of("EXEC"));
            String all = client.pipeline(begin).get(4).toString();
            assertFalse(all.contains("ERR"), () -> all.substring(0, 1000));
            Await.until("the save has ended", () -> churned(client, random));
            String facts = client.call("INFO", "persistence");
            assertTrue(facts.contains("rdb_last_bgsave_status:ok"), facts);
            assertEquals("+OK", client.call("DEBUG", "RELOAD", "NOSAVE"));
            for (int key = 0; key < 2; key++) {
                String loaded = client.pipeline(List.of(look(key))).get(0).toString();
                // The sizes of trees depend on how they grew.
                assertTrue(
                        withoutSizes(all).contains(withoutSizes(loaded)),
                        () -> "before: " + all + "\nloaded: " + loaded);
            }
        }
    }

    private static String withoutSizes(String reply) {
        return reply.replaceAll("radix-tree-nodes\"?, :?[0-9]+", "");
    }

    private static boolean churned(RespClient client, SplittableRandom random) {
        List<List<String>> commands = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            commands.add(change(random));
        }
        client.pipeline(commands);
        return client.call("INFO", "persistence").contains("rdb_bgsave_in_progress:0");
    }
}
