// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How far one SCAN goes. A step shows a bucket of the table, so a page may be a little longer. */
final class ScanTest {
    private static final int KEYS = 2000;

    /** More than any one bucket brings, the keys that had to go elsewhere included. */
    private static final int BUCKET_KEYS_MAX = 30;

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private RespClient client;

    @BeforeEach
    void start() {
        SERVER.flush();
        SERVER.onOwner(context -> context.toggles().activeExpire = false);
        client = SERVER.connect();
    }

    private void fill(int count, String... options) {
        List<List<String>> commands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> command = new ArrayList<>(List.of("SET", "k" + i, "v"));
            command.addAll(List.of(options));
            commands.add(command);
        }
        client.pipeline(commands);
    }

    /** Scans to the end; the number of keys on each page. */
    private List<Integer> pages(String... options) {
        List<Integer> sizes = new ArrayList<>();
        String cursor = "0";
        do {
            List<String> command = new ArrayList<>(List.of("SCAN", cursor));
            command.addAll(List.of(options));
            Reply reply = client.ask(command.toArray(String[]::new));
            cursor = reply.items().get(0).bulk();
            sizes.add(reply.items().get(1).items().size());
        } while (!cursor.equals("0"));
        return sizes;
    }

    private static void assertPagesOf(int count, List<Integer> sizes) {
        for (int size : sizes.subList(0, sizes.size() - 1)) {
            assertTrue(size >= count && size < count + BUCKET_KEYS_MAX, sizes::toString);
        }
    }

    private static int total(List<Integer> sizes) {
        return sizes.stream().mapToInt(size -> size).sum();
    }

    @Test
    void looksAtTenKeysUnlessToldOtherwise() {
        fill(KEYS);
        List<Integer> sizes = pages();
        assertPagesOf(10, sizes);
        assertEquals(KEYS, total(sizes));
        assertPagesOf(100, pages("COUNT", "100"));
    }

    @Test
    void countsKeysThatTheFiltersRefuse() {
        fill(KEYS);
        int unfiltered = pages("COUNT", "50").size();
        List<Integer> none = pages("COUNT", "50", "MATCH", "nothing");
        List<Integer> one = pages("COUNT", "50", "MATCH", "k7");
        assertEquals(unfiltered, none.size());
        assertEquals(unfiltered, one.size());
        assertEquals(0, total(none));
        assertEquals(1, total(one));
        assertEquals(unfiltered, pages("COUNT", "50", "TYPE", "hash").size());
    }

    @Test
    void expiredKeysStayOutAndDoNotMakeOnePageOfAll() {
        fill(KEYS, "PX", "1000");
        client.call("SET", "lasting", "v");
        SERVER.clock().advance(1001);
        List<Integer> sizes = pages();
        assertTrue(sizes.size() > 1, sizes::toString);
        assertEquals(1, total(sizes));
        assertEquals("*[$\"lasting\"]", client.call("KEYS", "*"));
    }

    @Test
    void expiredKeysGoWhenTheyWouldHaveBeenAnswered() {
        fill(KEYS);
        client.call("SET", "gone:string", "v", "PX", "1");
        client.call("HSET", "gone:hash", "f", "v");
        client.call("PEXPIRE", "gone:hash", "1");
        SERVER.clock().advance(2);
        assertEquals(0, total(pages("MATCH", "other:*")));
        assertEquals(":" + (KEYS + 2), client.call("DBSIZE"));
        assertEquals(KEYS, total(pages("TYPE", "string")));
        assertEquals(":" + (KEYS + 1), client.call("DBSIZE"));
        assertEquals(0, total(pages("TYPE", "hash", "MATCH", "gone:h*")));
        assertEquals(":" + KEYS, client.call("DBSIZE"));
    }

    @Test
    void expiredKeysAllGoOnTheWayWhenNothingElseRemovesThem() {
        fill(KEYS, "PX", "1");
        SERVER.clock().advance(2);
        assertEquals(0, total(pages("COUNT", "1")));
        assertEquals(":0", client.call("DBSIZE"));
    }

    @Test
    void nameOfPluginTypeIsTakenAsItIs() {
        fill(1);
        assertEquals("*[$\"0\", *[]]", client.call("SCAN", "0", "TYPE", "bloomfltr"));
    }
}
