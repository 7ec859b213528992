// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.bloom.fake.FakeBytes;
import dev.sigrun.bloom.fake.FakeCommandContext;
import dev.sigrun.bloom.fake.FakeServer;
import dev.sigrun.bloom.filter.AllocationMeter;
import dev.sigrun.bloom.filter.BloomFilter;
import dev.sigrun.bloom.filter.SipKey;
import dev.sigrun.bloom.type.BloomBlob;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CommandsTest {
    private FakeServer server;

    @BeforeEach
    void start() throws Exception {
        server = FakeServer.with(new BloomPlugin());
    }

    private String run(String line) {
        return server.run(line.split(" "));
    }

    private void assertReply(String reply, String line) {
        assertEquals(reply, run(line), line);
    }

    private String replicated() {
        return server.context().replicated();
    }

    @Test
    void addsAndFinds() {
        assertReply(":0", "BF.EXISTS key item");
        assertReply("*1 :0", "BF.MEXISTS key item");
        assertReply(":0", "BF.CARD key");
        assertReply(":1", "BF.ADD key item");
        assertReply(":0", "BF.ADD key item");
        assertReply("*3 :0 :1 :1", "BF.MADD key item item1 item2");
        assertReply(":1", "bf.exists key item1");
        assertReply("*3 :1 :0 :1", "BF.MEXISTS key item item9 item2");
        assertReply("*2 :0 :1", "BF.INSERT key ITEMS item item5");
        assertReply(":4", "BF.CARD key");
        assertReply("*0", "BF.INSERT empty CAPACITY 5");
        assertReply("*0", "BF.INSERT empty");
        assertReply("*5 :1 :1 :1 :1 :0", "BF.INSERT words ITEMS 1 2 3 EXPANSION 2");
    }

    @Test
    void answersInfo() {
        assertReply("+OK", "BF.RESERVE key 0.01 1000");
        String most = run("BF.INFO key MAXSCALEDCAPACITY");
        assertReply(
                "*16 +Capacity :1000 +Size :1463 +Number of filters :1 "
                        + "+Number of items inserted :0 +Error rate ,0.01 +Expansion rate :2 "
                        + "+Tightening ratio ,0.5 +Max scaled capacity "
                        + most,
                "BF.INFO key");
        assertReply(":1000", "BF.INFO key capacity");
        assertReply(":1463", "BF.INFO key SIZE");
        assertReply(":1", "BF.INFO key FILTERS");
        assertReply(":0", "BF.INFO key ITEMS");
        assertReply(",0.01", "BF.INFO key ERROR");
        assertReply(":2", "BF.INFO key EXPANSION");
        assertReply(",0.5", "BF.INFO key TIGHTENING");
        assertReply("+OK", "BF.RESERVE fixed 0.001 100 NONSCALING");
        assertReply(
                "*12 +Capacity :100 +Size :444 +Number of filters :1 "
                        + "+Number of items inserted :0 +Error rate ,0.001 +Expansion rate _",
                "BF.INFO fixed");
        assertReply("_", "BF.INFO fixed EXPANSION");
        assertReply("-ERR invalid information value", "BF.INFO fixed TIGHTENING");
        assertReply("-ERR invalid information value", "BF.INFO fixed MAXSCALEDCAPACITY");
    }

    @Test
    void endsEarlyAtTheFirstFailure() {
        assertReply("+OK", "BF.RESERVE key 0.01 2 NONSCALING");
        assertReply("*4 :1 :0 :1 -ERR non scaling filter is full", "BF.MADD key a a b c d");
        assertEquals("[[BF.MADD, key, a, a, b]]", replicated());
        assertReply("-ERR non scaling filter is full", "BF.ADD key c");
        assertEquals("", replicated());
        assertReply("*1 -ERR non scaling filter is full", "BF.INSERT key ITEMS c");
        assertEquals("", replicated());
        assertReply(
                "*2 :1 -ERR non scaling filter is full",
                "BF.INSERT new CAPACITY 1 NONSCALING ITEMS x y z");
        assertTrue(replicated().endsWith("NONSCALING, ITEMS, x]]"), replicated());
        assertReply(":1", "BF.CARD new");
    }

    @Test
    void replicatesCreationsAsOneOutcome() throws Exception {
        server.configure("bf.bloom-use-random-seed", false);
        String seed = new String(SipKey.FIXED.bytes(), StandardCharsets.ISO_8859_1);
        run("BF.ADD key item");
        assertArrayEquals(
                new String[] {
                    "BF.INSERT",
                    "key",
                    "CAPACITY",
                    "100",
                    "ERROR",
                    "0.01",
                    "TIGHTENING",
                    "0.5",
                    "SEED",
                    seed,
                    "EXPANSION",
                    "2",
                    "ITEMS",
                    "item"
                },
                server.context().replicatedCommand());
        assertEquals(List.of("4 bloom.add", "4 bloom.reserve"), server.key("key").events());
        run("BF.ADD key item2");
        assertEquals("verbatim", replicated());
        assertEquals(3, server.key("key").events().size());
        run("BF.ADD key item2");
        assertEquals("", replicated());
        assertEquals(3, server.key("key").events().size());
        assertEquals(2, server.key("key").changes());
        run("BF.RESERVE fixed 1e-20 7 NONSCALING");
        assertArrayEquals(
                new String[] {
                    "BF.INSERT",
                    "fixed",
                    "CAPACITY",
                    "7",
                    "ERROR",
                    "0.00000000000000000001",
                    "TIGHTENING",
                    "0.5",
                    "SEED",
                    seed,
                    "NONSCALING"
                },
                server.context().replicatedCommand());
        assertEquals(List.of("4 bloom.reserve"), server.key("fixed").events());
    }

    @Test
    void replicaComesToTheSameBits() throws Exception {
        FakeServer replica = FakeServer.with(new BloomPlugin());
        replica.context().setReplicated(true);
        replica.configure("bf.bloom-memory-usage-limit", 0L);
        server.configure("bf.bloom-tightening-ratio", "0.75");
        String[] lines = {
            "BF.MADD a 1 2 3",
            "BF.RESERVE b 0.003 5 EXPANSION 3",
            "BF.INSERT c CAPACITY 3 ERROR 0.2 EXPANSION 1 ITEMS q w e r t y u"
        };
        for (String line : lines) {
            run(line);
            replica.run(server.context().replicatedCommand());
        }
        for (String key : List.of("a", "b", "c")) {
            assertArrayEquals(load(server, key), load(replica, key));
        }
        run("BF.RESERVE other 0.003 5");
        run("BF.RESERVE another 0.003 5");
        assertNotEquals(
                new String(load(server, "other"), StandardCharsets.ISO_8859_1),
                new String(load(server, "another"), StandardCharsets.ISO_8859_1));
    }

    private static byte[] load(FakeServer from, String key) {
        return BloomBlob.encode((BloomFilter) from.key(key).held());
    }

    @Test
    void loads() {
        run("BF.INSERT key CAPACITY 3 ITEMS q w e r t y u");
        String blob = new String(load(server, "key"), StandardCharsets.ISO_8859_1);
        assertEquals("+OK", server.run("BF.LOAD", "copy", blob));
        assertEquals("verbatim", replicated());
        assertEquals(List.of("4 bloom.reserve"), server.key("copy").events());
        assertArrayEquals(load(server, "key"), load(server, "copy"));
        // Two of four places in the list of layers are unused, and loading takes none too many.
        assertReply(":509", "BF.INFO key SIZE");
        assertReply(":493", "BF.INFO copy SIZE");
        assertEquals(
                "-BUSYKEY Target key name already exists.", server.run("BF.LOAD", "copy", blob));
        server.configure("bf.bloom-memory-usage-limit", 100L);
        assertEquals(
                "-ERR operation exceeds bloom object memory limit",
                server.run("BF.LOAD", "third", blob));
        assertEquals("-ERR bloom object decoding failed", server.run("BF.LOAD", "third", ""));
        assertEquals(
                "-ERR bloom object decoding failed", server.run("BF.LOAD", "third", "\001abc"));
        assertEquals(
                "-ERR bloom object decoding failed. Unsupported version",
                server.run("BF.LOAD", "third", "\002abc"));
    }

    @Test
    void keepsTheLimit() {
        server.configure("bf.bloom-memory-usage-limit", 1000L);
        String error = "-ERR operation exceeds bloom object memory limit";
        assertReply(error, "BF.RESERVE key 0.001 100000");
        assertReply(error, "BF.RESERVE key 0.5 9223372036854775807");
        assertReply(error, "BF.RESERVE key 1e-300 9223372036854775807");
        assertReply(error, "BF.INSERT key CAPACITY 10000 ITEMS a");
        server.configure("bf.bloom-capacity", 100_000L);
        assertReply(error, "BF.ADD key a");
        assertReply(error, "BF.MADD key a b");
        assertEquals(0, server.heap().allocations());
        assertEquals(
                "-ERR provided VALIDATESCALETO causes bloom object to exceed memory limit",
                run("BF.INSERT key CAPACITY 10 VALIDATESCALETO 100000"));
        assertReply("*0", "BF.INSERT key CAPACITY 10 VALIDATESCALETO 20");
        server.context().setReplicated(true);
        assertReply("+OK", "BF.RESERVE big 0.001 100000");
    }

    @Test
    void countsForInfo() {
        run("BF.ADD key value");
        assertEquals(
                """
                bf_bloom_total_memory_bytes:384
                bf_bloom_num_objects:1
                bf_bloom_num_filters_across_objects:1
                bf_bloom_num_items_across_objects:1
                bf_bloom_capacity_across_objects:100
                """,
                server.info("bf_bloom_core_metrics"));
        server.delete("key");
        assertTrue(
                server.info("bf_bloom_core_metrics").startsWith("bf_bloom_total_memory_bytes:0"));
        assertEquals(
                "bf_bloom_defrag_hits:0\nbf_bloom_defrag_misses:0\n",
                server.info("bf_bloom_defrag_metrics"));
    }

    @Test
    void fastPathAllocatesNothing() {
        run("BF.INSERT key CAPACITY 10 ITEMS a b c d e f g h i j k l m n o p");
        server.context().reply().mute();
        for (String name : List.of("BF.EXISTS", "BF.ADD", "BF.CARD")) {
            CommandHandler handler = server.handler(name);
            Bytes[] words = name.equals("BF.CARD") ? words(name, "key") : words(name, "key", "c");
            FakeCommandContext context = server.prepare(words);
            AllocationMeter.assertNothing(() -> answer(handler, context));
        }
    }

    private static long answer(CommandHandler handler, FakeCommandContext context)
            throws CommandException {
        handler.handle(context);
        return context.reply().sum();
    }

    private static Bytes[] words(String... texts) {
        Bytes[] words = new Bytes[texts.length];
        for (int i = 0; i < texts.length; i++) {
            words[i] = FakeBytes.of(texts[i]);
        }
        return words;
    }
}
