// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import dev.sigrun.memory.quicklist.Fill;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.admin.ConfigParam;

/** What the configuration says about the form of lists. Owner thread only. */
final class ListLimits {
    private final ConfigParam<Long> listpackSize =
            ConfigParam.ofServer("list-max-listpack-size", Fill.USUAL);

    private final ConfigParam<Long> compressDepth = ConfigParam.ofServer("list-compress-depth", 0);

    void register(Registrar registrar) {
        registrar.config(listpackSize);
        registrar.config(compressDepth);
    }

    /** What {@link Fill} says about it. */
    int listpackSize() {
        return listpackSize.value().intValue();
    }

    /** How many nodes at each end of a long list are not compressed; 0 for all. */
    long compressDepth() {
        return compressDepth.value();
    }
}
