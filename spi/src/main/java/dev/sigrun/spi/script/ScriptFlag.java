// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.script;

import java.util.Locale;

/** What a script says about itself. More may be added, so switch with a default. */
public enum ScriptFlag {
    /** Writes nothing, so it may run where writing is not allowed. */
    NO_WRITES,
    /** May run although memory is exhausted. */
    ALLOW_OOM,
    /** May run on a replica with stale data. */
    ALLOW_STALE,
    /** Does not run in a cluster. */
    NO_CLUSTER,
    /** May reach keys of several slots. */
    ALLOW_CROSS_SLOT_KEYS;

    private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name in scripts and in replies, for example {@code no-writes}. */
    public String wireName() {
        return wireName;
    }

    /** The flag with a name, or null. */
    public static ScriptFlag named(String wireName) {
        for (ScriptFlag flag : values()) {
            if (flag.wireName.equals(wireName)) {
                return flag;
            }
        }
        return null;
    }
}
