// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;

/** Registers commands of the kernel, which share an owner and their documentation. */
final class Declaring {
    private static final String DOCS = "/dev/sigrun/kernel/command/kernel.json";

    private final Registry registry;

    Declaring(Registry registry) {
        this.registry = registry;
    }

    void command(CommandSpec.Builder spec, CommandHandler handler) {
        registry.add(Registry.KERNEL, spec.docs(DOCS).build(), handler);
    }

    /** A command that is nothing but its sub-commands. */
    Container container(String name) {
        CommandSpec spec = CommandSpec.command(name, -2).docs(DOCS).build();
        return new Container(registry.add(Registry.KERNEL, spec, null));
    }

    /** Takes the sub-commands of one command. */
    final class Container {
        private final Command command;

        private Container(Command command) {
            this.command = command;
        }

        Container add(CommandSpec.Builder spec, CommandHandler handler) {
            registry.addSubcommand(Registry.KERNEL, command, spec.docs(DOCS).build(), handler);
            return this;
        }

        /** The sub-command that explains the others. */
        Container help(String[] categories, String... lines) {
            CommandSpec.Builder spec =
                    CommandSpec.command("help", 2)
                            .flags(CommandFlag.LOADING, CommandFlag.STALE)
                            .categories(categories);
            return add(spec, new Help(command.name(), lines));
        }
    }
}
