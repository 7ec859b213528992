// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandSpec;

/** The way into this package: declares the type and every stream command. Owner thread only. */
public final class StreamCommands {
    private static final String DOCS = "dev/sigrun/core/stream.json";

    private StreamCommands() {}

    /**
     * Declares the type and the commands.
     *
     * @param memory where the streams' blocks come from
     */
    public static void register(Registrar registrar, CoreMemory memory) {
        Streams streams = new Streams(memory);
        streams.limits.register(registrar);
        registrar.type(streams.type);
        AddCommands.register(registrar, streams);
        RangeCommands.register(registrar, streams);
        EditCommands.register(registrar, streams);
        ReadCommand.register(registrar, streams);
        GroupCommands.register(registrar, streams);
        PendingCommands.register(registrar, streams);
        ClaimCommand.register(registrar, streams);
        AutoclaimCommand.register(registrar, streams);
        InfoCommands.register(registrar, streams);
    }

    /** Describes a command that does nothing but hold subcommands. */
    static CommandSpec container(String name) {
        return CommandSpec.command(name, -2).docs(DOCS).build();
    }

    /** Begins the description of a stream command. */
    static CommandSpec.Builder command(String name, int arity) {
        return CommandSpec.command(name, arity).categories("stream").docs(DOCS);
    }
}
