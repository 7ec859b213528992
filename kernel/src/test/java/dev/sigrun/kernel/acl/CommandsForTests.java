// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.CommandTable;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;

/** A few commands of all kinds that access rules tell apart. Confined to the test's thread. */
final class CommandsForTests {
    private static final CommandHandler NOTHING = context -> {};

    final Registry registry = new Registry(new CommandTable());

    CommandsForTests() {
        add("get", CommandFlag.READONLY, CommandFlag.FAST);
        add("set", CommandFlag.WRITE);
        add("type", CommandFlag.READONLY, CommandFlag.FAST);
        registry.add(
                Registry.KERNEL,
                CommandSpec.command("copy", -3)
                        .flags(CommandFlag.WRITE)
                        .categories("keyspace")
                        .key(KeySpec.at(1, KeySpec.Use.RO, KeySpec.Use.ACCESS))
                        .key(KeySpec.at(2, KeySpec.Use.OW, KeySpec.Use.UPDATE))
                        .build(),
                NOTHING);
        plain("ping", CommandFlag.FAST);
        plain("select", CommandFlag.FAST);
        plain("publish", CommandFlag.PUBSUB);
        plain("psubscribe", CommandFlag.PUBSUB);
        plain("flushall", CommandFlag.WRITE, CommandFlag.ALL_DBS);
        plain("auth", CommandFlag.NO_AUTH);
        Command config =
                registry.add(Registry.KERNEL, CommandSpec.command("config", -2).build(), null);
        part(config, "get");
        part(config, "set");
    }

    private void part(Command container, String name) {
        registry.addSubcommand(
                Registry.KERNEL,
                container,
                CommandSpec.command(name, -2).flags(CommandFlag.ADMIN).build(),
                NOTHING);
    }

    private void add(String name, CommandFlag... flags) {
        boolean writes = java.util.List.of(flags).contains(CommandFlag.WRITE);
        KeySpec key =
                writes
                        ? KeySpec.at(1, KeySpec.Use.OW, KeySpec.Use.UPDATE)
                        : KeySpec.at(1, KeySpec.Use.RO, KeySpec.Use.ACCESS);
        registry.add(
                Registry.KERNEL,
                CommandSpec.command(name, -2).flags(flags).categories("string").key(key).build(),
                NOTHING);
    }

    private void plain(String name, CommandFlag... flags) {
        registry.add(Registry.KERNEL, CommandSpec.command(name, -1).flags(flags).build(), NOTHING);
    }

    /** Adds a command of a plugin, which can be taken away again. */
    void addPlugin(String owner, String name) {
        registry.add(owner, CommandSpec.command(name, -1).build(), NOTHING);
    }
}
