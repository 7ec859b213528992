// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lists with nodes that are compressed behave as others do, in less memory. */
final class ListCompressionTest {
    private static final int COUNT = 3000;

    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig("--enable-debug-command", "yes").virtualClock();

    private final RespClient client = SERVER.connect();

    @AfterEach
    void usual() {
        depth(0);
        SERVER.flush();
    }

    private void depth(int nodes) {
        assertEquals("+OK", client.call("CONFIG", "SET", "list-compress-depth", "" + nodes));
    }

    private static String element(int number) {
        return "one of many elements, number " + number;
    }

    private void fill(String key) {
        List<String> command = new ArrayList<>(List.of("RPUSH", key));
        for (int number = 0; number < COUNT; number++) {
            command.add(element(number));
        }
        client.call(command.toArray(String[]::new));
    }

    private long usage(String key) {
        return client.ask("MEMORY", "USAGE", key).integer();
    }

    private List<String> elements(String key) {
        return client.ask("LRANGE", key, "0", "-1").items().stream().map(Reply::bulk).toList();
    }

    @Test
    void memoryUsageShowsWhatIsSaved() {
        fill("plain");
        depth(1);
        fill("compressed");
        assertTrue(usage("compressed") < usage("plain") / 2);
        assertEquals(elements("plain"), elements("compressed"));
        assertTrue(usage("compressed") < usage("plain") / 2, "reading leaves it as it is");
    }

    @Test
    void everyCommandFindsWhatIsInside() {
        depth(1);
        fill("k");
        assertEquals(element(1500), client.ask("LINDEX", "k", "1500").bulk());
        assertEquals(1500, client.ask("LPOS", "k", element(1500)).integer());
        assertEquals("+OK", client.call("LSET", "k", "1500", "here"));
        assertEquals(COUNT + 1, client.ask("LINSERT", "k", "BEFORE", "here", "before").integer());
        assertEquals("before", client.ask("LINDEX", "k", "1500").bulk());
        assertEquals(1, client.ask("LREM", "k", "0", "before").integer());
        assertEquals("+OK", client.call("LTRIM", "k", "1000", "1999"));
        assertEquals(1000, client.ask("LLEN", "k").integer());
        assertEquals("here", client.ask("LINDEX", "k", "500").bulk());
        assertEquals(element(1000), client.ask("LMOVE", "k", "k", "LEFT", "RIGHT").bulk());
        assertEquals(element(1000), client.ask("LINDEX", "k", "-1").bulk());
    }

    @Test
    void payloadsAndDigestsAreThoseOfAPlainList() {
        fill("plain");
        depth(2);
        fill("compressed");
        assertEquals(client.ask("DUMP", "plain").bulk(), client.ask("DUMP", "compressed").bulk());
        assertEquals(1, client.ask("COPY", "compressed", "copy").integer());
        assertTrue(usage("copy") <= usage("compressed"));
        List<Reply> digests =
                client.ask("DEBUG", "DIGEST-VALUE", "plain", "compressed", "copy").items();
        assertEquals(digests.get(0), digests.get(1));
        assertEquals(digests.get(0), digests.get(2));
    }

    @Test
    void debugObjectTellsOfTheNodes() {
        client.call("RPUSH", "small", "x");
        fill("k");
        String plain = client.call("DEBUG", "OBJECT", "k");
        assertTrue(plain.contains(" ql_listpack_max:-2 ql_compressed:0"), plain);
        depth(1);
        String text = client.call("DEBUG", "OBJECT", "k");
        assertTrue(
                text.matches(
                        ".* ql_nodes:1[0-9] ql_avg_node:[0-9.]+ ql_listpack_max:-2"
                                + " ql_compressed:1 ql_uncompressed_size:[0-9]+"),
                text);
        assertFalse(client.call("DEBUG", "OBJECT", "k", "FAST").contains("uncompressed_size"));
        assertFalse(client.call("DEBUG", "OBJECT", "small").contains("ql_"));
    }
}
