// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import java.math.BigInteger;
import java.util.Locale;

/**
 * DEBUG QUICKLIST-PACKED-THRESHOLD, which gives elements of so many bytes nodes of their own, so
 * that tests of such nodes need no large elements; 0 ends that. Owner thread only.
 *
 * <p>Deviation: no threshold keeps an element within a listpack that is too large for it.
 */
final class PackedThreshold implements CommandHandler {
    private static final CommandException REFUSED =
            CommandException.of(
                    "argument must be a memory value bigger than 1 and smaller than 4gb");
    private static final BigInteger BYTES_MAX = BigInteger.valueOf((1L << 32) - (1 << 20));
    private static final int DIGITS_MAX = 127;

    private final Lists lists;

    PackedThreshold(Lists lists) {
        this.lists = lists;
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        long bytes = bytes(context.args().bytes(2).text().toLowerCase(Locale.ROOT));
        lists.quicklists().plainFrom(bytes == 0 ? Long.MAX_VALUE : bytes);
        context.reply().ok();
    }

    /** An amount of memory; one without a number is 0. */
    private static long bytes(String text) throws CommandException {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits > DIGITS_MAX) {
            throw REFUSED;
        }
        BigInteger number = new BigInteger("0" + text.substring(0, digits));
        BigInteger bytes = number.multiply(BigInteger.valueOf(unit(text.substring(digits))));
        if (bytes.compareTo(BYTES_MAX) > 0) {
            throw REFUSED;
        }
        return bytes.longValueExact();
    }

    private static long unit(String name) throws CommandException {
        return switch (name) {
            case "", "b" -> 1;
            case "k" -> 1000;
            case "kb" -> 1 << 10;
            case "m" -> 1_000_000;
            case "mb" -> 1 << 20;
            case "g" -> 1_000_000_000;
            case "gb" -> 1 << 30;
            default -> throw REFUSED;
        };
    }
}
