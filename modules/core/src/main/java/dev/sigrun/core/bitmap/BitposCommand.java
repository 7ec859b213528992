// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.bitmap;

import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;

/**
 * BITPOS. A string counts as followed by zeros without end, so a zero is always found, unless the
 * command itself names an end or the range is empty. Owner thread only; allocates nothing.
 */
final class BitposCommand implements CommandHandler {
    private static final CommandException NOT_A_BIT =
            CommandException.of("The bit argument must be 1 or 0.");

    private final BitRange range = new BitRange();

    private BitposCommand() {}

    static void register(Registrar registrar) {
        registrar.command(
                BitmapCommands.command("BITPOS", -3)
                        .flags(READONLY)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .build(),
                new BitposCommand());
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        long bit = context.args().longAt(2);
        if (bit != 0 && bit != 1) {
            throw NOT_A_BIT;
        }
        range.parse(context.args(), 3);
        Bytes content = context.read(1).string();
        context.reply().integer(content == null ? -bit : first(content, (int) bit));
    }

    private long first(Bytes content, int bit) {
        long from = range.firstBit(content.length());
        long to = range.lastBit(content.length());
        if (from > to) {
            return -1;
        }
        long found = BitSearch.first(content.address(), from, to, bit);
        boolean zerosFollow = bit == 0 && !range.isEndGiven();
        return found < 0 && zerosFollow ? to + 1 : found;
    }
}
