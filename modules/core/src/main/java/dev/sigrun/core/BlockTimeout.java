// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The argument that says how long a command waits, in seconds with a fraction. Any thread. */
public final class BlockTimeout {
    private static final CommandException NOT_A_FLOAT =
            CommandException.of("timeout is not a float or out of range");
    private static final CommandException NEGATIVE = CommandException.of("timeout is negative");
    private static final CommandException OUT_OF_RANGE =
            CommandException.of("timeout is out of range");

    private static final double MILLIS_PER_SECOND = 1000;

    /** What is longer is no number for Valkey either. */
    private static final int LENGTH_MAX = 5 * 1024;

    /** Numbers from here on would be infinite for Valkey, whose exponents have 15 bits here. */
    private static final BigDecimal WIDE_END =
            new BigDecimal(BigInteger.TWO.pow(16384).subtract(BigInteger.TWO.pow(16319)));

    private static final Pattern NUMBER =
            Pattern.compile(
                    "[+-]?(?:(?:[0-9]++\\.?[0-9]*+|\\.[0-9]++)(?:e[+-]?[0-9]{1,4})?"
                            + "|(?<hexadecimal>0x(?:[0-9a-f]++\\.?[0-9a-f]*+|\\.[0-9a-f]++))"
                            + "(?:p[+-]?[0-9]{1,5})?)");
    private static final Pattern NOT_ZERO =
            Pattern.compile("[+-]?(?:0x[0.]*+[1-9a-f]|[0.]*+[1-9])");

    private BlockTimeout() {}

    /**
     * When the wait ends.
     *
     * @param index position of the argument
     * @return milliseconds since the Unix epoch; 0 for never
     * @throws CommandException when the argument is no such time
     */
    public static long untilMillis(CommandContext context, int index) throws CommandException {
        double millis = seconds(context, index) * MILLIS_PER_SECOND;
        // The bound is no long itself: as a double it is rounded up to the next number beyond.
        if (millis >= Long.MAX_VALUE) {
            throw OUT_OF_RANGE;
        }
        long timeoutMillis = (long) Math.ceil(millis);
        if (timeoutMillis < 0) {
            throw NEGATIVE;
        }
        if (timeoutMillis > Long.MAX_VALUE - context.nowMillis()) {
            throw OUT_OF_RANGE;
        }
        return timeoutMillis == 0 ? 0 : timeoutMillis + context.nowMillis();
    }

    private static double seconds(CommandContext context, int index) throws CommandException {
        try {
            return context.args().doubleAt(index);
        } catch (CommandException e) {
            return wideSeconds(context.args().bytes(index));
        }
    }

    /**
     * A time that is only read where numbers are wider than doubles: in hexadecimal digits, or too
     * large or too small for a double. Nobody does this often, so it may be slow.
     */
    private static double wideSeconds(Bytes argument) throws CommandException {
        if (argument.length() >= LENGTH_MAX) {
            throw NOT_A_FLOAT;
        }
        String text = argument.text().toLowerCase(Locale.ROOT);
        Matcher number = NUMBER.matcher(text);
        if (!number.matches()) {
            throw NOT_A_FLOAT;
        }
        boolean isDecimal = number.group("hexadecimal") == null;
        boolean lacksExponent = !isDecimal && text.indexOf('p') < 0;
        double seconds = Double.parseDouble(lacksExponent ? text + "p0" : text);
        if (Double.isInfinite(seconds)
                && isDecimal
                && new BigDecimal(text).abs().compareTo(WIDE_END) >= 0) {
            throw NOT_A_FLOAT;
        }
        boolean isTooSmall = seconds == 0 && NOT_ZERO.matcher(text).lookingAt();
        return isTooSmall ? Math.copySign(Double.MIN_VALUE, seconds) : seconds;
    }
}
