// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.script;

import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.reply.ReplyWriter;
import java.util.Locale;

/** Registers the commands of this package. */
final class Declaring {
    private static final String DOCS = "dev/sigrun/kernel/command/script.json";

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

    /** What a sub-command answers that has too many arguments. */
    static CommandException syntax(String container, Args args) {
        String name = args.bytes(1).text();
        return CommandException.of(
                "unknown subcommand or wrong number of arguments for '"
                        + name.substring(0, Math.min(name.length(), 128))
                        + "'. Try "
                        + container.toUpperCase(Locale.ROOT)
                        + " HELP.");
    }

    /** Takes the sub-commands of one command. */
    final class Container {
        private final Command command;

        private Container(Command command) {
            this.command = command;
        }

        void add(CommandSpec.Builder spec, CommandHandler handler) {
            registry.addSubcommand(Registry.KERNEL, command, spec.docs(DOCS).build(), handler);
        }

        /** The sub-command that explains the others. */
        void help(String... lines) {
            String heading =
                    command.name().toUpperCase(Locale.ROOT)
                            + " <subcommand> [<arg> ...], with one of these sub-commands:";
            add(
                    CommandSpec.command("help", 2)
                            .flags(CommandFlag.LOADING, CommandFlag.STALE)
                            .categories("scripting"),
                    context -> explain(context, heading, lines));
        }

        private static void explain(CommandContext context, String heading, String[] lines) {
            ReplyWriter reply = context.reply();
            reply.array(lines.length + 3);
            reply.simple(heading);
            for (String line : lines) {
                reply.simple(line);
            }
            reply.simple("HELP");
            reply.simple("    Show this text.");
        }
    }
}
