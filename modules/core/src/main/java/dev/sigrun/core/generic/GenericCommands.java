// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import dev.sigrun.core.LazyFree;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandSpec;

/** Declares every command of this package. Owner thread only. */
public final class GenericCommands {
    private static final String DOCS = "dev/sigrun/core/generic.json";

    private GenericCommands() {}

    /**
     * Declares the commands; called once from the plugin's own registration.
     *
     * @param lazyFree how removals replicate
     */
    public static void register(Registrar registrar, LazyFree lazyFree) {
        LookupCommands.register(registrar);
        DeleteCommands.register(registrar);
        ExpiryCommands.register(registrar, lazyFree);
        TtlCommands.register(registrar);
        RenameCommands.register(registrar);
        TransferCommands.register(registrar);
        DumpCommands.register(registrar, lazyFree);
        ScanCommands.register(registrar);
    }

    /** Begins a description with what all commands on keys have in common. */
    static CommandSpec.Builder describe(String name, int arity) {
        return CommandSpec.command(name, arity).categories("keyspace").docs(DOCS);
    }
}
