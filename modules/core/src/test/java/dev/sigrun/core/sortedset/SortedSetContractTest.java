// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.testkit.DataTypeContract;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sorted sets keep the contract of data types. */
final class SortedSetContractTest extends DataTypeContract {
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
        return "sortedset";
    }

    @Override
    protected String wireName() {
        return "3";
    }

    /** Sets become large early, so that the large ones here need not be so large. */
    @BeforeEach
    void lowLimit() {
        SERVER.set("zset-max-listpack-entries", "20");
    }

    private static String add(int count, String format) {
        return IntStream.range(0, count)
                .mapToObj(number -> String.format(format, number, number))
                .collect(Collectors.joining(" ", "ZADD k ", ""));
    }

    @Override
    protected List<List<String>> values() {
        return List.of(
                List.of("ZADD k 1 a 2 b 3 c 4 d"),
                List.of("ZADD k 1 a 2 b 3 c 4 d 5 " + "x".repeat(65)),
                List.of("ZADD k 0 \"\""),
                List.of("ZADD k 1 1 2 2 -1 12345678901 7 0 7.5 -7"),
                List.of("ZADD k inf a -inf b 0.1 c 1e300 d 1e-300 e 1.5 f -100000 g 3e18 h"),
                List.of("ZADD k inf a -inf b 0.1 c -0 d 3e18 e 5 " + "y".repeat(100)),
                List.of(add(20, "%d member:%d")),
                List.of(add(21, "%d member:%d")),
                List.of(add(70, "0 %2$d")),
                List.of("ZADD k 1 " + "long".repeat(20) + " 1 " + "x".repeat(300) + " 2 \"\""),
                List.of("ZADD k 1 " + "z".repeat(513) + " 1 " + "x".repeat(600) + " 2 a"),
                List.of(add(60, "%d.25 member:%d"), "ZREM k member:7 member:59"),
                List.of("ZADD k 1 a 2 b", "ZREM k a"));
    }

    @Override
    protected List<String> changes() {
        return List.of(
                "ZADD k 5 new",
                "ZADD k GT CH 9 a 8 b",
                "ZADD k 1 " + "x".repeat(100),
                "ZINCRBY k 1.5 a",
                "ZREM k a",
                "ZREM k a b c d",
                "ZREMRANGEBYRANK k 1 -1",
                "ZREMRANGEBYSCORE k 1 2",
                "ZREMRANGEBYLEX k - +",
                "ZPOPMIN k",
                "ZPOPMAX k 2",
                "ZMPOP 1 k MIN COUNT 2",
                "BZMPOP 0 1 k MAX",
                "BZPOPMIN k 0",
                "BZPOPMAX k 0",
                "ZRANGESTORE k k 1 2",
                "ZUNIONSTORE k 2 k k",
                "ZINTERSTORE k 1 k WEIGHTS 2",
                "ZDIFFSTORE k 2 k nothing");
    }

    /** SORT belongs to several types, and the geo commands have a test of their own. */
    @Override
    protected Set<String> testedElsewhere() {
        return Set.of("sort");
    }
}
