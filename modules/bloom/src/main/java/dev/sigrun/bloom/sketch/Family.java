// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.sketch;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;

/** Owner thread only, at registration. Declares the commands of one kind of sketch. */
public final class Family {
    /** Who changes a key may also make it. */
    private static final KeySpec CHANGED =
            KeySpec.at(1, KeySpec.Use.RW, KeySpec.Use.ACCESS, KeySpec.Use.UPDATE);

    private static final KeySpec READ = KeySpec.at(1, KeySpec.Use.RO, KeySpec.Use.ACCESS);

    private final Registrar registrar;
    private final String category;
    private final String docs;

    /**
     * A family of its own category of access rules.
     *
     * @param docs the resource that documents its commands
     */
    public Family(Registrar registrar, String category, String docs) {
        this.registrar = registrar;
        this.category = category;
        this.docs = docs;
        registrar.aclCategory(category);
    }

    /** A command that reads one key. */
    public void read(String name, int arity, CommandHandler handler) {
        registrar.command(spec(name, arity).flags(CommandFlag.READONLY).key(READ).build(), handler);
    }

    /** A command that changes one key. */
    public void write(String name, int arity, CommandHandler handler) {
        registrar.command(
                spec(name, arity)
                        .flags(CommandFlag.WRITE, CommandFlag.DENYOOM)
                        .key(CHANGED)
                        .build(),
                handler);
    }

    /** A command that only takes away from one key, and so is allowed when memory is short. */
    public void remove(String name, int arity, CommandHandler handler) {
        registrar.command(spec(name, arity).flags(CommandFlag.WRITE).key(CHANGED).build(), handler);
    }

    /**
     * A command that changes its first key by others, of which the second argument is the number.
     */
    public void merge(String name, int arity, CommandHandler handler) {
        registrar.command(
                spec(name, arity)
                        .flags(CommandFlag.WRITE, CommandFlag.DENYOOM)
                        .key(CHANGED)
                        .key(KeySpec.counted(2, 1, 1, KeySpec.Use.RO, KeySpec.Use.ACCESS))
                        .build(),
                handler);
    }

    private CommandSpec.Builder spec(String name, int arity) {
        return CommandSpec.command(name, arity).categories(category).docs(docs);
    }
}
