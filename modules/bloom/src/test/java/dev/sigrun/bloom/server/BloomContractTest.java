// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.server;

import dev.sigrun.testkit.DataTypeContract;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Filters of valkey-bloom's kind keep the contract of data types. */
final class BloomContractTest extends DataTypeContract {
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
        return "bloomfltr";
    }

    @Override
    protected List<List<String>> values() {
        return List.of(
                List.of("BF.ADD k item"),
                List.of("BF.RESERVE k 0.01 10"),
                List.of("BF.RESERVE k 0.001 50000", "BF.MADD k a b c"),
                List.of("BF.RESERVE k 0.1 3 NONSCALING", "BF.MADD k a b c"),
                List.of("BF.RESERVE k 0.2 2 EXPANSION 1", "BF.MADD k 1 2 3 4 5 6 7 8 9 10 11 12"),
                List.of("BF.INSERT k CAPACITY 5 ERROR 0.3 TIGHTENING 0.9 EXPANSION 4 ITEMS x y"),
                List.of("BF.INSERT k SEED 0123456789abcdef0123456789ABCDEF ITEMS \"\\x00\\xff\""));
    }

    @Override
    protected List<String> changes() {
        return List.of(
                "BF.ADD k other",
                "BF.MADD k item new1 new2",
                "BF.INSERT k ITEMS more item",
                "BF.RESERVE l 0.01 10",
                "BF.MADD l a b",
                BloomPayload.load("m"));
    }

    /** Every layer is an object on the heap too. */
    @Override
    protected long heapBytesMax() {
        return 2048;
    }
}
