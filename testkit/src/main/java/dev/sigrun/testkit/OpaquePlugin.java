// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Plugin;
import dev.sigrun.spi.PluginContext;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;

/**
 * A plugin with the smallest type there is, so that tests have a value that is no string: {@code
 * TESTKIT.OPAQUE key [text]} makes one. Owner thread only.
 */
public final class OpaquePlugin implements Plugin {
    /** The command's name. */
    static final String COMMAND = "TESTKIT.OPAQUE";

    private final OpaqueType type;
    private PluginContext context;

    /** The plugin; one for each server. */
    public OpaquePlugin() {
        this(true);
    }

    private OpaquePlugin(boolean copies) {
        type = new OpaqueType(copies);
    }

    /** The same with values that cannot be copied. */
    public static OpaquePlugin withoutCopies() {
        return new OpaquePlugin(false);
    }

    @Override
    public void register(Registrar registrar) {
        registrar.type(type);
        registrar.command(
                CommandSpec.command(COMMAND, -2)
                        .flags(CommandFlag.WRITE, CommandFlag.DENYOOM)
                        .key(KeySpec.at(1, KeySpec.Use.OW, KeySpec.Use.UPDATE))
                        .build(),
                this::make);
    }

    @Override
    public void start(PluginContext started) {
        context = started;
    }

    private void make(CommandContext command) throws CommandException {
        Key key = command.write(1);
        Bytes text = command.args().bytes(command.args().count() - 1);
        Opaque value = key.isPresent() && !key.isString() ? key.value(type) : null;
        if (value == null) {
            key.setValue(type, Opaque.of(context.memory(), text));
        } else {
            value.set(context.memory(), text);
            key.markModified();
        }
        command.replication().verbatim();
        command.reply().ok();
    }
}
