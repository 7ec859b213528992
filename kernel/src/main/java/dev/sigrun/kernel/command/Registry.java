// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is registered beside types and parameters: commands by owner, ACL categories, and where the
 * owners' documentation is. Owner thread only.
 */
public final class Registry {
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
        Command command = new Command(owner, spec, handler, null);
        table.add(command);
        return command;
    }

    /** Adds a sub-command. */
    public void addSubcommand(
            String owner, Command container, CommandSpec spec, CommandHandler handler) {
        container.subcommands().add(new Command(owner, spec, handler, container));
    }

    /** Withdraws everything of an owner. */
    public void removeAll(String owner) {
        for (Command command : new ArrayList<>(table.all())) {
            if (command.owner().equals(owner)) {
                table.remove(command);
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

    /** Zeroes the statistics of all commands. */
    public void resetStats() {
        for (Command command : table.all()) {
            command.resetStats();
        }
    }
}
