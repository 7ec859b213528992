// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;

/** How the commands of this package are described and added. Any thread. */
final class Specs {
    private static final String DOCS = "dev/sigrun/kernel/command/kernel.json";

    private Specs() {}

    /** Begins the description of a command. */
    static CommandSpec.Builder spec(String name, int arity, CommandFlag... flags) {
        return CommandSpec.command(name, arity).flags(flags).docs(DOCS);
    }

    /** Begins the description of a command that is about connections. */
    static CommandSpec.Builder connection(String name, int arity, CommandFlag... flags) {
        return spec(name, arity, flags).categories("connection");
    }

    /** Begins the description of a part of {@code CLIENT}; all of them have these flags. */
    static CommandSpec.Builder client(String name, int arity, CommandFlag... flags) {
        return connection(name, arity, CommandFlag.LOADING, CommandFlag.STALE).flags(flags);
    }

    static void add(Registry registry, CommandSpec.Builder spec, KernelHandler handler) {
        registry.add(Registry.KERNEL, spec.build(), handler);
    }

    static void addTo(
            Registry registry, Command container, CommandSpec.Builder spec, KernelHandler handler) {
        registry.addSubcommand(Registry.KERNEL, container, spec.build(), handler);
    }
}
