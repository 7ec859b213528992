// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Doubles as clients write them: what C's {@code strtod} takes, all of it, without blanks. */
final class FloatArguments {
    private static final int LENGTH_MAX = 256;

    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

    private static final Pattern HEXADECIMAL =
            Pattern.compile(
                    "[+-]?0[xX](\\p{XDigit}+(\\.\\p{XDigit}*)?|\\.\\p{XDigit}+)"
                            + "([pP][+-]?\\d+)?");

    private static final Pattern INFINITE = Pattern.compile("[+-]?inf(inity)?");

    private FloatArguments() {}

    static double parse(Bytes argument) throws CommandException {
        if (argument.isEmpty() || argument.length() > LENGTH_MAX) {
            throw CommandException.NOT_A_FLOAT;
        }
        String text = argument.text();
        if (DECIMAL.matcher(text).matches()) {
            double value = Double.parseDouble(text);
            if (Double.isInfinite(value)) {
                throw CommandException.NOT_A_FLOAT;
            }
            return value;
        }
        if (HEXADECIMAL.matcher(text).matches()) {
            boolean hasExponent = text.indexOf('p') >= 0 || text.indexOf('P') >= 0;
            return Double.parseDouble(hasExponent ? text : text + "p0");
        }
        if (INFINITE.matcher(text.toLowerCase(Locale.ROOT)).matches()) {
            return text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        throw CommandException.NOT_A_FLOAT;
    }
}
