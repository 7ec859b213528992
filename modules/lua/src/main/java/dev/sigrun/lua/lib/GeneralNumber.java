// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.lib;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as C's {@code %.<precision>g} prints them. Any thread. */
final class GeneralNumber {
    private static final double EXACT_INTEGER_MAX = 1e9;
    private static final int PRECISION_OF_EXACT = 10;
    private static final int EXPONENT_MIN = -4;

    private GeneralNumber() {}

    static String text(double value, int precision) {
        if (Double.isNaN(value)) {
            return Double.doubleToRawLongBits(value) < 0 ? "-nan" : "nan";
        }
        if (Double.isInfinite(value)) {
            return value < 0 ? "-inf" : "inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        if (precision >= PRECISION_OF_EXACT
                && Math.abs(value) < EXACT_INTEGER_MAX
                && value == (int) value) {
            return Integer.toString((int) value);
        }
        MathContext rounding = new MathContext(precision, RoundingMode.HALF_EVEN);
        BigDecimal rounded = new BigDecimal(Math.abs(value)).round(rounding).stripTrailingZeros();
        String digits = rounded.unscaledValue().toString();
        int exponent = digits.length() - 1 - rounded.scale();
        String sign = value < 0 ? "-" : "";
        return exponent < EXPONENT_MIN || exponent >= precision
                ? sign + scientific(digits, exponent)
                : sign + plain(digits, exponent);
    }

    private static String scientific(String digits, int exponent) {
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        int size = Math.abs(exponent);
        return digits.charAt(0)
                + fraction
                + (exponent < 0 ? "e-" : "e+")
                + (size < 10 ? "0" : "")
                + size;
    }

    private static String plain(String digits, int exponent) {
        if (exponent < 0) {
            return "0." + "0".repeat(-exponent - 1) + digits;
        }
        if (digits.length() <= exponent + 1) {
            return digits + "0".repeat(exponent + 1 - digits.length());
        }
        return digits.substring(0, exponent + 1) + "." + digits.substring(exponent + 1);
    }
}
