// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.introspect;

import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.config.text.GlobPattern;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** COMMAND LIST: names, of sub-commands too, all or those that pass a filter. Owner thread only. */
final class NamesOfCommands {
    private static final int OPTION = 2;
    private static final int COUNT_WITH_FILTER = 5;

    private final Commands commands;

    NamesOfCommands(Commands commands) {
        this.commands = commands;
    }

    void list(CommandContext context) throws CommandException {
        Predicate<Command> filter = filter(context.args());
        List<String> names = new ArrayList<>();
        for (Command command : commands.all()) {
            take(command, filter, names);
            for (Command sub : Commands.subcommands(command)) {
                take(sub, filter, names);
            }
        }
        context.reply().array(names.size());
        names.forEach(context.reply()::bulk);
    }

    private static void take(Command command, Predicate<Command> filter, List<String> names) {
        if (filter.test(command)) {
            names.add(command.fullName());
        }
    }

    private Predicate<Command> filter(Args args) throws CommandException {
        if (args.count() == OPTION) {
            return command -> true;
        }
        if (args.count() != COUNT_WITH_FILTER || !args.is(OPTION, "filterby")) {
            throw CommandException.SYNTAX;
        }
        String value = args.bytes(OPTION + 2).text();
        if (args.is(OPTION + 1, "module")) {
            Map<String, String> modules = commands.modules();
            return command -> value.equals(modules.get(command.owner()));
        }
        if (args.is(OPTION + 1, "aclcat")) {
            String category = value.toLowerCase(Locale.ROOT);
            return command -> command.categories().contains(category);
        }
        if (args.is(OPTION + 1, "pattern")) {
            GlobPattern pattern = GlobPattern.caseless(value);
            return command -> pattern.matches(command.fullName());
        }
        throw CommandException.SYNTAX;
    }
}
