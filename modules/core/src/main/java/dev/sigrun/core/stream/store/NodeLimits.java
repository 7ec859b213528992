// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.admin.ConfigParam;

/** How large nodes become, as the server is configured. Owner thread only. */
public final class NodeLimits {
    private final ConfigParam<Long> bytesMax = ConfigParam.ofServer("stream-node-max-bytes", 4096);
    private final ConfigParam<Long> entriesMax =
            ConfigParam.ofServer("stream-node-max-entries", 100);

    /** The limits that hold where nothing is configured. */
    public NodeLimits() {}

    /** Declares which parameters are read. */
    public void register(Registrar registrar) {
        registrar.config(bytesMax);
        registrar.config(entriesMax);
    }

    /** Bytes of a node, at least 1. */
    long bytesMax() {
        long configured = bytesMax.value();
        boolean none = configured <= 0 || configured > StreamNode.BYTES_MAX;
        return none ? StreamNode.BYTES_MAX : configured;
    }

    /** Entries of a node, deleted ones too; 0 for any number. */
    public long entriesMax() {
        return entriesMax.value();
    }
}
