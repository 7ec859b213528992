// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.set;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.LazyFree;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandSpec;

/** The way into this package: declares the type of sets and their commands. Owner thread only. */
public final class SetCommands {
    private static final String DOCS = "dev/sigrun/core/set.json";

    private SetCommands() {}

    /**
     * Declares the type and the commands.
     *
     * @param memory where large sets are kept
     * @param lazyFree how removals replicate
     * @return the type, for other packages that read sets
     */
    public static SetType register(Registrar registrar, CoreMemory memory, LazyFree lazyFree) {
        SetLimits limits = new SetLimits();
        Sets sets = new Sets(memory, limits);
        SetType type = new SetType(sets, memory);
        limits.register(registrar);
        registrar.type(type);
        new Changes(sets, type, memory).register(registrar);
        new Reads(sets, type).register(registrar);
        new PopCommand(sets, type, memory, lazyFree).register(registrar);
        new RandomCommand(sets, type, memory).register(registrar);
        new Intersections(sets, type, memory).register(registrar);
        new Combinations(sets, type, memory).register(registrar);
        new ScanCommand(sets, type).register(registrar);
        return type;
    }

    /** Begins the description of a set command. */
    static CommandSpec.Builder command(String name, int arity) {
        return CommandSpec.command(name, arity).categories("set").docs(DOCS);
    }
}
