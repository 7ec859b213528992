// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import dev.sigrun.testkit.DataTypeContract;
import dev.sigrun.testkit.OpaquePlugin;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The smallest type of a plugin keeps the contract, and the contract can be kept. */
final class OpaqueContractTest extends DataTypeContract {
    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig().virtualClock().plugin("opaque", new OpaquePlugin());

    @Override
    protected SigrunServer server() {
        return SERVER;
    }

    @Override
    protected String pluginId() {
        return "opaque";
    }

    @Override
    protected String wireName() {
        return "sgrnopaqu";
    }

    @Override
    protected List<List<String>> values() {
        return List.of(
                List.of("TESTKIT.OPAQUE k text"),
                List.of("TESTKIT.OPAQUE k \"\""),
                List.of("TESTKIT.OPAQUE k " + "x".repeat(5000)));
    }

    @Override
    protected List<String> changes() {
        return List.of("TESTKIT.OPAQUE k other", "TESTKIT.OPAQUE k " + "y".repeat(3000));
    }
}
