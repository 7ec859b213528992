// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import dev.sigrun.testkit.differential.Reference;
import dev.sigrun.testkit.differential.ServerProgram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** MIGRATE to the reference server and back. */
final class MigrateReferenceTest {
    private final long seed = Long.getLong("sigrun.test.seed", 20_261_123);
    private final SplittableRandom random = new SplittableRandom(seed);

    private String noise(int length) {
        StringBuilder noise = new StringBuilder();
        for (int i = 0; i < length; i++) {
            noise.append((char) random.nextInt(256));
        }
        return noise.toString();
    }

    /** Makes values of all kinds, small and large; their names. */
    private List<String> fill(RespClient client) {
        List<List<String>> commands = new ArrayList<>();
        for (String text : List.of("", "7", "-32768", "2147483648", "text")) {
            commands.add(List.of("SET", "text" + commands.size(), text));
        }
        for (int length : new int[] {1, 63, 64, 1024, 1025, 20_000, 300_000}) {
            commands.add(List.of("SET", "noise" + length, noise(length)));
            commands.add(List.of("SET", "even" + length, "abcd".repeat(length)));
        }
        for (int elements : new int[] {1, 30, 3000}) {
            for (int i = 0; i < elements; i++) {
                String text = i % 3 == 0 ? "" + random.nextInt() : noise(random.nextInt(1, 90));
                String number = "" + i;
                commands.add(List.of("RPUSH", "list" + elements, text));
                commands.add(List.of("SADD", "set" + elements, text));
                commands.add(List.of("SADD", "numbers" + elements, number));
                commands.add(List.of("HSET", "hash" + elements, number, text));
                commands.add(List.of("ZADD", "sorted" + elements, i + ".5", text));
                commands.add(List.of("XADD", "stream" + elements, "1-" + (i + 1), number, text));
            }
        }
        Map<String, Boolean> names = new TreeMap<>();
        client.pipeline(commands).forEach(reply -> assertTrue(!reply.isError(), reply::toString));
        commands.forEach(command -> names.put(command.get(1), true));
        names.keySet().forEach(name -> client.call("EXPIRE", name, "1000"));
        return List.copyOf(names.keySet());
    }

    private static List<String> digests(RespClient client, List<String> keys) {
        List<String> words = new ArrayList<>(List.of("DEBUG", "DIGEST-VALUE"));
        words.addAll(keys);
        List<String> digests = new ArrayList<>();
        client.ask(words.toArray(String[]::new)).items().forEach(one -> digests.add(one.text()));
        return digests;
    }

    private static String migrate(RespClient client, int port, List<String> keys) {
        List<String> words = new ArrayList<>(List.of("MIGRATE", "127.0.0.1", "" + port, "", "0"));
        words.addAll(List.of("10000", "KEYS"));
        words.addAll(keys);
        return client.call(words.toArray(String[]::new));
    }

    private static void assertHas(RespClient client, List<String> keys, List<String> digests) {
        assertEquals(digests, digests(client, keys));
        for (String key : keys) {
            long ttl = client.ask("TTL", key).integer();
            assertTrue(ttl > 900 && ttl <= 1000, () -> key + " has a time to live of " + ttl);
        }
    }

    @Test
    void valuesComeBackAsTheyWent() throws IOException, InterruptedException {
        System.out.println("MigrateReferenceTest: -Dsigrun.test.seed=" + seed);
        // The reference keeps connections to our server, so it has to end first.
        try (SigrunServer server =
                        SigrunServer.withConfig("--enable-debug-command", "yes").start();
                ServerProgram reference = Reference.start();
                RespClient there = new RespClient(reference.port())) {
            RespClient here = server.connect();
            List<String> keys = fill(here);
            List<String> digests = digests(here, keys);
            assertEquals("+OK", migrate(here, reference.port(), keys));
            assertEquals(":0", here.call("DBSIZE"));
            assertHas(there, keys, digests);
            assertEquals("+OK", migrate(there, server.port(), keys));
            assertEquals(":0", there.call("DBSIZE"));
            assertHas(here, keys, digests);
        }
    }

    @Test
    void theReferenceRefusesAsWeDo() throws IOException, InterruptedException {
        try (SigrunServer server = SigrunServer.withConfig().start();
                ServerProgram reference = Reference.start();
                RespClient there = new RespClient(reference.port())) {
            RespClient here = server.connect();
            here.call("MSET", "a", "1", "b", "2");
            there.call("SET", "a", "busy");
            assertEquals(
                    "-ERR Target instance replied with error:"
                            + " BUSYKEY Target key name already exists.",
                    migrate(here, reference.port(), List.of("a")));
            there.call("CONFIG", "SET", "requirepass", "secret");
            String port = "" + reference.port();
            String[] words = {"MIGRATE", "127.0.0.1", port, "b", "0", "5000", "AUTH", "wrong"};
            assertTrue(here.call(words).contains("WRONGPASS"));
            words[7] = "secret";
            assertEquals("+OK", here.call(words));
            assertEquals("$\"2\"", there.call("GET", "b"));
        }
    }
}
