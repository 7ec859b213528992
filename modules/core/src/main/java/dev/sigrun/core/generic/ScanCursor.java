// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;

/**
 * Any thread. Reads the cursor of a SCAN and its kin, an unsigned 64-bit number.
 *
 * <p>Valkey first tries its own strict reading and leaves what fails to the C library, so clients
 * may also send white space and a sign in front, zeros in front, and a zero byte behind with
 * anything after it. A negative number that the strict reading knows is refused, but one that only
 * the library reads wraps around. All of this can be observed, so all of it is kept.
 */
public final class ScanCursor {
    private static final long STEPS_PER_ELEMENT = 10;
    private static final long TENTH = Long.divideUnsigned(-1L, 10);
    private static final int LAST_DIGIT_MAX = (int) Long.remainderUnsigned(-1L, 10);

    /** The only length a negative number has that is too small for the strict reading to know. */
    private static final int MIN_LENGTH = Long.toString(Long.MIN_VALUE).length();

    private ScanCursor() {}

    /** The cursor in {@code text}. */
    public static long parse(Bytes text) throws CommandException {
        int length = text.length();
        int at = 0;
        while (at < length && isSpace(text.byteAt(at))) {
            at++;
        }
        boolean negative = at < length && text.byteAt(at) == '-';
        if (negative || (at < length && text.byteAt(at) == '+')) {
            at++;
        }
        if (at == length || !isDigit(text.byteAt(at))) {
            throw GenericErrors.BAD_CURSOR;
        }
        int firstDigit = at;
        long value = 0;
        while (at < length && isDigit(text.byteAt(at))) {
            value = append(value, text.byteAt(at) - '0');
            at++;
        }
        if (at < length && text.byteAt(at) != 0) {
            throw GenericErrors.BAD_CURSOR;
        }
        if (!negative) {
            return value;
        }
        if (firstDigit == 1 && at == length && isStrict(text, value)) {
            throw GenericErrors.BAD_CURSOR;
        }
        return -value;
    }

    /**
     * How many steps a scan may take that was asked for so many elements: ten for each, so that a
     * stretch of empty places does not hold it, and a first one that is free.
     */
    public static long stepsMax(long count) {
        return Math.min(count, Long.MAX_VALUE / STEPS_PER_ELEMENT - 1) * STEPS_PER_ELEMENT + 1;
    }

    /** Whether the strict reading knows a number of only a minus and digits: no zero in front. */
    private static boolean isStrict(Bytes text, long magnitude) {
        return text.byteAt(1) != '0'
                && text.length() <= MIN_LENGTH
                && Long.compareUnsigned(magnitude, Long.MIN_VALUE) <= 0;
    }

    private static long append(long value, int digit) throws CommandException {
        int order = Long.compareUnsigned(value, TENTH);
        if (order > 0 || (order == 0 && digit > LAST_DIGIT_MAX)) {
            throw GenericErrors.BAD_CURSOR;
        }
        return value * 10 + digit;
    }

    private static boolean isDigit(byte letter) {
        return letter >= '0' && letter <= '9';
    }

    private static boolean isSpace(byte letter) {
        return letter == ' ' || (letter >= '\t' && letter <= '\r');
    }
}
