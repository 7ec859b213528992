// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.lib;

import dev.sigrun.memory.Memory;
import java.nio.charset.StandardCharsets;

/** Reads the longest number at the beginning of a text, as C's {@code strtod} does. */
final class JsonNumber {
    /** More characters of one number are not looked at; no double has so many digits. */
    private static final int LENGTH_MAX = 4096;

    private static final int DIGITS_EXACT_MAX = 15;

    private long from;
    private long end;
    private long at;
    private double value;

    /** The number that was read. */
    double value() {
        return value;
    }

    /**
     * Reads a number.
     *
     * @return how many bytes it takes; 0 when there is none
     */
    long parse(long address, long length) {
        from = address;
        end = address + Math.min(length, LENGTH_MAX);
        at = address;
        boolean negative = peek(0) == '-';
        if (negative || peek(0) == '+') {
            at++;
        }
        if (!unsigned()) {
            return 0;
        }
        if (negative) {
            value = -value;
        }
        return at - from;
    }

    private int peek(int ahead) {
        return at + ahead < end ? Memory.getByte(at + ahead) & 0xFF : 0;
    }

    private boolean word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if ((peek(i) | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        return true;
    }

    private boolean unsigned() {
        if (word("infinity") || word("inf")) {
            value = Double.POSITIVE_INFINITY;
            return true;
        }
        if (word("nan")) {
            value = Double.NaN;
            return true;
        }
        boolean isHex = peek(0) == '0' && (peek(1) | 0x20) == 'x';
        if (isHex && (isHexDigit(peek(2)) || peek(2) == '.' && isHexDigit(peek(3)))) {
            return hexadecimal();
        }
        return decimal();
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHexDigit(int c) {
        return Character.digit((char) c, 16) >= 0 && c < 0x80;
    }

    private boolean decimal() {
        long begin = at;
        long whole = 0;
        int digits = 0;
        while (isDigit(peek(0))) {
            whole = whole * 10 + peek(0) - '0';
            digits++;
            at++;
        }
        boolean isWhole = true;
        if (peek(0) == '.' && (digits > 0 || isDigit(peek(1)))) {
            isWhole = false;
            at++;
            while (isDigit(peek(0))) {
                digits++;
                at++;
            }
        }
        if (digits == 0) {
            return false;
        }
        if (exponent('e')) {
            isWhole = false;
        }
        value = isWhole && digits <= DIGITS_EXACT_MAX ? whole : Double.parseDouble(text(begin));
        return true;
    }

    private boolean exponent(char mark) {
        if ((peek(0) | 0x20) != mark) {
            return false;
        }
        int sign = peek(1) == '-' || peek(1) == '+' ? 1 : 0;
        if (!isDigit(peek(1 + sign))) {
            return false;
        }
        at += 1 + sign;
        while (isDigit(peek(0))) {
            at++;
        }
        return true;
    }

    private boolean hexadecimal() {
        long begin = at;
        at += 2;
        while (isHexDigit(peek(0))) {
            at++;
        }
        if (peek(0) == '.') {
            at++;
            while (isHexDigit(peek(0))) {
                at++;
            }
        }
        String text = exponent('p') ? text(begin) : text(begin) + "p0";
        value = Double.parseDouble(text);
        return true;
    }

    private String text(long begin) {
        byte[] content = new byte[(int) (at - begin)];
        Memory.copy(begin, content, 0, content.length);
        return new String(content, StandardCharsets.ISO_8859_1);
    }
}
