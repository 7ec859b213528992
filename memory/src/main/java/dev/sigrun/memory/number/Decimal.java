// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.number;

import dev.sigrun.memory.Memory;

/**
 * Any thread. Signed 64-bit integers as decimal digits, and which digits are an integer's own.
 *
 * <p>Only the canonical form counts as an integer: no plus sign, no leading zero, no minus zero, no
 * blank. So an element that is stored as an integer reads back as exactly the bytes that were
 * given.
 */
public final class Decimal {
    /** The most bytes that {@link #write} writes. */
    public static final int BYTES_MAX = 20;

    private static final int DIGITS_MAX = 19;

    private Decimal() {}

    /** Whether these bytes are the canonical form of a signed 64-bit integer. */
    public static boolean isInteger(long address, long length) {
        if (length < 1 || length > BYTES_MAX) {
            return false;
        }
        byte first = Memory.getByte(address);
        if (length == 1) {
            return isDigit(first);
        }
        boolean negative = first == '-';
        long at = negative ? address + 1 : address;
        int digits = (int) (negative ? length - 1 : length);
        if (digits > DIGITS_MAX || Memory.getByte(at) == '0') {
            return false;
        }
        long magnitude = 0;
        for (int index = 0; index < digits; index++) {
            byte digit = Memory.getByte(at + index);
            if (!isDigit(digit)) {
                return false;
            }
            magnitude = magnitude * 10 + (digit - '0');
        }
        // Nineteen digits always fit 64 bits without a sign, so a wrap shows as the sign bit.
        return magnitude >= 0 || (negative && magnitude == Long.MIN_VALUE);
    }

    /** The integer whose canonical form these bytes are; see {@link #isInteger}. */
    public static long value(long address, long length) {
        boolean negative = Memory.getByte(address) == '-';
        long magnitude = 0;
        for (long index = negative ? 1 : 0; index < length; index++) {
            magnitude = magnitude * 10 + (Memory.getByte(address + index) - '0');
        }
        return negative ? -magnitude : magnitude;
    }

    /** How many bytes the canonical form of {@code value} has. */
    public static int length(long value) {
        int sign = value < 0 ? 1 : 0;
        // Counting on the negative side has room for the smallest value too.
        long rest = value < 0 ? value : -value;
        int digits = 1;
        long bound = -10;
        while (digits < DIGITS_MAX && rest <= bound) {
            digits++;
            bound *= 10;
        }
        return sign + digits;
    }

    /**
     * Writes the canonical form of {@code value}.
     *
     * @param target room for it, {@link #BYTES_MAX} always suffices
     * @return number of bytes written
     */
    public static int write(long value, long target) {
        int length = length(value);
        long rest = value < 0 ? value : -value;
        int first = value < 0 ? 1 : 0;
        for (int at = length - 1; at >= first; at--) {
            Memory.putByte(target + at, (byte) ('0' - rest % 10));
            rest /= 10;
        }
        if (value < 0) {
            Memory.putByte(target, (byte) '-');
        }
        return length;
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }
}
