// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.admin.ConfigParam;

/** Up to where a hash is small, as the configuration says. Owner thread only. */
final class HashLimits {
    /** Fields and values are both counted by a roll. */
    private static final long PAIRS_MAX = 30_000;

    private final ConfigParam<Long> entries =
            ConfigParam.ofServer("hash-max-listpack-entries", 512);
    private final ConfigParam<Long> valueBytes =
            ConfigParam.ofServer("hash-max-listpack-value", 64);

    void register(Registrar registrar) {
        registrar.config(entries);
        registrar.config(valueBytes);
    }

    /** Whether a small hash may have so many fields. */
    boolean allowsCount(long fields) {
        return fields <= PAIRS_MAX && Long.compareUnsigned(fields, entries.value()) <= 0;
    }

    /** Whether a small hash may have a field or value of this length. */
    boolean allowsLength(int bytes) {
        return Long.compareUnsigned(bytes, valueBytes.value()) <= 0;
    }
}
