// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.DumpForge;
import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Filters as values of keys: their copies, their payloads and the memory that they take. */
final class ValuesTest {
    private static final String UNDECODABLE = "-ERR bloom object decoding failed";
    private static final String BAD_FORMAT = "-ERR Bad data format";

    @RegisterExtension
    static final SigrunServer SERVER = BloomJar.server("--lazyfree-lazy-user-del", "yes");

    private RespClient client;

    @BeforeEach
    void connect() {
        SERVER.flush();
        client = SERVER.connect();
    }

    private String digest(String key) {
        return client.call("DEBUG", "DIGEST-VALUE", key);
    }

    private long memoryUsage(String key) {
        return client.ask("MEMORY", "USAGE", key).integer();
    }

    @Test
    void copiesAndRestoredFiltersHaveTheSameDigest() {
        client.run("BF.INSERT k CAPACITY 3 EXPANSION 1 ITEMS a b c d e f g h");
        client.run("COPY k copy");
        assertEquals("+OK", client.call("RESTORE", "back", "0", client.ask("DUMP", "k").bulk()));
        assertEquals(digest("k"), digest("copy"));
        assertEquals(digest("k"), digest("back"));
        assertEquals(client.call("BF.INFO", "k", "ITEMS"), client.call("BF.INFO", "back", "ITEMS"));
        client.run("BF.ADD copy other");
        assertNotEquals(digest("k"), digest("copy"));
    }

    @Test
    void restoreKeepsTimesAndDoesNotReplaceUnasked() {
        client.run("BF.MADD k a b");
        String payload = client.ask("DUMP", "k").bulk();
        assertEquals(
                "-BUSYKEY Target key name already exists.",
                client.call("RESTORE", "k", "0", payload));
        assertEquals("+OK", client.call("RESTORE", "k", "100000", payload, "REPLACE"));
        assertTrue(client.ask("PTTL", "k").integer() > 0);
        assertEquals("*[:1, :1, :0]", client.call("BF.MEXISTS", "k", "a", "b", "c"));
    }

    @Test
    void everyByteOfFiltersIsAccountedFor() {
        client.run("SET other x");
        final long before = SERVER.usedBytes();
        client.run("BF.RESERVE k 0.01 100000");
        // Bits take memory when the first of them is set, and items are everywhere.
        client.run("BF.MADD k a b c d e f g h i j k l m n o p q r s t u v w x y z");
        long taken = SERVER.usedBytes() - before;
        assertTrue(taken > 100_000 && taken < 200_000, () -> "taken: " + taken);
        assertTrue(memoryUsage("k") >= taken, () -> memoryUsage("k") + " of " + taken);
        long size = client.ask("BF.INFO", "k", "SIZE").integer();
        assertTrue(size > 100_000 && size <= taken, () -> size + " of " + taken);
        client.run("DEL k");
        assertEquals(before, SERVER.usedBytes());
    }

    @Test
    void filtersOfManyLayersAreFreedInTheBackground() {
        client.run("SET other x");
        final long before = SERVER.usedBytes();
        client.run("BF.INSERT k CAPACITY 1 EXPANSION 1 ERROR 0.0001 TIGHTENING 0.999");
        String[] command = new String[502];
        command[0] = "BF.MADD";
        command[1] = "k";
        for (int i = 2; i < command.length; i++) {
            command[i] = "item:" + i;
        }
        client.call(command);
        assertTrue(client.ask("BF.INFO", "k", "FILTERS").integer() > 200);
        assertTrue(SERVER.fromOwner(context -> context.store().usedBytes()) > before + 10_000);
        assertEquals(":1", client.call("DEL", "k"));
        Await.until(
                "the memory is back",
                () -> SERVER.fromOwner(context -> context.store().usedBytes()) == before);
    }

    @Test
    void infoCountsWhatIsThere() {
        client.run("BF.RESERVE k 0.01 1000");
        client.run("BF.MADD k a b c");
        client.run("BF.ADD l a");
        String all = client.ask("INFO", "everything").bulk();
        assertTrue(all.contains("# bf_bloom_core_metrics\r\n"), all);
        assertTrue(all.contains("bf_bloom_num_objects:2\r\n"), all);
        assertTrue(all.contains("bf_bloom_num_items_across_objects:4\r\n"), all);
        assertTrue(all.contains("bf_bloom_capacity_across_objects:1100\r\n"), all);
        client.run("FLUSHALL SYNC");
        String core = client.ask("INFO", "bf_bloom_core_metrics").bulk();
        assertTrue(core.contains("bf_bloom_total_memory_bytes:0\r\n"), core);
        assertTrue(core.contains("bf_bloom_num_objects:0\r\n"), core);
        String defrag = client.ask("INFO", "bf_bloom_defrag_metrics").bulk();
        assertTrue(defrag.contains("bf_bloom_defrag_hits:0\r\n"), defrag);
    }

    /** Every length and number of a payload, made too large, with a checksum that is right. */
    @Test
    void payloadsWithLyingNumbersAreRefusedAndKeepNothing() {
        client.run("SET other x");
        client.run("BF.INSERT k CAPACITY 3 EXPANSION 1 ITEMS a b c d e f g h");
        final String payload = client.ask("DUMP", "k").bulk();
        client.run("DEL k");
        final long before = SERVER.usedBytes();
        byte[] body = DumpForge.body(payload);
        List<byte[]> lies =
                List.of(
                        new byte[] {(byte) 0x81, -1, -1, -1, -1, -1, -1, -1, -1},
                        new byte[] {(byte) 0x81, 127, -1, -1, -1, -1, -1, -1, -1},
                        new byte[] {(byte) 0x80, -1, -1, -1, -1},
                        new byte[] {(byte) 0x80, 127, -1, -1, -1},
                        new byte[] {0x3f},
                        new byte[] {0});
        for (int at = 1; at < body.length; at++) {
            for (byte[] lie : lies) {
                Reply reply = client.ask("RESTORE", "k", "0", spliced(payload, body, at, lie));
                if (!reply.isError()) {
                    assertEquals(":1", client.call("DEL", "k"));
                }
            }
        }
        assertEquals(before, SERVER.usedBytes());
        assertEquals(BAD_FORMAT, client.call("RESTORE", "k", "0", DumpForge.truncate(payload, 30)));
        assertEquals("+OK", client.call("RESTORE", "k", "0", payload));
    }

    /** The payload with the byte at an index replaced by others. */
    private static String spliced(String payload, byte[] body, int at, byte[] lie) {
        byte[] all = new byte[body.length - 1 + lie.length];
        System.arraycopy(body, 0, all, 0, at);
        System.arraycopy(lie, 0, all, at, lie.length);
        System.arraycopy(body, at + 1, all, at + lie.length, body.length - at - 1);
        return DumpForge.seal(payload, all);
    }

    @Test
    void serialisedFiltersWithLyingNumbersAreRefusedAndKeepNothing() {
        client.run("SET other x");
        byte[] golden = BloomPayload.golden();
        final long before = SERVER.usedBytes();
        for (int length = 0; length < golden.length; length++) {
            assertEquals(UNDECODABLE, load(Arrays.copyOf(golden, length)), () -> "cut");
        }
        for (int at = 1; at < golden.length; at++) {
            for (int width : new int[] {1, 4, 8}) {
                byte[] lie = golden.clone();
                Arrays.fill(lie, at, Math.min(at + width, lie.length), (byte) 0xff);
                if (load(lie).equals("+OK")) {
                    assertEquals(":1", client.call("DEL", "k"));
                }
            }
        }
        assertEquals(before, SERVER.usedBytes());
        assertEquals("+OK", load(golden));
        assertEquals("*[:1, :1, :0]", client.call("BF.MEXISTS", "k", "item1", "item2", "item3"));
    }

    private String load(byte[] blob) {
        return client.call("BF.LOAD", "k", new String(blob, StandardCharsets.ISO_8859_1));
    }

    @Test
    void anotherPluginsVersionIsRefused() {
        client.run("BF.ADD k a");
        byte[] body = DumpForge.body(client.ask("DUMP", "k").bulk());
        String payload = client.ask("DUMP", "k").bulk();
        // The lowest ten bits of the module's id are the version of the layout.
        int lowest = 9;
        assertEquals(1, body[lowest]);
        for (int version : new int[] {0, 2, 255}) {
            body[lowest] = (byte) version;
            String other = DumpForge.seal(payload, body);
            assertEquals(BAD_FORMAT, client.call("RESTORE", "l", "0", other));
        }
    }
}
