// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.server;

import dev.sigrun.testkit.DataTypeContract;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Count-min sketches keep the contract of data types. */
final class CmsContractTest extends DataTypeContract {
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
        return "cms";
    }

    @Override
    protected String wireName() {
        return "CMSk-TYPE";
    }

    @Override
    protected List<List<String>> values() {
        return List.of(
                List.of("CMS.INITBYDIM k 10 2"),
                List.of("CMS.INITBYDIM k 100 4", "CMS.INCRBY k a 3 b 1 \"\" 7"),
                List.of("CMS.INITBYPROB k 0.01 0.1", "CMS.INCRBY k a 4294967295"),
                List.of("CMS.INITBYDIM k 3000 2", "CMS.INCRBY k a 1 b 2 c 3"),
                List.of(SketchPayload.countMin("k")));
    }

    @Override
    protected List<String> changes() {
        return List.of("CMS.INCRBY k a 1", "CMS.MERGE k 2 k k WEIGHTS 2 3");
    }
}
