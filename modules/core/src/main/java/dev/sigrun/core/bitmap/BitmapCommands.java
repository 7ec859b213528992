// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.bitmap;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandSpec;

/** The way into this package: declares every bitmap command. Owner thread only. */
public final class BitmapCommands {
    private static final String DOCS = "dev/sigrun/core/bitmap.json";

    private BitmapCommands() {}

    /**
     * Declares the commands.
     *
     * @param memory where results are put together before a key holds them
     */
    public static void register(Registrar registrar, CoreMemory memory) {
        SingleBit.register(registrar);
        BitcountCommand.register(registrar);
        BitposCommand.register(registrar);
        BitopCommand.register(registrar, memory);
        BitfieldCommand.register(registrar);
    }

    /** Begins the description of a bitmap command. */
    static CommandSpec.Builder command(String name, int arity) {
        return CommandSpec.command(name, arity).categories("bitmap").docs(DOCS);
    }
}
