// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.bitmap;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;

/** Positions of bits as clients write them. Owner thread only. */
final class BitOffset {
    private static final CommandException INVALID =
            CommandException.of("bit offset is not an integer or out of range");

    /** A string holds no more; the rest of an integer that begins in its last byte still fits. */
    private static final long STRING_BYTES_MAX = Integer.MAX_VALUE - 8L;

    private BitOffset() {}

    /**
     * The position that an argument gives.
     *
     * @throws CommandException when it is no number or no string can be that long
     */
    static long at(CommandContext context, int index) throws CommandException {
        return checked(context, context.args().longAt(index, 0, Long.MAX_VALUE, INVALID));
    }

    /**
     * The position that an argument gives, where {@code #3} is the place of the fourth integer.
     *
     * @param bits width of an integer
     * @throws CommandException as {@link #at}
     */
    static long ofInteger(CommandContext context, int index, int bits) throws CommandException {
        Bytes text = context.args().bytes(index);
        if (text.isEmpty() || text.byteAt(0) != '#') {
            return at(context, index);
        }
        long place = Digits.parse(text, 1);
        if (place < 0 || place > Long.MAX_VALUE / bits) {
            throw INVALID;
        }
        return checked(context, place * bits);
    }

    private static long checked(CommandContext context, long offset) throws CommandException {
        long bytesMax =
                context.client().isReplicated()
                        ? STRING_BYTES_MAX
                        : Math.min(context.stringBytesMax(), STRING_BYTES_MAX);
        if (offset >>> 3 >= bytesMax) {
            throw INVALID;
        }
        return offset;
    }
}
