// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import dev.sigrun.memory.quicklist.Fill;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.admin.ConfigParam;

/** Up to where a list is small, as the configuration says. Owner thread only. */
final class ListLimits {
    private final ConfigParam<Long> listpackSize =
            ConfigParam.ofServer("list-max-listpack-size", Fill.USUAL);

    void register(Registrar registrar) {
        registrar.config(listpackSize);
    }

    /** What {@link Fill} says about it. */
    int listpackSize() {
        return listpackSize.value().intValue();
    }
}
