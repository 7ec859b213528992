// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.set;

import dev.sigrun.testkit.DataTypeContract;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sets keep the contract of data types. */
final class SetContractTest extends DataTypeContract {
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
        return "set";
    }

    @Override
    protected String wireName() {
        return "2";
    }

    private static String add(int count, String format) {
        return IntStream.range(0, count)
                .mapToObj(number -> String.format(format, number))
                .collect(Collectors.joining(" ", "SADD k ", ""));
    }

    @Override
    protected List<List<String>> values() {
        return List.of(
                List.of("SADD k a b c 7"),
                List.of("SADD k \"\""),
                List.of("SADD k 1 2 3"),
                List.of("SADD k 1 -70000 5000000000"),
                List.of(add(512, "%d")),
                List.of(add(513, "%d")),
                List.of(add(128, "member:%d")),
                List.of(add(129, "member:%d")),
                List.of("SADD k a " + "long".repeat(20) + " " + "x".repeat(300) + " 12 \"\""),
                List.of(add(140, "%d:member"), "SREM k 7:member 139:member"),
                List.of("SADD k a b", "SREM k a"));
    }

    @Override
    protected List<String> changes() {
        return List.of(
                "SADD k d",
                "SADD k " + "x".repeat(100),
                "SREM k a",
                "SREM k a b c 7",
                "SPOP k",
                "SPOP k 2",
                "SPOP k 10",
                "SMOVE k other a",
                "SINTERSTORE k k",
                "SUNIONSTORE k k",
                "SDIFFSTORE k k nothing");
    }

    /** SORT belongs to several types. */
    @Override
    protected Set<String> testedElsewhere() {
        return Set.of("sort");
    }
}
