// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.number;

import dev.sigrun.memory.Memory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * Confined to one thread. Writes a double as Valkey does in replies, or as C's {@code %.17g} does,
 * which Valkey uses in a few places. A flyweight: the text is valid until the next call.
 */
public final class DoubleText {
    /** The most bytes that a text has. */
    public static final int BYTES_MAX = 32;

    /** Integers up to this size are written as such, all digits. */
    private static final double INTEGER_MAX = 0x1p62;

    private static final int PRINTED_DIGITS = 17;
    private static final MathContext PRINTED =
            new MathContext(PRINTED_DIGITS, RoundingMode.HALF_EVEN);

    private final Grisu grisu = new Grisu();
    private final byte[] bytes = new byte[BYTES_MAX];
    private int length;

    /** Makes a writer. */
    public DoubleText() {}

    /** The text, from the beginning of the array. */
    public byte[] bytes() {
        return bytes;
    }

    /** Number of the text's bytes. */
    public int length() {
        return length;
    }

    /** Copies the text to an address. */
    public void copyTo(long target) {
        Memory.copy(bytes, 0, target, length);
    }

    /** The text as a string. */
    public String text() {
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }

    /** Writes a number as replies have it. */
    public DoubleText format(double value) {
        begin(value);
        if (isPlain(value)) {
            putInteger((long) Math.abs(value));
            return this;
        }
        return putAny(value);
    }

    /** Writes a number as {@link #format} does, but integers by the rules of all others. */
    public DoubleText shortest(double value) {
        begin(value);
        return putAny(value);
    }

    private DoubleText putAny(double value) {
        double magnitude = Math.abs(value);
        if (magnitude == 0) {
            put('0');
        } else if (magnitude < Double.POSITIVE_INFINITY) {
            grisu.convert(magnitude);
            putShortest();
        } else {
            putSpecial(value);
        }
        return this;
    }

    /** Writes a number with 17 significant digits, or fewer where the rest are zeros. */
    public DoubleText print(double value) {
        begin(value);
        double magnitude = Math.abs(value);
        if (magnitude < 1e15 && isPlain(value)) {
            putInteger((long) magnitude);
        } else if (magnitude < Double.POSITIVE_INFINITY) {
            putPrinted(new BigDecimal(magnitude).round(PRINTED).stripTrailingZeros());
        } else {
            putSpecial(value);
        }
        return this;
    }

    private static boolean isPlain(double value) {
        return Math.abs(value) <= INTEGER_MAX && (long) value == value;
    }

    private void begin(double value) {
        length = 0;
        // This is true of -0 as well, but not of NaN.
        if (value < 0 || (value == 0 && 1 / value < 0)) {
            put('-');
        }
    }

    private void putSpecial(double value) {
        boolean isNumber = !Double.isNaN(value);
        put(isNumber ? 'i' : 'n');
        put(isNumber ? 'n' : 'a');
        put(isNumber ? 'f' : 'n');
    }

    private void put(int character) {
        bytes[length++] = (byte) character;
    }

    private void put(byte[] digits, int from, int to) {
        System.arraycopy(digits, from, bytes, length, to - from);
        length += to - from;
    }

    private void putZeros(int count) {
        for (int i = 0; i < count; i++) {
            put('0');
        }
    }

    private void putInteger(long value) {
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    /** Chooses the notation as Valkey does, by the power of ten after the digits. */
    private void putShortest() {
        byte[] digits = grisu.digits();
        int count = grisu.count();
        int power = grisu.power();
        int exponent = power + count - 1;
        if (power >= 0 && exponent < count + 7) {
            put(digits, 0, count);
            putZeros(power);
        } else if (power < 0 && (power > -7 || Math.abs(exponent) < 4)) {
            putPoint(digits, count, exponent);
        } else {
            putScientific(digits, count, exponent, 1);
        }
    }

    /** Writes digits with a point among them or zeros in front. */
    private void putPoint(byte[] digits, int count, int exponent) {
        if (exponent < 0) {
            put('0');
            put('.');
            putZeros(-exponent - 1);
            put(digits, 0, count);
        } else {
            put(digits, 0, Math.min(count, exponent + 1));
            putZeros(exponent + 1 - count);
            if (count > exponent + 1) {
                put('.');
                put(digits, exponent + 1, count);
            }
        }
    }

    private void putScientific(byte[] digits, int count, int exponent, int exponentDigitsMin) {
        put(digits, 0, 1);
        if (count > 1) {
            put('.');
            put(digits, 1, count);
        }
        put('e');
        put(exponent < 0 ? '-' : '+');
        int magnitude = Math.abs(exponent);
        if (magnitude < 10 && exponentDigitsMin > 1) {
            put('0');
        }
        putInteger(magnitude);
    }

    private void putPrinted(BigDecimal value) {
        byte[] digits = value.unscaledValue().toString().getBytes(StandardCharsets.US_ASCII);
        int exponent = digits.length - 1 - value.scale();
        if (exponent < -4 || exponent >= PRINTED_DIGITS) {
            putScientific(digits, digits.length, exponent, 2);
        } else {
            putPoint(digits, digits.length, exponent);
        }
    }
}
