// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.server;

import dev.sigrun.testkit.DataTypeContract;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lists of top items keep the contract of data types. */
final class TopKContractTest extends DataTypeContract {
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
        return "topk";
    }

    @Override
    protected String wireName() {
        return "TopK-TYPE";
    }

    @Override
    protected List<List<String>> values() {
        return List.of(
                List.of("TOPK.RESERVE k 3", "TOPK.ADD k a b a c a"),
                List.of("TOPK.RESERVE k 1"),
                List.of(
                        "TOPK.RESERVE k 2 2 2 0.5",
                        "TOPK.ADD k a b c d e f g h a b c d e",
                        "TOPK.INCRBY k z 100 \"\" 3"),
                List.of("TOPK.RESERVE k 50 500 3 0.9", "TOPK.INCRBY k a 5 b 7 c 100000"),
                List.of(SketchPayload.topK("k")));
    }

    @Override
    protected List<String> changes() {
        return List.of("TOPK.ADD k a", "TOPK.ADD k new d e", "TOPK.INCRBY k a 7 b 0");
    }

    /** Every name is an object on the heap too. */
    @Override
    protected long heapBytesMax() {
        return 2048;
    }
}
