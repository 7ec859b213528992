// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.set;

import dev.sigrun.memory.dict.Roll;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.admin.ConfigParam;

/** Up to where a set is small, as the configuration says. Owner thread only. */
final class SetLimits {
    /** The members of an intset have at most 8 bytes each, and a cell at most 2 GiB. */
    private static final long INTSET_ENTRIES_MAX = 1 << 27;

    private final ConfigParam<Long> intsetEntries =
            ConfigParam.ofServer("set-max-intset-entries", 512);
    private final ConfigParam<Long> listpackEntries =
            ConfigParam.ofServer("set-max-listpack-entries", 128);
    private final ConfigParam<Long> listpackValue =
            ConfigParam.ofServer("set-max-listpack-value", 64);

    void register(Registrar registrar) {
        registrar.config(intsetEntries);
        registrar.config(listpackEntries);
        registrar.config(listpackValue);
    }

    /** Whether an intset may have so many members. */
    boolean allowsIntset(long members) {
        return members <= INTSET_ENTRIES_MAX && members <= intsetEntries.value();
    }

    /** Whether a listpack may have so many members. */
    boolean allowsListpack(long members) {
        return members <= Roll.COUNT_MAX && members <= listpackEntries.value();
    }

    /** Whether a listpack may have a member of so many bytes. */
    boolean allowsValue(int bytes) {
        return bytes <= listpackValue.value();
    }
}
