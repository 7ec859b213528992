// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.introspect;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.CommandTable;
import dev.sigrun.kernel.plugin.PluginInfo;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The commands as clients name them. Owner thread only. */
final class Commands {
    private final AdminContext admin;
    private final CommandTable table;

    Commands(AdminContext admin) {
        this.admin = admin;
        this.table = admin.registry().table();
    }

    int count() {
        return table.size();
    }

    /** All commands in the order of their names. */
    List<Command> all() {
        return sorted(table);
    }

    /** All sub-commands of a command in the order of their names. */
    static List<Command> subcommands(Command container) {
        return container.subcommands().size() == 0 ? List.of() : sorted(container.subcommands());
    }

    private static List<Command> sorted(CommandTable commands) {
        List<Command> sorted = new ArrayList<>(commands.all());
        sorted.sort(Comparator.comparing(Command::name));
        return sorted;
    }

    /** The command with a full name, for example {@code client|list}, or null. */
    Command find(Bytes name) {
        int bar = indexOfBar(name, 0);
        if (bar < 0) {
            return table.find(name.address(), name.length());
        }
        if (indexOfBar(name, bar + 1) >= 0) {
            return null;
        }
        Command container = table.find(name.address(), bar);
        int rest = bar + 1;
        return container == null
                ? null
                : container.subcommands().find(name.address() + rest, name.length() - rest);
    }

    private static int indexOfBar(Bytes name, int from) {
        for (int i = from; i < name.length(); i++) {
            if (name.byteAt(i) == '|') {
                return i;
            }
        }
        return -1;
    }

    /**
     * The command that arguments call; null when there is none.
     *
     * @param args a whole command; without a sub-command's name the container itself is found
     */
    Command calledBy(Args args) {
        Bytes name = args.bytes(0);
        Command command = table.find(name.address(), name.length());
        if (command == null || command.subcommands().size() == 0 || args.count() == 1) {
            return command;
        }
        Bytes sub = args.bytes(1);
        return command.subcommands().find(sub.address(), sub.length());
    }

    /** The names of the modules by the owners of commands; what is part of the server has none. */
    Map<String, String> modules() {
        Map<String, String> modules = new HashMap<>();
        if (admin.plugins() != null) {
            for (PluginInfo plugin : admin.plugins().list()) {
                modules.put(plugin.id(), plugin.name());
            }
        }
        return modules;
    }
}
