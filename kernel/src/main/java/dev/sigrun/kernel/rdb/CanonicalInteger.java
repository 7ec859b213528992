// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import dev.sigrun.memory.Memory;

/**
 * Any thread. Decimal digits of integers of 32 bits, in the one form that survives a round trip.
 */
final class CanonicalInteger {
    /** Digits and sign of the longest integer of 32 bits. */
    static final int LENGTH_MAX = 11;

    /** No integer of 32 bits has this value. */
    static final long NONE = Long.MIN_VALUE;

    private CanonicalInteger() {}

    /** The integer of 32 bits that these bytes spell without waste, or {@link #NONE}. */
    static long parse(byte[] content, int offset, int length) {
        if (length == 0 || length > LENGTH_MAX) {
            return NONE;
        }
        boolean negative = content[offset] == '-';
        int at = negative ? offset + 1 : offset;
        int end = offset + length;
        if (at == end) {
            return NONE;
        }
        if (content[at] == '0') {
            return length == 1 ? 0 : NONE;
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = content[at] - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            value = value * 10 + digit;
        }
        long signed = negative ? -value : value;
        return signed == (int) signed ? signed : NONE;
    }

    /** Writes the digits of a number to the end of a block of {@link #LENGTH_MAX} bytes. */
    static int print(int value, long address) {
        long at = address + LENGTH_MAX;
        long rest = Math.abs((long) value);
        do {
            at--;
            Memory.putByte(at, (byte) ('0' + rest % 10));
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            at--;
            Memory.putByte(at, (byte) '-');
        }
        return (int) (address + LENGTH_MAX - at);
    }
}
