// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.server;

import dev.sigrun.testkit.DataTypeContract;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** t-digests keep the contract of data types. */
final class TDigestContractTest extends DataTypeContract {
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
        return "tdigest";
    }

    @Override
    protected String wireName() {
        return "TDIS-TYPE";
    }

    @Override
    protected List<List<String>> values() {
        return List.of(
                List.of("TDIGEST.CREATE k"),
                List.of(
                        "TDIGEST.CREATE k COMPRESSION 1",
                        "TDIGEST.ADD k 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22"),
                List.of(
                        "TDIGEST.CREATE k COMPRESSION 500",
                        "TDIGEST.ADD k 1 -1.5 0 -0 1e308 -1e308 1 1 1"),
                List.of("TDIGEST.CREATE k", "TDIGEST.ADD k 1 2", "TDIGEST.RESET k"),
                List.of(SketchPayload.digest("k")));
    }

    @Override
    protected List<String> changes() {
        return List.of(
                "TDIGEST.ADD k 7.5",
                "TDIGEST.RESET k",
                "TDIGEST.MERGE k 1 k",
                "TDIGEST.MERGE l 2 k k COMPRESSION 30 OVERRIDE");
    }
}
