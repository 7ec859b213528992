// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import dev.sigrun.core.LazyFree;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandSpec;

/** The way into this package: declares every string command. Owner thread only. */
public final class StringCommands {
    private static final String DOCS = "dev/sigrun/core/string.json";

    private StringCommands() {}

    /**
     * Declares the commands.
     *
     * @param lazyFree how removals replicate
     */
    public static void register(Registrar registrar, LazyFree lazyFree) {
        Reads.register(registrar);
        SetCommand.register(registrar, lazyFree);
        SetVariants.register(registrar);
        GetexCommand.register(registrar, lazyFree);
        Removals.register(registrar);
        Counters.register(registrar);
        FloatCounter.register(registrar);
        Ranges.register(registrar);
        MultiKey.register(registrar);
        MsetexCommand.register(registrar);
        LcsCommand.register(registrar);
    }

    /** Begins the description of a string command. */
    static CommandSpec.Builder command(String name, int arity) {
        return CommandSpec.command(name, arity).categories("string").docs(DOCS);
    }
}
