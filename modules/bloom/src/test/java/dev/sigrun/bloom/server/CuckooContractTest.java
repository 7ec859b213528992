// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.server;

import dev.sigrun.testkit.DataTypeContract;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cuckoo filters keep the contract of data types. */
final class CuckooContractTest extends DataTypeContract {
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
        return "cuckoo";
    }

    @Override
    protected String wireName() {
        return "MBbloomCF";
    }

    @Override
    protected List<List<String>> values() {
        return List.of(
                List.of("CF.RESERVE k 8", "CF.ADD k a"),
                List.of("CF.ADD k item", "CF.ADDNX k other"),
                List.of(
                        "CF.RESERVE k 4 BUCKETSIZE 1 MAXITERATIONS 5 EXPANSION 2",
                        "CF.INSERT k ITEMS a b c d e f g h i j k l m n o p"),
                List.of("CF.INSERT k CAPACITY 50 ITEMS x x x", "CF.DEL k x"),
                List.of("CF.RESERVE k 9000 BUCKETSIZE 4", "CF.INSERTNX k NOCREATE ITEMS a b a"),
                List.of(SketchPayload.cuckoo("k")));
    }

    @Override
    protected List<String> changes() {
        return List.of(
                "CF.ADD k more",
                "CF.ADDNX k new",
                "CF.DEL k a",
                "CF.INSERT k ITEMS a b c d e f g h",
                "CF.INSERTNX k ITEMS q r",
                "CF.COMPACT k",
                "CF.ADD l item");
    }

    /** Every layer is an object on the heap too. */
    @Override
    protected long heapBytesMax() {
        return 2048;
    }
}
