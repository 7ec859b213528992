// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.sortedset.SortedSetType;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandSpec;

/** The way into this package: declares every geo command. Owner thread only. */
public final class GeoCommands {
    private static final String DOCS = "dev/sigrun/core/geo.json";

    private GeoCommands() {}

    /**
     * Declares the commands.
     *
     * @param memory where places that a search has found are collected
     * @param type the type of sorted sets
     */
    public static void register(Registrar registrar, CoreMemory memory, SortedSetType type) {
        GeoaddCommand.register(registrar, type);
        MemberCommands.register(registrar, type);
        SearchCommand.register(registrar, new Search(memory, type));
    }

    /** Begins the description of a geo command. */
    static CommandSpec.Builder command(String name, int arity) {
        return CommandSpec.command(name, arity).categories("geo").docs(DOCS);
    }
}
