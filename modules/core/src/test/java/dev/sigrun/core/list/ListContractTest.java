// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import dev.sigrun.testkit.DataTypeContract;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lists keep the contract of data types. */
final class ListContractTest extends DataTypeContract {
    /** Fifty of these are more than goes into a small list. */
    private static final String LONG = "element-%d".concat("-0123456789".repeat(20));

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

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
        return "list";
    }

    @Override
    protected String wireName() {
        return "18";
    }

    private static String push(int count, String format) {
        return IntStream.range(0, count)
                .mapToObj(number -> format.formatted(number))
                .collect(Collectors.joining(" ", "RPUSH k ", ""));
    }

    @Override
    protected List<List<String>> values() {
        return List.of(
                List.of("RPUSH k a b 7 c a"),
                List.of("RPUSH k \"\""),
                List.of("LPUSH k 1 -70000 5000000000 \"\\x00\\xff\" 007"),
                List.of("RPUSH k " + "x".repeat(9000)),
                List.of("RPUSH k a b", "LPUSH k " + "x".repeat(9000), "RPUSH k z"),
                List.of(push(63, "number:%d")),
                List.of(push(130, "%d")),
                List.of(push(50, LONG)),
                List.of(push(50, LONG), "LTRIM k 10 20"),
                List.of(push(50, LONG), "LTRIM k -2 -1"),
                List.of("RPUSH k a b", "LPOP k"));
    }

    @Override
    protected List<String> changes() {
        return List.of(
                "LPUSH k d",
                "RPUSH k 1 2",
                "LPUSHX k d",
                "RPUSHX k " + "x".repeat(9000),
                "LPOP k",
                "RPOP k 2",
                "LPOP k 10",
                "LSET k 1 other",
                "LINSERT k AFTER b 5",
                "LTRIM k 1 2",
                "LTRIM k 9 9",
                "LREM k 0 a",
                "LREM k -1 a",
                "LMOVE k k LEFT RIGHT",
                "LMOVE k l RIGHT LEFT",
                "RPOPLPUSH k k",
                "LMPOP 2 l k LEFT COUNT 2",
                "BLPOP k 0",
                "BRPOP l k 0",
                "BLMOVE k l LEFT LEFT 0",
                "BRPOPLPUSH k k 0",
                "BLMPOP 0 1 k RIGHT COUNT 9");
    }

    /** SORT belongs to several types. */
    @Override
    protected Set<String> testedElsewhere() {
        return Set.of("sort");
    }
}
