// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.wire;

import java.math.BigDecimal;

/** Doubles as Valkey writes them: the shortest digits that read back as the same number. */
public final class Doubles {
    private static final double INTEGER_MAX = 1L << 53;

    private Doubles() {}

    /** The text of a double in a reply. */
    public static String text(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        if (value == Math.rint(value) && Math.abs(value) < INTEGER_MAX) {
            return Long.toString((long) value);
        }
        BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = digits.length() - shortest.scale() - 1;
        String sign = value < 0 ? "-" : "";
        if (exponent < -7 || exponent > 20) {
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            return sign
                    + digits.charAt(0)
                    + fraction
                    + "e"
                    + (exponent < 0 ? "-" : "+")
                    + Math.abs(exponent);
        }
        return shortest.toPlainString();
    }
}
