// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import dev.sigrun.testkit.DataTypeContract;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hashes keep the contract of data types. */
final class HashContractTest extends DataTypeContract {
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
    protected String wireName() {
        return "16";
    }

    @Override
    protected List<List<String>> values() {
        return List.of(
                List.of("HSET k f v g 2 h \"\""),
                List.of("HSET k f " + "x".repeat(65)),
                List.of("HSET k f " + "x".repeat(5000) + " g h"),
                List.of("HSET k 1 2 -3 4 5000000000 -6000000000 9223372036854775807 1.5"),
                List.of("HSET k a 1 b 2 c 3", "HEXPIREAT k 4000000000 FIELDS 2 a b"),
                many(600));
    }

    private static List<String> many(int fields) {
        List<String> commands = new ArrayList<>();
        StringBuilder line = new StringBuilder("HSET k");
        for (int i = 0; i < fields; i++) {
            line.append(" field:").append(i).append(" value:").append(i * 7);
        }
        commands.add(line.toString());
        return commands;
    }

    @Override
    protected List<String> changes() {
        return List.of(
                "HSET k f other",
                "HMSET k f other new 1",
                "HSETNX k new 1",
                "HDEL k f",
                "HGETDEL k FIELDS 1 f",
                "HINCRBY k g 5",
                "HINCRBYFLOAT k g 0.5",
                "HEXPIRE k 100 FIELDS 1 f",
                "HPEXPIRE k 100000 FIELDS 1 f",
                "HEXPIREAT k 4000000000 FIELDS 1 f",
                "HPEXPIREAT k 4000000000000 FIELDS 1 f",
                "HEXPIRE k 0 FIELDS 1 f",
                "HSETEX k EX 100 FIELDS 1 f v",
                "HGETEX k EX 100 FIELDS 1 f");
    }

    @Override
    protected String commandCategory() {
        return "hash";
    }

    /** What takes a time away has nothing to take from the first value. */
    @Override
    protected Set<String> testedElsewhere() {
        return Set.of("hpersist");
    }
}
