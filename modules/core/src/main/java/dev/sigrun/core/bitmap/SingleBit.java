// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.bitmap;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;
import static dev.sigrun.spi.command.KeySpec.Use.RW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;

/** SETBIT and GETBIT. Owner thread only; neither allocates. */
final class SingleBit {
    private static final CommandException NOT_A_BIT =
            CommandException.of("bit is not an integer or out of range");

    private SingleBit() {}

    static void register(Registrar registrar) {
        registrar.command(
                BitmapCommands.command("SETBIT", 4)
                        .flags(WRITE, DENYOOM)
                        .key(KeySpec.at(1, RW, ACCESS, UPDATE))
                        .build(),
                SingleBit::setbit);
        registrar.command(
                BitmapCommands.command("GETBIT", 3)
                        .flags(READONLY, FAST)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .build(),
                SingleBit::getbit);
    }

    private static void setbit(CommandContext context) throws CommandException {
        long offset = BitOffset.at(context, 2);
        int bit = (int) context.args().longAt(3, 0, 1, NOT_A_BIT);
        Key key = context.write(1);
        Bytes content = key.string();
        int at = (int) (offset >>> 3);
        int shift = 7 - (int) (offset & 7);
        boolean grows = content == null || content.length() <= at;
        int old = grows ? 0 : content.byteAt(at) >>> shift & 1;
        if (grows || old != bit) {
            long place = key.growString(at + 1).address() + at;
            Memory.putByte(place, (byte) (Memory.getByte(place) & ~(1 << shift) | bit << shift));
            key.notify(NotifyClass.STRING, "setbit");
            context.replication().verbatim();
        }
        context.reply().integer(old);
    }

    private static void getbit(CommandContext context) throws CommandException {
        long offset = BitOffset.at(context, 2);
        Bytes content = context.read(1).string();
        int at = (int) (offset >>> 3);
        boolean inside = content != null && at < content.length();
        context.reply().integer(inside ? content.byteAt(at) >>> 7 - (int) (offset & 7) & 1 : 0);
    }
}
