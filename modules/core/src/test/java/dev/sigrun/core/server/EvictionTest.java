// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes when memory is short, and what stays. */
final class EvictionTest {
    private static final int LIMIT_BYTES = 2 << 20;
    private static final int VALUE_BYTES = 500;
    private static final int WRITES = 10 * LIMIT_BYTES / VALUE_BYTES;
    private static final int BATCH = 100;
    private static final String OUT_OF_MEMORY =
            "-OOM command not allowed when used memory > 'maxmemory'.";

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private final String value = "v".repeat(VALUE_BYTES);
    private RespClient client;
    private long limit;

    @BeforeEach
    void start() {
        SERVER.set("maxmemory", "0");
        SERVER.flush();
        SERVER.set("maxmemory-eviction-tenacity", "100");
        client = SERVER.connect();
        limit = SERVER.usedBytes() + LIMIT_BYTES;
    }

    private void begin(String policy) {
        SERVER.set("maxmemory-policy", policy);
        SERVER.set("maxmemory", Long.toString(limit));
    }

    /** Writes keys and looks at the memory after each batch; the errors that were answered. */
    private long write(String prefix, int from, int to, String... options) {
        long errors = 0;
        for (int i = from; i < to; i += BATCH) {
            List<List<String>> commands = new ArrayList<>();
            for (int k = i; k < Math.min(i + BATCH, to); k++) {
                List<String> command = new ArrayList<>(List.of("SET", prefix + k, value));
                command.addAll(List.of(options));
                commands.add(command);
            }
            for (Reply reply : client.pipeline(commands)) {
                assertTrue(!reply.isError() || reply.toString().equals(OUT_OF_MEMORY), "" + reply);
                errors += reply.isError() ? 1 : 0;
            }
            long used = SERVER.fromOwner(context -> context.store().usedBytes());
            // The check comes before a command, so the last one may reach beyond the limit.
            assertTrue(used <= limit + 70_000, () -> used + " of " + limit);
        }
        return errors;
    }

    private int count(String prefix, int keys, IntPredicate which) {
        List<List<String>> commands = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            if (which.test(i)) {
                commands.add(List.of("EXISTS", prefix + i));
            }
        }
        return (int) client.pipeline(commands).stream().mapToLong(Reply::integer).sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"allkeys-lru", "allkeys-lfu", "allkeys-random"})
    void anyKeyMayGo(String policy) {
        begin(policy);
        assertEquals(0, write("k", 0, WRITES));
        int left = count("k", WRITES, i -> true);
        assertTrue(left > WRITES / 20 && left < WRITES / 8, () -> left + " keys are left");
    }

    @ParameterizedTest
    @ValueSource(strings = {"volatile-lru", "volatile-lfu", "volatile-random", "volatile-ttl"})
    void onlyVolatileKeysMayGo(String policy) {
        begin(policy);
        int lasting = WRITES / 40;
        assertEquals(0, write("lasting", 0, lasting));
        assertEquals(0, write("volatile", 0, WRITES, "EX", "1000"));
        assertEquals(lasting, count("lasting", lasting, i -> true));
        int left = count("volatile", WRITES, i -> true);
        assertTrue(left > WRITES / 40 && left < WRITES / 8, () -> left + " keys are left");
        long refused = write("more", 0, WRITES / 4);
        assertTrue(refused > 0, "lasting keys fill the memory, then nothing more is written");
        assertEquals(0, count("volatile", WRITES, i -> true));
        assertEquals(lasting, count("lasting", lasting, i -> true));
    }

    @Test
    void nothingGoesUnlessAllowed() {
        begin("noeviction");
        long refused = write("k", 0, WRITES / 4);
        assertTrue(refused > 0);
        int kept = count("k", WRITES / 4, i -> true);
        assertEquals(WRITES / 4 - refused, kept);
        assertEquals("$\"" + value + "\"", client.call("GET", "k0"));
        assertEquals(OUT_OF_MEMORY, client.call("APPEND", "k0", "x"));
        client.call("DEL", "k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9");
        // What the client itself took for its many requests counts, too.
        client.close();
        RespClient other = SERVER.connect();
        Await.until("there is room", () -> other.call("SET", "k0", value).equals("+OK"));
    }

    private void assertColdGoesFirst(int keys, IntPredicate hot) {
        int hotLeft = count("k", keys, hot);
        int coldLeft = count("k", keys, hot.negate());
        int gone = keys - hotLeft - coldLeft;
        int hotGone = keys / 2 - hotLeft;
        assertTrue(gone > keys / 5, () -> "only " + gone + " of " + keys + " have gone");
        assertTrue(hotGone * 5 < gone, () -> hotGone + " of the " + gone + " gone were in use");
    }

    private void readHot(int keys, int times) {
        for (int round = 0; round < times; round++) {
            List<List<String>> reads = new ArrayList<>();
            for (int i = 0; i < keys; i += 2) {
                reads.add(List.of("GET", "k" + i));
            }
            client.pipeline(reads);
        }
    }

    @Test
    void whatWasUsedLongAgoGoesFirst() {
        SERVER.set("maxmemory-policy", "allkeys-lru");
        int keys = WRITES / 12;
        write("k", 0, keys);
        SERVER.clock().advance(100_000);
        readHot(keys, 1);
        SERVER.clock().advance(100_000);
        begin("allkeys-lru");
        write("new", 0, keys / 2);
        assertColdGoesFirst(keys, i -> i % 2 == 0);
    }

    @Test
    void whatIsSeldomUsedGoesFirst() {
        SERVER.set("maxmemory-policy", "allkeys-lfu");
        int keys = WRITES / 12;
        write("k", 0, keys);
        readHot(keys, 40);
        SERVER.clock().advance(120_000);
        begin("allkeys-lfu");
        write("new", 0, keys / 2);
        assertColdGoesFirst(keys, i -> i % 2 == 0);
    }

    @Test
    void whatEndsSoonGoesFirst() {
        int keys = WRITES / 12;
        for (int i = 0; i < keys; i += BATCH) {
            write("k", i, Math.min(i + BATCH, keys), "EX", Integer.toString(1000 + i));
        }
        begin("volatile-ttl");
        write("new", 0, keys / 2, "EX", "100000");
        assertColdGoesFirst(keys / BATCH * BATCH, i -> i >= keys / BATCH * BATCH / 2);
    }
}
