// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import dev.sigrun.testkit.DataTypeContract;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streams keep the contract of data types. */
final class StreamContractTest extends DataTypeContract {
    private static final List<String> WITH_GROUP =
            List.of(
                    "XADD k 1-1 a 1",
                    "XADD k 1-2 a 2",
                    "XADD k 2-0 b 3 c x",
                    "XGROUP CREATE k g 0",
                    "XREADGROUP GROUP g c COUNT 2 STREAMS k >",
                    "XGROUP CREATECONSUMER k g d");

    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig("--stream-node-max-entries", "20").virtualClock();

    @Override
    protected SigrunServer server() {
        return SERVER;
    }

    @Override
    protected String pluginId() {
        return "core";
    }

    @Override
    protected String commandCategory() {
        return "stream";
    }

    @Override
    protected String wireName() {
        return "21";
    }

    private static List<String> many(int entries, String... more) {
        List<String> commands = new ArrayList<>();
        for (int i = 1; i <= entries; i++) {
            commands.add("XADD k " + i + "-0 number " + i + " text value:" + i);
        }
        commands.addAll(List.of(more));
        return commands;
    }

    @Override
    protected List<List<String>> values() {
        return List.of(
                WITH_GROUP,
                List.of("XADD k 1-1 a 1"),
                List.of("XADD k 1-1 \"\" \"\" a " + "x".repeat(300)),
                List.of("XADD k 18446744073709551615-18446744073709551615 a 1"),
                List.of("XGROUP CREATE k g $ MKSTREAM"),
                List.of("XADD k 1-1 a 1", "XADD k 2-1 a 1", "XDEL k 1-1", "XDEL k 2-1"),
                List.of("XADD k 1-1 a 1", "XADD k 2-1 a 1 b 2", "XADD k 3-1 a 1", "XDEL k 2-1"),
                List.of("XADD k 1-1 a 1", "XSETID k 9-9 ENTRIESADDED 30 MAXDELETEDID 5-5"),
                many(50, "XTRIM k MAXLEN 35", "XDEL k 40-0 41-0"),
                many(
                        30,
                        "XGROUP CREATE k one 0",
                        "XGROUP CREATE k other 10-0",
                        "XREADGROUP GROUP one a COUNT 20 STREAMS k >",
                        "XREADGROUP GROUP one b COUNT 5 STREAMS k >",
                        "XREADGROUP GROUP other a STREAMS k >",
                        "XACK k one 1-0 2-0 3-0"));
    }

    @Override
    protected List<String> changes() {
        return List.of(
                "XADD k 3-0 a 1",
                "XADD k MAXLEN ~ 1 * a 1",
                "XADD k MINID 1-2 3-* a 1",
                "XTRIM k MAXLEN 1",
                "XDEL k 1-1",
                "XDEL k 1-1 1-2 2-0",
                "XSETID k 7-7",
                "XGROUP CREATE k h 1-1",
                "XGROUP SETID k g $",
                "XGROUP DESTROY k g",
                "XGROUP CREATECONSUMER k g e",
                "XGROUP DELCONSUMER k g c",
                "XREADGROUP GROUP g d NOACK STREAMS k >",
                "XACK k g 1-1",
                "XCLAIM k g d 0 1-1 2-0 FORCE",
                "XAUTOCLAIM k g d 0 0 COUNT 1");
    }
}
