// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.CommandFlag.WRITE;

import dev.sigrun.core.LazyFree;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.command.KeySpec.Use;
import dev.sigrun.spi.key.Key;

/** Owner thread only. DUMP and RESTORE: values in their serialised form. */
final class DumpCommands {
    private DumpCommands() {}

    static void register(Registrar registrar, LazyFree lazyFree) {
        registrar.command(
                GenericCommands.describe("DUMP", 2)
                        .flags(READONLY)
                        .tips("nondeterministic_output")
                        .key(KeySpec.at(1, Use.RO, Use.ACCESS))
                        .build(),
                DumpCommands::dump);
        registrar.command(
                GenericCommands.describe("RESTORE", -4)
                        .categories("dangerous")
                        .flags(WRITE, DENYOOM)
                        .key(KeySpec.at(1, Use.OW, Use.UPDATE))
                        .build(),
                new RestoreHandler(lazyFree));
    }

    private static void dump(CommandContext context) {
        Key key = context.read(1);
        if (key.isPresent()) {
            context.reply().bulk(key.dump());
        } else {
            context.reply().nil();
        }
    }
}
