// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.acl.AclCommand;
import dev.sigrun.kernel.acl.AclCommands;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is registered beside types and parameters: commands by owner, ACL categories, and where the
 * owners' documentation is. Owner thread only.
 */
public final class Registry implements AclCommands {
    /** The owner of the kernel's own commands. */
    public static final String KERNEL = "kernel";

    private static final List<String> CATEGORIES =
            List.of(
                    "keyspace",
                    "read",
                    "write",
                    "set",
                    "sortedset",
                    "list",
                    "hash",
                    "string",
                    "bitmap",
                    "hyperloglog",
                    "geo",
                    "stream",
                    "pubsub",
                    "admin",
                    "fast",
                    "slow",
                    "blocking",
                    "dangerous",
                    "connection",
                    "transaction",
                    "scripting");

    private final CommandTable table;
    private final Set<String> categories = new LinkedHashSet<>(CATEGORIES);
    private final Map<String, Resources> resources = new HashMap<>();

    /** The numbers of all commands that ever were, so that one that comes back has its own. */
    private final Map<String, Integer> ids = new HashMap<>();

    /** The names that commands have instead of their own; an empty one stands for none. */
    private final Map<String, String> renames = new HashMap<>();

    /** The commands that there are by their own names, for those who have these as text. */
    private final Map<String, AclCommand> byName = new HashMap<>();

    private int changes;

    /** Reads a resource of a plugin. */
    @FunctionalInterface
    public interface Resources {
        /** The content, or null when there is none. */
        byte[] read(String name) throws IOException;
    }

    /** Registers into a table. */
    public Registry(CommandTable table) {
        this.table = table;
    }

    /** The table of commands. */
    public CommandTable table() {
        return table;
    }

    /** All ACL categories, without the at sign. */
    public Set<String> categories() {
        return categories;
    }

    /** Declares an ACL category. */
    public void addCategory(String name) {
        categories.add(name);
    }

    /** Withdraws an ACL category. */
    public void removeCategory(String name) {
        categories.remove(name);
    }

    /** Says where the documentation of an owner's commands is. */
    public void addResources(String owner, Resources reader) {
        resources.put(owner, reader);
    }

    /** Reads the documentation of an owner's commands; null when there is none. */
    public byte[] resource(String owner, String name) throws IOException {
        Resources reader = resources.get(owner);
        return reader == null || name == null ? null : reader.read(name);
    }

    /**
     * Adds a command.
     *
     * @param handler null for a container that has only sub-commands
     */
    public Command add(String owner, CommandSpec spec, CommandHandler handler) {
        Command command = new Command(id(spec.name()), owner, spec, handler, null);
        String renamed = renames.get(command.name());
        if (renamed == null) {
            table.add(command);
        } else {
            addRenamed(command, renamed);
        }
        byName.put(command.name(), command.access());
        changes++;
        return command;
    }

    /**
     * Gives a command another name, by which clients must call it from now on. Access rules, {@code
     * COMMAND} and statistics go on with the old one, and so does a plugin that comes back.
     *
     * @param name what the command is called now
     * @param newName empty to keep the command from clients
     * @return what is wrong, in Valkey's words; null when nothing is
     */
    public String rename(String name, String newName) {
        Command command = table.find(name);
        if (command == null) {
            return "No such command in rename-command";
        }
        String wanted = newName.toLowerCase(Locale.ROOT);
        if (table.find(wanted) != null && !wanted.equals(command.calledName())) {
            return "Target command name already exists";
        }
        renames.put(command.name(), wanted);
        table.remove(command);
        addRenamed(command, wanted);
        changes++;
        return null;
    }

    private void addRenamed(Command command, String name) {
        table.addRenamed(command, name.isEmpty() || table.find(name) != null ? null : name);
    }

    /** Whether a command is here still, and not another one of its name. */
    public boolean isRegistered(Command command) {
        return byName.get(command.name()) == command.access();
    }

    /** Adds a sub-command. */
    public void addSubcommand(
            String owner, Command container, CommandSpec spec, CommandHandler handler) {
        int id = id(container.name() + "|" + spec.name());
        container.subcommands().add(new Command(id, owner, spec, handler, container));
        changes++;
    }

    private int id(String fullName) {
        return ids.computeIfAbsent(fullName, any -> ids.size());
    }

    /** Withdraws everything of an owner. */
    public void removeAll(String owner) {
        changes++;
        List<Command> all = new ArrayList<>(table.all());
        all.addAll(table.nameless());
        for (Command command : all) {
            if (command.owner().equals(owner)) {
                table.remove(command);
                byName.remove(command.name());
            }
        }
        resources.remove(owner);
    }

    /** The names of all commands in alphabetical order. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (Command command : table.all()) {
            names.add(command.name());
        }
        return names;
    }

    // ---- what access rules ask ----

    @Override
    public AclCommand command(String name) {
        return byName.get(name);
    }

    @Override
    public List<AclCommand> all() {
        return List.copyOf(byName.values());
    }

    @Override
    public boolean hasCategory(String name) {
        return categories.contains(name);
    }

    @Override
    public int ids() {
        return ids.size();
    }

    @Override
    public int changes() {
        return changes;
    }

    /** Zeroes the statistics of all commands. */
    public void resetStats() {
        for (Command command : table.all()) {
            command.resetStats();
        }
    }
}
