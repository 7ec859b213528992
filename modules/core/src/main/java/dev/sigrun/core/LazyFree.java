// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.admin.ConfigParam;

/**
 * Under which name the removal of a key replicates that a command has brought about. Memory is
 * given back by and by whatever the configuration says, but a replica may be of another kind. Owner
 * thread only.
 */
public final class LazyFree {
    private final ConfigParam<Boolean> serverDel =
            ConfigParam.flagOfServer("lazyfree-lazy-server-del", true);
    private final ConfigParam<Boolean> expire =
            ConfigParam.flagOfServer("lazyfree-lazy-expire", true);

    void register(Registrar registrar) {
        registrar.config(serverDel);
        registrar.config(expire);
    }

    /** The command that stands for a removal on the way to something else. */
    public String removal() {
        return command(serverDel);
    }

    /** The command that stands for the end of a key whose time has come. */
    public String expiry() {
        return command(expire);
    }

    private static String command(ConfigParam<Boolean> lazily) {
        return lazily.value() ? "UNLINK" : "DEL";
    }
}
