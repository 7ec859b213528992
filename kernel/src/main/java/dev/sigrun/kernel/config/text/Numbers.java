// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.text;

/**
 * Any thread. Reads and writes the numbers of a configuration, each form as strict or as lenient as
 * Valkey is about it.
 *
 * <p>A reader returns null for text that is not a number of its form. Boxing is deliberate: these
 * run when somebody changes the configuration, never for a command.
 */
public final class Numbers {
    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private Numbers() {}

    /** A decimal number with no plus sign, blanks or superfluous zeros. */
    public static Long strict(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        int digits = text.length() - from;
        if (digits == 0 || digits > 19 || !allDigits(text, from)) {
            return null;
        }
        if (text.charAt(from) == '0' && text.length() > 1) {
            return null;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException tooLarge) {
            return null;
        }
    }

    /** A decimal number that is not negative and may need all 64 bits. */
    public static Long unsigned(String text) {
        Long strict = strict(text);
        if (strict != null) {
            return strict < 0 ? null : strict;
        }
        int from = !text.isEmpty() && text.charAt(0) == '+' ? 1 : 0;
        return unsignedDigits(text.substring(from), 10);
    }

    /**
     * A number as C's strtoll reads it: leading blanks and a sign are welcome, an empty text is 0,
     * and what is too large becomes the largest.
     */
    public static Long lenient(String text) {
        int at = 0;
        while (at < text.length()
                && (text.charAt(at) == ' ' || (text.charAt(at) >= 9 && text.charAt(at) <= 13))) {
            at++;
        }
        boolean negative = at < text.length() && text.charAt(at) == '-';
        if (at < text.length() && (negative || text.charAt(at) == '+')) {
            at++;
        }
        if (at == text.length()) {
            return text.isEmpty() ? 0L : null;
        }
        if (!allDigits(text, at)) {
            return null;
        }
        try {
            return Long.parseLong((negative ? "-" : "").concat(text.substring(at)));
        } catch (NumberFormatException tooLarge) {
            return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** An octal number; an empty text is 0. */
    public static Long octal(String text) {
        if (text.isEmpty()) {
            return 0L;
        }
        int from = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '7') {
                return null;
            }
        }
        try {
            return Long.parseLong(text, 8);
        } catch (NumberFormatException malformed) {
            return null;
        }
    }

    /**
     * A size such as 100, 1k (1000), 1kb (1024), 5mb or 2g. The product is kept in 64 bits, as
     * Valkey does; digits may be missing altogether, which makes 0.
     */
    public static Long memory(String text) {
        int digits = 0;
        while (digits < text.length() && isDigit(text.charAt(digits))) {
            digits++;
        }
        long unit = unitOf(Words.lower(text.substring(digits)));
        if (unit == 0) {
            return null;
        }
        Long count = digits == 0 ? Long.valueOf(0) : unsignedDigits(text.substring(0, digits), 10);
        return count == null ? null : count * unit;
    }

    /** A percentage such as 5%, as its number. */
    public static Long percent(String text) {
        if (text.length() < 2 || !text.endsWith("%")) {
            return null;
        }
        Long number = strict(text.substring(0, text.length() - 1));
        return number == null || number < 0 ? null : number;
    }

    /** The size in the largest unit that divides it, as CONFIG REWRITE writes sizes. */
    public static String formatMemory(long bytes) {
        if (bytes != 0 && Long.remainderUnsigned(bytes, GIB) == 0) {
            return Long.toUnsignedString(Long.divideUnsigned(bytes, GIB)).concat("gb");
        }
        if (bytes != 0 && Long.remainderUnsigned(bytes, MIB) == 0) {
            return Long.toUnsignedString(Long.divideUnsigned(bytes, MIB)).concat("mb");
        }
        if (bytes != 0 && Long.remainderUnsigned(bytes, KIB) == 0) {
            return Long.toUnsignedString(Long.divideUnsigned(bytes, KIB)).concat("kb");
        }
        return Long.toUnsignedString(bytes);
    }

    private static long unitOf(String suffix) {
        return switch (suffix) {
            case "", "b" -> 1;
            case "k" -> 1000;
            case "kb" -> KIB;
            case "m" -> 1000_000;
            case "mb" -> MIB;
            case "g" -> 1000_000_000;
            case "gb" -> GIB;
            default -> 0;
        };
    }

    private static Long unsignedDigits(String digits, int radix) {
        if (digits.isEmpty() || !allDigits(digits, 0)) {
            return null;
        }
        try {
            return Long.parseUnsignedLong(digits, radix);
        } catch (NumberFormatException tooLarge) {
            return null;
        }
    }

    private static boolean allDigits(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return from < text.length();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
