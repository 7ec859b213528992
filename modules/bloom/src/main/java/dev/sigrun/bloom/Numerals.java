// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Any thread. Numbers as valkey-bloom takes them, which is not quite as the server does: a plus
 * sign and leading zeros are fine, infinity and NaN are numbers that are out of range.
 */
final class Numerals {
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final Pattern SPECIAL =
            Pattern.compile("[+-]?(inf|infinity|nan)", Pattern.CASE_INSENSITIVE);
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

    /** Longest number that is looked at, so that nobody makes us copy megabytes to refuse them. */
    private static final int DIGITS_MAX = 4096;

    private Numerals() {}

    static boolean isDouble(String text) {
        return DECIMAL.matcher(text).matches() || SPECIAL.matcher(text).matches();
    }

    static double toDouble(String text) {
        if (!SPECIAL.matcher(text).matches()) {
            return Double.parseDouble(text);
        }
        if (text.toLowerCase(Locale.ROOT).contains("nan")) {
            return Double.NaN;
        }
        return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    /**
     * A number between 0 and 1, neither included.
     *
     * @param malformed thrown when it is no number
     * @param range thrown when it is out of range
     */
    static double ratio(Bytes argument, CommandException malformed, CommandException range)
            throws CommandException {
        String text = text(argument);
        if (!isDouble(text)) {
            throw malformed;
        }
        double value = toDouble(text);
        if (value > 0 && value < 1) {
            return value;
        }
        throw range;
    }

    /**
     * A whole number.
     *
     * @param malformed thrown when it is none, or not from {@code min} to {@code max}
     */
    static long whole(Bytes argument, long min, long max, CommandException malformed)
            throws CommandException {
        String text = text(argument);
        if (!WHOLE.matcher(text).matches()) {
            throw malformed;
        }
        long value;
        try {
            value = Long.parseLong(text);
        } catch (NumberFormatException tooLong) {
            throw malformed;
        }
        if (value < min || value > max) {
            throw malformed;
        }
        return value;
    }

    private static String text(Bytes argument) {
        return argument.length() > DIGITS_MAX ? "" : argument.text();
    }

    /** The shortest decimal digits that give the number again, without an exponent. */
    static String digits(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
