// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandSpec;

/** The way into this package: declares lists and every command of theirs. Owner thread only. */
public final class ListCommands {
    private static final String DOCS = "dev/sigrun/core/list.json";

    private ListCommands() {}

    /**
     * Declares the type and the commands.
     *
     * @param memory where large lists are kept
     * @return lists for other packages that read or make them
     */
    public static ListAccess register(Registrar registrar, CoreMemory memory) {
        ListLimits limits = new ListLimits();
        Lists lists = new Lists(memory, limits);
        ListType type = new ListType(lists, memory);
        ListKeys keys = new ListKeys(lists, type);
        limits.register(registrar);
        registrar.type(type);
        Pushes.register(registrar, keys);
        Pops.register(registrar, keys);
        Reads.register(registrar, keys);
        LposCommand.register(registrar, keys);
        Edits.register(registrar, keys);
        Trims.register(registrar, keys);
        Moves.register(registrar, keys, new Transfer(keys, memory));
        MultiPops.register(registrar, keys);
        registrar.debug("quicklist-packed-threshold", 1, new PackedThreshold(lists));
        return new ListAccess(lists, type, memory);
    }

    /** Begins the description of a list command. */
    static CommandSpec.Builder command(String name, int arity) {
        return CommandSpec.command(name, arity).categories("list").docs(DOCS);
    }
}
