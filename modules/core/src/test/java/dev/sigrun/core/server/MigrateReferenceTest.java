// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import dev.sigrun.testkit.differential.Reference;
import dev.sigrun.testkit.differential.ServerProgram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** MIGRATE to the reference server and back. */
final class MigrateReferenceTest {
    private final long seed = Long.getLong("sigrun.test.seed", 20_261_123);

    private List<String> values() {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> values = new ArrayList<>(List.of("", "7", "-32768", "2147483648", "text"));
        for (int length : new int[] {1, 63, 64, 1024, 1025, 20_000, 300_000}) {
            StringBuilder noise = new StringBuilder();
            for (int i = 0; i < length; i++) {
                noise.append((char) random.nextInt(256));
            }
            values.add(noise.toString());
            values.add("abcd".repeat(length));
        }
        return values;
    }

    @Test
    void valuesComeBackAsTheyWent() throws IOException, InterruptedException {
        System.out.println("MigrateReferenceTest: -Dsigrun.test.seed=" + seed);
        // The reference keeps connections to our server, so it has to end first.
        try (SigrunServer server = SigrunServer.withConfig().start();
                ServerProgram reference = Reference.start();
                RespClient there = new RespClient(reference.port())) {
            RespClient here = server.connect();
            List<String> keys = new ArrayList<>();
            for (String value : values()) {
                keys.add("key" + keys.size());
                here.call("SET", keys.getLast(), value, "EX", "1000");
            }
            assertEquals("+OK", migrate(here, reference.port(), keys));
            assertEquals(":0", here.call("DBSIZE"));
            assertEquals(":" + keys.size(), there.call("DBSIZE"));
            assertValues(there, keys);
            assertEquals("+OK", migrate(there, server.port(), keys));
            assertEquals(":0", there.call("DBSIZE"));
            assertValues(here, keys);
            there.call("SET", "key0", "busy");
            assertEquals(
                    "-ERR Target instance replied with error:"
                            + " BUSYKEY Target key name already exists.",
                    migrate(here, reference.port(), keys.subList(0, 1)));
            there.call("CONFIG", "SET", "requirepass", "secret");
            assertEquals(
                    "+OK",
                    here.call(
                            "MIGRATE",
                            "127.0.0.1",
                            "" + reference.port(),
                            "key1",
                            "0",
                            "1000",
                            "AUTH2",
                            "default",
                            "secret"));
        }
    }

    private static String migrate(RespClient client, int port, List<String> keys) {
        List<String> words = new ArrayList<>(List.of("MIGRATE", "127.0.0.1", "" + port, "", "0"));
        words.addAll(List.of("10000", "KEYS"));
        words.addAll(keys);
        return client.call(words.toArray(String[]::new));
    }

    private void assertValues(RespClient client, List<String> keys) {
        List<String> values = values();
        for (int i = 0; i < keys.size(); i++) {
            assertEquals(values.get(i), client.ask("GET", keys.get(i)).bulk());
            long ttl = client.ask("TTL", keys.get(i)).integer();
            assertEquals(true, ttl > 900 && ttl <= 1000, "time to live " + ttl);
        }
    }
}
