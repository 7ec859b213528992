// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.admin.ConfigParam;

/** Up to where a sorted set is small, as the configuration says. Owner thread only. */
final class SortedSetLimits {
    private final ConfigParam<Long> entries =
            ConfigParam.ofServer("zset-max-listpack-entries", 128);
    private final ConfigParam<Long> valueBytes =
            ConfigParam.ofServer("zset-max-listpack-value", 64);

    void register(Registrar registrar) {
        registrar.config(entries);
        registrar.config(valueBytes);
    }

    /** Whether a small set may have so many members. */
    boolean allowsCount(long members) {
        return members <= SmallSet.COUNT_MAX && Long.compareUnsigned(members, entries.value()) <= 0;
    }

    /** Whether a small set may have a member of this length. */
    boolean allowsLength(int bytes) {
        return Long.compareUnsigned(bytes, valueBytes.value()) <= 0;
    }
}
