// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandSpec;

/** The way into this package: declares the type and every hash command. Owner thread only. */
public final class HashCommands {
    private static final String DOCS = "dev/sigrun/core/hash.json";

    private HashCommands() {}

    /** Declares the type and the commands. */
    public static HashFields register(Registrar registrar, CoreMemory memory) {
        Hashes hashes = new Hashes(memory);
        hashes.limits.register(registrar);
        registrar.type(hashes.type);
        new HashReads(hashes).register(registrar);
        new HashWrites(hashes).register(registrar);
        new HashCounters(hashes, memory).register(registrar);
        new FieldExpiry(hashes).register(registrar);
        new FieldTimes(hashes).register(registrar);
        new HsetexCommand(hashes).register(registrar);
        new HgetexCommand(hashes).register(registrar);
        new HrandfieldCommand(hashes).register(registrar);
        new HscanCommand(hashes).register(registrar);
        return new HashFields(hashes);
    }

    /** Begins the description of a hash command. */
    static CommandSpec.Builder command(String name, int arity) {
        return CommandSpec.command(name, arity).categories("hash").docs(DOCS);
    }
}
