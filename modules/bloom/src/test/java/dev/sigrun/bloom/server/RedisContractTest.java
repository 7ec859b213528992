// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.server;

import dev.sigrun.testkit.DataTypeContract;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Filters of RedisBloom's kind keep the contract of data types. */
final class RedisContractTest extends DataTypeContract {
    @RegisterExtension static final SigrunServer SERVER = BloomJar.server().virtualClock();

    @Override
    protected SigrunServer server() {
        return SERVER;
    }

    @Override
    protected String pluginId() {
        return "bloom";
    }

    @Override
    protected String commandCategory() {
        return "bloom";
    }

    @Override
    protected String wireName() {
        return "MBbloom--";
    }

    @Override
    protected List<List<String>> values() {
        return List.of(
                List.of(BloomPayload.loadRedis("k", 10)),
                List.of(BloomPayload.loadRedis("k", 10), "BF.MADD k 1 2 3 4 5 6 7 8"),
                List.of(BloomPayload.loadRedis("k", 100)));
    }

    @Override
    protected List<String> changes() {
        return List.of("BF.ADD k other", "BF.MADD k new1 new2", "BF.INSERT k ITEMS more");
    }

    /** It makes filters of the other kind only. */
    @Override
    protected Set<String> testedElsewhere() {
        return Set.of("bf.reserve");
    }
}
