// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.introspect;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.reply.ReplyWriter;
import java.util.ArrayList;
import java.util.List;

/** The way into this package: registers {@code COMMAND} and its parts. Owner thread only. */
public final class IntrospectCommands {
    private static final String DOCS = "dev/sigrun/kernel/command/kernel.json";
    private static final String ANY_ORDER = "nondeterministic_output_order";
    private static final int FIRST_NAME = 2;

    private static final List<String> HELP =
            List.of(
                    "COMMAND <subcommand> [<argument> ...], where the subcommand is one of:",
                    "(none)",
                    "    What INFO says, of all commands.",
                    "COUNT",
                    "    How many commands there are.",
                    "DOCS [<command> ...]",
                    "    What is written about some or all commands.",
                    "GETKEYS <command> [<argument> ...]",
                    "    The keys of a whole command.",
                    "GETKEYSANDFLAGS <command> [<argument> ...]",
                    "    The keys of a whole command, each with what the command does with it.",
                    "INFO [<command> ...]",
                    "    What clients need to know of some or all commands.",
                    "LIST [FILTERBY (MODULE <name>|ACLCAT <category>|PATTERN <pattern>)]",
                    "    The names of some or all commands and subcommands.",
                    "HELP",
                    "    This text.");

    private final Registry registry;
    private final Commands commands;
    private final DocsLibrary library;

    /** For the commands of one server. */
    public IntrospectCommands(AdminContext admin) {
        this.registry = admin.registry();
        this.commands = new Commands(admin);
        this.library = new DocsLibrary(registry);
    }

    /** Registers the commands. */
    public void register() {
        KeysOfCommand keys = new KeysOfCommand(commands);
        NamesOfCommands names = new NamesOfCommands(commands);
        Command command =
                registry.add(
                        Registry.KERNEL,
                        spec("command", -1).tips(ANY_ORDER).build(),
                        context -> infoOfAll(context.reply()));
        add(command, spec("count", 2), context -> context.reply().integer(commands.count()));
        add(command, spec("docs", -2).tips(ANY_ORDER), this::docs);
        add(command, spec("getkeys", -3), keys::keys);
        add(command, spec("getkeysandflags", -3), keys::keysAndFlags);
        add(command, spec("help", 2), IntrospectCommands::help);
        add(command, spec("info", -2).tips(ANY_ORDER), this::info);
        add(command, spec("list", -2).tips(ANY_ORDER), names::list);
    }

    private static CommandSpec.Builder spec(String name, int arity) {
        return CommandSpec.command(name, arity)
                .flags(CommandFlag.LOADING, CommandFlag.STALE)
                .categories("connection")
                .docs(DOCS);
    }

    private void add(Command container, CommandSpec.Builder spec, CommandHandler handler) {
        registry.addSubcommand(Registry.KERNEL, container, spec.build(), handler);
    }

    private InfoReply infoReply(ReplyWriter reply) {
        return new InfoReply(reply, registry.categories(), commands.modules());
    }

    private void infoOfAll(ReplyWriter reply) {
        List<Command> all = commands.all();
        reply.array(all.size());
        all.forEach(infoReply(reply)::write);
    }

    private void info(CommandContext context) {
        Args args = context.args();
        if (args.count() == FIRST_NAME) {
            infoOfAll(context.reply());
            return;
        }
        InfoReply reply = infoReply(context.reply());
        context.reply().array(args.count() - FIRST_NAME);
        for (int i = FIRST_NAME; i < args.count(); i++) {
            reply.write(commands.find(args.bytes(i)));
        }
    }

    private void docs(CommandContext context) {
        List<Command> asked = asked(context.args());
        DocsReply reply = new DocsReply(context.reply(), library, commands.modules());
        context.reply().map(asked.size());
        asked.forEach(reply::write);
    }

    /** The commands with the names given, all when none is; names of nobody are passed over. */
    private List<Command> asked(Args args) {
        if (args.count() == FIRST_NAME) {
            return commands.all();
        }
        List<Command> asked = new ArrayList<>();
        for (int i = FIRST_NAME; i < args.count(); i++) {
            Command command = commands.find(args.bytes(i));
            if (command != null) {
                asked.add(command);
            }
        }
        return asked;
    }

    private static void help(CommandContext context) {
        context.reply().array(HELP.size());
        HELP.forEach(context.reply()::simple);
    }
}
