// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.measure;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.reply.ReplyWriter;
import java.util.Locale;

/** The commands of this package, all together. Owner thread only. */
public final class MeasureCommands {
    private static final String DOCS = "dev/sigrun/kernel/command/measure.json";

    private final AdminContext context;

    /** Commands about a server. */
    public MeasureCommands(AdminContext context) {
        this.context = context;
    }

    /** Registers all of them. */
    public void register() {
        new LogCommands(context.dispatcher().watch()).register(this);
        new LatencyCommands(context).register(this);
    }

    /** A command that is nothing but its sub-commands. */
    Command container(String name) {
        CommandSpec spec = CommandSpec.command(name, -2).docs(DOCS).build();
        return context.registry().add(Registry.KERNEL, spec, null);
    }

    /** Begins the description of a sub-command that only administrators may use. */
    static CommandSpec.Builder spec(String name, int arity) {
        return CommandSpec.command(name, arity)
                .flags(CommandFlag.ADMIN, CommandFlag.LOADING, CommandFlag.STALE);
    }

    void add(Command container, CommandSpec.Builder spec, CommandHandler handler) {
        context.registry()
                .addSubcommand(Registry.KERNEL, container, spec.docs(DOCS).build(), handler);
    }

    /** Adds the sub-command that explains the others, in the shape that Valkey gives it. */
    void help(Command container, String... lines) {
        String heading =
                container.name().toUpperCase(Locale.ROOT)
                        + " <subcommand> [<arg> ...], with one of these sub-commands:";
        CommandSpec.Builder spec =
                CommandSpec.command("help", 2).flags(CommandFlag.LOADING, CommandFlag.STALE);
        add(
                container,
                spec,
                command -> {
                    ReplyWriter reply = command.reply();
                    reply.array(lines.length + 3);
                    reply.simple(heading);
                    for (String line : lines) {
                        reply.simple(line);
                    }
                    reply.simple("HELP");
                    reply.simple("    Show this text.");
                });
    }
}
