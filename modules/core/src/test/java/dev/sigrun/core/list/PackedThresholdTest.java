// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The threshold from which elements have nodes of their own. */
final class PackedThresholdTest {
    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig("--enable-debug-command", "yes").virtualClock();

    private final RespClient client = SERVER.connect();

    @AfterEach
    void usualThreshold() {
        assertEquals("+OK", threshold("0"));
        SERVER.flush();
    }

    private String threshold(String text) {
        return client.call("DEBUG", "quicklist-packed-threshold", text);
    }

    private long nodes(String... elements) {
        SERVER.flush();
        // A list that was large stays so, whatever is in it then.
        client.call("RPUSH", "k", "x".repeat(9000));
        for (String element : elements) {
            client.call("RPUSH", "k", element);
        }
        String payload = client.ask("DUMP", "k").bulk();
        return payload.charAt(1);
    }

    @Test
    void elementsOfTheThresholdAndMoreHaveNodesOfTheirOwn() {
        assertEquals(2, nodes("a", "bb", "ccc", "dddd"));
        threshold("3");
        assertEquals(4, nodes("a", "bb", "ccc", "dddd"));
        threshold("0");
        assertEquals(2, nodes("a", "bb", "ccc", "dddd"));
    }

    @Test
    void whatIsTooLargeForAListpackHasANodeOfItsOwnWhateverTheThreshold() {
        threshold("1gb");
        assertEquals(3, nodes("a", "x".repeat(9000)));
    }

    @Test
    void amountsAreReadAsValkeyReadsThem() {
        for (String text :
                List.of("", "b", "1B", "1Kb", "2m", "3GB", "4293918720", "0".repeat(100) + "7")) {
            assertEquals("+OK", threshold(text));
        }
        for (String text :
                List.of("1x", "-1", "1 ", "5gb", "4293918721", "9".repeat(20), "0".repeat(128))) {
            assertEquals(
                    "-ERR argument must be a memory value bigger than 1 and smaller than 4gb",
                    threshold(text));
        }
        assertEquals(
                "-ERR unknown subcommand or wrong number of arguments for"
                        + " 'quicklist-packed-threshold'. Try DEBUG HELP.",
                client.call("DEBUG", "quicklist-packed-threshold"));
    }
}
