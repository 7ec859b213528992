// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core;

import dev.sigrun.core.generic.GenericCommands;
import dev.sigrun.core.string.StringCommands;
import dev.sigrun.spi.Plugin;
import dev.sigrun.spi.Registrar;

/** Brings the string commands and the generic ones. Owner thread only. */
public final class CorePlugin implements Plugin {
    /** Makes the plugin; the kernel calls this. */
    public CorePlugin() {}

    @Override
    public void register(Registrar registrar) {
        StringCommands.register(registrar);
        GenericCommands.register(registrar);
    }
}
