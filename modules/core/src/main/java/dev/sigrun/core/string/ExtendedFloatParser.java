// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import java.math.BigInteger;
import java.util.Locale;

/**
 * Reads an {@link ExtendedFloat} from text as C's {@code strtold} does in the C locale: decimal or
 * hexadecimal with an optional exponent, {@code inf} and {@code infinity}. The whole text must be
 * the number, without space before it. Not a number and numbers too large or too small for the
 * format are refused.
 *
 * <p>Exponents are compared with the format's range before any power is computed, so hostile input
 * costs no more than its own length.
 */
public final class ExtendedFloatParser {
    /** The longest text that is looked at, in bytes. */
    static final int TEXT_BYTES_MAX = 5 * 1024 - 1;

    /** Larger exponents than this are all alike: too large for any number of digits. */
    private static final int EXPONENT_CAP = 1_000_000;

    private static final int DECIMAL_MAGNITUDE_MAX = 4_933;
    private static final int DECIMAL_MAGNITUDE_MIN = -4_951;
    private static final int BINARY_MAGNITUDE_MAX = 16_385;
    private static final int BINARY_MAGNITUDE_MIN = -16_446;
    private static final int BITS_PER_HEX_DIGIT = 4;

    private final String text;
    private final int radix;
    private final char exponentLetter;
    private final StringBuilder digits = new StringBuilder();
    private int position;
    private int fractionDigits;

    private ExtendedFloatParser(String text, int position, int radix, char exponentLetter) {
        this.text = text;
        this.position = position;
        this.radix = radix;
        this.exponentLetter = exponentLetter;
    }

    /**
     * Reads a number.
     *
     * @throws CommandException {@link CommandException#NOT_A_FLOAT}
     */
    public static ExtendedFloat parse(Bytes content) throws CommandException {
        if (content.isEmpty() || content.length() > TEXT_BYTES_MAX) {
            throw CommandException.NOT_A_FLOAT;
        }
        return parse(content.text());
    }

    /**
     * Reads a number.
     *
     * @throws CommandException {@link CommandException#NOT_A_FLOAT}
     */
    public static ExtendedFloat parse(String content) throws CommandException {
        String text = content.toLowerCase(Locale.ROOT);
        boolean negative = text.startsWith("-");
        int start = negative || text.startsWith("+") ? 1 : 0;
        String unsigned = text.substring(start);
        if (unsigned.equals("inf") || unsigned.equals("infinity")) {
            return negative ? ExtendedFloat.NEGATIVE_INFINITY : ExtendedFloat.INFINITY;
        }
        boolean hex = unsigned.startsWith("0x");
        ExtendedFloatParser parser =
                hex
                        ? new ExtendedFloatParser(unsigned, 2, 16, 'p')
                        : new ExtendedFloatParser(unsigned, 0, 10, 'e');
        return parser.number(negative);
    }

    private ExtendedFloat number(boolean negative) throws CommandException {
        takeDigits();
        if (position < text.length() && text.charAt(position) == '.') {
            position++;
            fractionDigits = takeDigits();
        }
        if (digits.isEmpty()) {
            throw CommandException.NOT_A_FLOAT;
        }
        int exponent = takeExponent();
        if (position != text.length()) {
            throw CommandException.NOT_A_FLOAT;
        }
        BigInteger significand = new BigInteger(digits.toString(), radix);
        if (significand.signum() == 0) {
            return ExtendedFloat.ZERO;
        }
        ExtendedFloat result =
                radix == 16 ? binary(significand, exponent) : decimal(significand, exponent);
        if (!result.isFinite() || result.isZero()) {
            throw CommandException.NOT_A_FLOAT;
        }
        return negative ? result.negated() : result;
    }

    /** Takes digits and says how many there were. */
    private int takeDigits() {
        int first = position;
        while (position < text.length() && digitAt(position, radix) >= 0) {
            digits.append(text.charAt(position));
            position++;
        }
        return position - first;
    }

    /** The value of an ASCII digit; -1 when it is none. */
    private int digitAt(int index, int base) {
        char letter = text.charAt(index);
        return letter < 0x80 ? Character.digit(letter, base) : -1;
    }

    private int takeExponent() throws CommandException {
        if (position == text.length() || text.charAt(position) != exponentLetter) {
            return 0;
        }
        position++;
        boolean negative = position < text.length() && text.charAt(position) == '-';
        if (negative || (position < text.length() && text.charAt(position) == '+')) {
            position++;
        }
        int first = position;
        int value = 0;
        while (position < text.length() && digitAt(position, 10) >= 0) {
            value = Math.min(value * 10 + digitAt(position, 10), EXPONENT_CAP);
            position++;
        }
        if (position == first) {
            throw CommandException.NOT_A_FLOAT;
        }
        return negative ? -value : value;
    }

    private ExtendedFloat decimal(BigInteger significand, int exponent) throws CommandException {
        int scale = exponent - fractionDigits;
        int magnitude = significand.toString().length() + scale;
        if (magnitude > DECIMAL_MAGNITUDE_MAX || magnitude < DECIMAL_MAGNITUDE_MIN) {
            throw CommandException.NOT_A_FLOAT;
        }
        return scale >= 0
                ? ExtendedFloat.of(significand.multiply(BigInteger.TEN.pow(scale)), BigInteger.ONE)
                : ExtendedFloat.of(significand, BigInteger.TEN.pow(-scale));
    }

    private ExtendedFloat binary(BigInteger significand, int exponent) throws CommandException {
        int scale = exponent - BITS_PER_HEX_DIGIT * fractionDigits;
        int magnitude = significand.bitLength() + scale;
        if (magnitude > BINARY_MAGNITUDE_MAX || magnitude < BINARY_MAGNITUDE_MIN) {
            throw CommandException.NOT_A_FLOAT;
        }
        return scale >= 0
                ? ExtendedFloat.of(significand.shiftLeft(scale), BigInteger.ONE)
                : ExtendedFloat.of(significand, BigInteger.ONE.shiftLeft(-scale));
    }
}
