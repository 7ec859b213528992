// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.base;

import dev.sigrun.memory.Memory;

/**
 * Decimal integers between memory and {@code long}, with Valkey's strictness: no sign but a minus,
 * no leading zeros, no spaces. Allocates nothing.
 */
public final class Decimal {
    /** The most characters a signed 64-bit integer takes. */
    public static final int LENGTH_MAX = 20;

    private Decimal() {}

    /**
     * Whether the bytes are the one canonical form of a signed 64-bit integer.
     *
     * @param address address of the first character
     * @param length number of characters
     */
    public static boolean isLong(long address, int length) {
        if (length == 0 || length > LENGTH_MAX) {
            return false;
        }
        int first = Memory.getByte(address);
        boolean negative = first == '-';
        int digits = negative ? length - 1 : length;
        if (digits == 0 || digits > 19) {
            return false;
        }
        int at = negative ? 1 : 0;
        int leading = Memory.getByte(address + at);
        if (leading == '0') {
            return length == 1;
        }
        long value = 0;
        for (int i = at; i < length; i++) {
            int digit = Memory.getByte(address + i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            value = value * 10 + digit;
        }
        // Nineteen digits overflow at most once, and then the sign shows it.
        return value >= 0 || (negative && value == Long.MIN_VALUE);
    }

    /**
     * The integer that {@link #isLong} has accepted.
     *
     * @param address address of the first character
     * @param length number of characters
     */
    public static long parse(long address, int length) {
        boolean negative = Memory.getByte(address) == '-';
        long value = 0;
        for (int i = negative ? 1 : 0; i < length; i++) {
            value = value * 10 + (Memory.getByte(address + i) - '0');
        }
        return negative ? -value : value;
    }

    /** The number of characters that {@code value} takes. */
    public static int length(long value) {
        if (value < 0) {
            return value == Long.MIN_VALUE ? LENGTH_MAX : 1 + length(-value);
        }
        int length = 1;
        long bound = 10;
        while (length < 19 && value >= bound) {
            length++;
            bound *= 10;
        }
        return length;
    }

    /**
     * Writes the characters of {@code value}.
     *
     * @param address where the first character goes; {@link #LENGTH_MAX} bytes must be there
     * @return the number of characters
     */
    public static int write(long value, long address) {
        int length = length(value);
        long at = address + length;
        long rest = value;
        if (value < 0) {
            Memory.putByte(address, (byte) '-');
            // Work on negative numbers, since the smallest has no positive counterpart.
            do {
                Memory.putByte(--at, (byte) ('0' - rest % 10));
                rest /= 10;
            } while (rest != 0);
            return length;
        }
        do {
            long quotient = rest / 10;
            Memory.putByte(--at, (byte) ('0' + (rest - quotient * 10)));
            rest = quotient;
        } while (rest != 0);
        return length;
    }
}
