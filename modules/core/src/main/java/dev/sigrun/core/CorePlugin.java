// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core;

import dev.sigrun.core.generic.GenericCommands;
import dev.sigrun.core.string.StringCommands;
import dev.sigrun.spi.Plugin;
import dev.sigrun.spi.PluginContext;
import dev.sigrun.spi.Registrar;
import java.security.SecureRandom;

/**
 * Brings Valkey's own commands and types. The packages are given one account with the kernel's
 * memory, which is opened at the start, and one secret key for their hashes. Owner thread only.
 */
public final class CorePlugin implements Plugin {
    private final CoreMemory memory;

    /** Makes the plugin; the kernel calls this. */
    public CorePlugin() {
        SecureRandom secret = new SecureRandom();
        memory = new CoreMemory(secret.nextLong(), secret.nextLong());
    }

    @Override
    public void register(Registrar registrar) {
        StringCommands.register(registrar);
        GenericCommands.register(registrar);
    }

    @Override
    public void start(PluginContext context) {
        memory.open(context.memory());
    }
}
