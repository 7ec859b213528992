// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.number;

import dev.sigrun.memory.Memory;

/**
 * Confined to one thread. Reads a double as Valkey does: a sign or none, digits with a point among
 * them, beside them or none, an exponent or none; or the words inf, infinity and nan. A flyweight.
 *
 * <p>Numbers of few digits and a small exponent, which nearly all are, take one multiplication or
 * division of two numbers that are exact, so the result is rounded once and right. All others go
 * through the Java library, as text.
 */
public final class DoubleParser {
    /** Integers up to this one are exact in a double, and so are powers of ten up to 22. */
    private static final long EXACT_MAX = 1L << 53;

    private static final double[] POWERS = powers();

    /** So many digits fit a long. */
    private static final int COUNTED_MAX = 18;

    /** More digits matter only by whether they are all zeros. */
    private static final int DIGITS_MAX = 800;

    private static final long EXPONENT_MAX = 1_000_000_000;

    private double value;
    private int end;
    private boolean outOfRange;

    /** The first digits as an integer, and the power of ten that goes with it. */
    private long significand;

    private long power;
    private boolean more;

    /** Makes a reader. */
    public DoubleParser() {}

    private static double[] powers() {
        double[] powers = new double[23];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    /** The number that was read; 0 when there was none. */
    public double value() {
        return value;
    }

    /** How many bytes the number took; 0 when there was none. */
    public int end() {
        return end;
    }

    /** Whether the bytes are a number and nothing else, within the range of doubles. */
    public boolean parse(long address, int length) {
        parsePrefix(address, length);
        return length > 0 && end == length && !outOfRange && !Double.isNaN(value);
    }

    /** Reads the number that the bytes begin with; infinity or 0 stands for one out of range. */
    public void parsePrefix(long address, int length) {
        value = 0;
        end = 0;
        outOfRange = false;
        int sign = length > 0 && isSign(Memory.getByte(address)) ? 1 : 0;
        int digitsEnd = scanDigits(address, sign, length);
        if (digitsEnd > 0) {
            end = scanExponent(address, digitsEnd, length);
            convert(address, sign, digitsEnd);
        } else {
            scanWord(address, sign, length);
        }
        if (sign > 0 && Memory.getByte(address) == '-') {
            value = -value;
        }
    }

    private static boolean isSign(byte character) {
        return character == '-' || character == '+';
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    /** Takes digits and a point; answers where they end, or 0 when there is no digit. */
    private int scanDigits(long address, int from, int length) {
        significand = 0;
        power = 0;
        more = false;
        int counted = 0;
        int found = 0;
        boolean point = false;
        int at = from;
        while (at < length) {
            byte character = Memory.getByte(address + at);
            if (isDigit(character)) {
                found++;
                if (counted < COUNTED_MAX) {
                    significand = significand * 10 + (character - '0');
                    counted += significand == 0 ? 0 : 1;
                    power -= point ? 1 : 0;
                } else {
                    more = true;
                    power += point ? 0 : 1;
                }
            } else if (character == '.' && !point) {
                point = true;
            } else {
                break;
            }
            at++;
        }
        return found == 0 ? 0 : at;
    }

    /** Takes an exponent when there is a whole one; answers where the number ends. */
    private int scanExponent(long address, int from, int length) {
        if (from >= length || (Memory.getByte(address + from) | 0x20) != 'e') {
            return from;
        }
        int first = from + 1;
        boolean negative = first < length && Memory.getByte(address + first) == '-';
        if (first < length && isSign(Memory.getByte(address + first))) {
            first++;
        }
        long exponent = 0;
        int at = first;
        while (at < length && isDigit(Memory.getByte(address + at))) {
            exponent = exponent * 10 + (Memory.getByte(address + at) - '0');
            exponent = Math.min(exponent, EXPONENT_MAX);
            at++;
        }
        if (at == first) {
            return from;
        }
        power += negative ? -exponent : exponent;
        return at;
    }

    private void convert(long address, int from, int digitsEnd) {
        if (significand == 0) {
            return;
        }
        if (!more && significand <= EXACT_MAX && Math.abs(power) < POWERS.length) {
            int index = (int) Math.abs(power);
            value = power < 0 ? significand / POWERS[index] : significand * POWERS[index];
        } else {
            value = more ? convertText(address, from, digitsEnd) : parseText(significand + "");
            outOfRange = value == 0 || Double.isInfinite(value);
        }
    }

    private double parseText(String digits) {
        return Double.parseDouble(digits + "E" + power);
    }

    /** Converts more digits than could be counted; power stands for the first of them. */
    private double convertText(long address, int from, int digitsEnd) {
        StringBuilder digits = new StringBuilder();
        boolean rest = false;
        for (int at = from; at < digitsEnd; at++) {
            byte character = Memory.getByte(address + at);
            if (digits.length() == DIGITS_MAX) {
                rest |= character != '0' && character != '.';
            } else if (character != '.' && (character != '0' || !digits.isEmpty())) {
                digits.append((char) character);
            }
        }
        power -= digits.length() - COUNTED_MAX;
        if (rest) {
            digits.append('1');
            power--;
        }
        return parseText(digits.toString());
    }

    private void scanWord(long address, int from, int length) {
        if (isWord(address, from, length, "infinity")) {
            value = Double.POSITIVE_INFINITY;
            end = from + 8;
        } else if (isWord(address, from, length, "inf")) {
            value = Double.POSITIVE_INFINITY;
            end = from + 3;
        } else if (isWord(address, from, length, "nan")) {
            value = Double.NaN;
            end = from + 3;
        }
    }

    private static boolean isWord(long address, int from, int length, String word) {
        if (length - from < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((Memory.getByte(address + from + i) | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
