// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.reply.ReplyWriter;

/** GET and STRLEN. Owner thread only; neither allocates. */
final class Reads {
    private Reads() {}

    static void register(Registrar registrar) {
        registrar.command(
                StringCommands.command("GET", 2)
                        .flags(READONLY, FAST)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .build(),
                Reads::get);
        registrar.command(
                StringCommands.command("STRLEN", 2)
                        .flags(READONLY, FAST)
                        .key(KeySpec.at(1, RO))
                        .build(),
                Reads::strlen);
    }

    private static void get(CommandContext context) throws CommandException {
        Bytes content = context.read(1).string();
        reply(context.reply(), content);
    }

    private static void strlen(CommandContext context) throws CommandException {
        int length = context.read(1).stringLength();
        context.reply().integer(length);
    }

    /** Writes a string, or a null when there is none. */
    static void reply(ReplyWriter reply, Bytes content) {
        if (content == null) {
            reply.nil();
        } else {
            reply.bulk(content);
        }
    }
}
