// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.set.SetType;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandSpec;

/** The way into this package: declares the type of sorted sets and their commands. */
public final class SortedSetCommands {
    private static final String DOCS = "dev/sigrun/core/sortedset.json";

    private SortedSetCommands() {}

    /**
     * Declares the type and the commands.
     *
     * @param memory where large sets are kept
     * @param setType the type of sets, which commands over several keys take as well
     * @return the type, for other packages that read sorted sets
     */
    public static SortedSetType register(Registrar registrar, CoreMemory memory, SetType setType) {
        SortedSetLimits limits = new SortedSetLimits();
        SortedSets sets = new SortedSets(memory, limits);
        SortedSetType type = new SortedSetType(sets, memory);
        SortedSetKeys keys = new SortedSetKeys(sets, type);
        limits.register(registrar);
        registrar.type(type);
        AddCommand.register(registrar, keys);
        new Removals(keys).register(registrar);
        new Reads(keys).register(registrar);
        RangeCommand.register(registrar, keys, memory);
        new Pops(keys).register(registrar);
        new MultiPops(keys).register(registrar);
        new RandomCommand(keys, memory).register(registrar);
        new Combinations(keys, setType, memory).register(registrar);
        new ScanCommand(keys).register(registrar);
        return type;
    }

    /** Begins the description of a sorted set command. */
    static CommandSpec.Builder command(String name, int arity) {
        return CommandSpec.command(name, arity).categories("sortedset").docs(DOCS);
    }
}
