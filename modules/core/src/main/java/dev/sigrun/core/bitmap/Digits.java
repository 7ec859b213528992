// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.bitmap;

import dev.sigrun.spi.Bytes;

/** Numbers that are a part of an argument, such as those in {@code u8} and {@code #3}. */
final class Digits {
    /** As many digits as surely fit a long; no number of this package needs more. */
    private static final int DIGITS_MAX = 18;

    private Digits() {}

    /**
     * The number without sign and leading zeros that stands from a position to the end; -1 when
     * there is something else.
     */
    static long parse(Bytes text, int from) {
        int digits = text.length() - from;
        if (digits < 1 || digits > DIGITS_MAX || (digits > 1 && text.byteAt(from) == '0')) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = text.byteAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value;
    }
}
