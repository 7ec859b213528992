// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.bitmap;

import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;

import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;

/** BITCOUNT. Owner thread only; allocates nothing. */
final class BitcountCommand implements CommandHandler {
    private final BitRange range = new BitRange();

    private BitcountCommand() {}

    static void register(Registrar registrar) {
        registrar.command(
                BitmapCommands.command("BITCOUNT", -2)
                        .flags(READONLY)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .build(),
                new BitcountCommand());
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        range.parse(context.args(), 2);
        Bytes content = context.read(1).string();
        boolean nothing = content == null || range.isBackwards();
        context.reply().integer(nothing ? 0 : count(content));
    }

    private long count(Bytes content) {
        long first = range.firstBit(content.length());
        long last = range.lastBit(content.length());
        if (first > last) {
            return 0;
        }
        long from = content.address() + (first >>> 3);
        long to = content.address() + (last >>> 3);
        // Whole bytes are counted, so what of the outer ones lies outside is taken away again.
        int before = ~(0xFF >>> (int) (first & 7));
        int behind = 0x7F >>> (int) (last & 7);
        return Population.count(from, to - from + 1)
                - Integer.bitCount(Memory.getByte(from) & 0xFF & before)
                - Integer.bitCount(Memory.getByte(to) & behind);
    }
}
