// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import dev.sigrun.spi.admin.ConfigParam;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of a plugin's parameters as operators write them, with Valkey's complaints. Owner
 * thread only.
 */
public final class ParamText {
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9]\\d{0,18}");
    private static final Pattern MEMORY = Pattern.compile("(\\d{1,19})([a-z]*)");
    private static final Map<String, Long> UNITS =
            Map.of(
                    "",
                    1L,
                    "b",
                    1L,
                    "k",
                    1_000L,
                    "kb",
                    1L << 10,
                    "m",
                    1_000_000L,
                    "mb",
                    1L << 20,
                    "g",
                    1_000_000_000L,
                    "gb",
                    1L << 30);

    private ParamText() {}

    /**
     * Puts a value in force, after checking it.
     *
     * @return what is wrong with the value, or null when it is in force now
     */
    public static <T> String apply(ConfigParam<T> parameter, String text) {
        Object value = parse(parameter, text);
        if (value instanceof Complaint complaint) {
            return complaint.text;
        }
        T typed = parameter.kind().cast(value);
        String problem = problem(parameter, typed);
        if (problem == null) {
            parameter.put(typed);
        }
        return problem;
    }

    /** The value in force, in the form that {@code CONFIG GET} answers. */
    public static String show(ConfigParam<?> parameter) {
        Object value = parameter.value();
        return value instanceof Boolean yes ? (yes ? "yes" : "no") : String.valueOf(value);
    }

    /** What is wrong with a parameter's default value, or null. */
    static <T> String defaultProblem(ConfigParam<T> parameter) {
        T value = parameter.defaultValue();
        String problem = value == null ? "there is none" : problem(parameter, value);
        return problem == null ? null : "the default value is not allowed: " + problem;
    }

    private static <T> String problem(ConfigParam<T> parameter, T value) {
        if (value instanceof Long number
                && (number < parameter.min() || number > parameter.max())) {
            return "argument must be between "
                    + parameter.min()
                    + " and "
                    + parameter.max()
                    + " inclusive";
        }
        return parameter.check(value);
    }

    private record Complaint(String text) {}

    private static Object parse(ConfigParam<?> parameter, String text) {
        if (parameter.kind() == Boolean.class) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "yes" -> true;
                case "no" -> false;
                default -> new Complaint("argument must be 'yes' or 'no'");
            };
        }
        if (parameter.kind() == Long.class) {
            return parameter.isMemory() ? memory(text) : integer(text);
        }
        return text;
    }

    private static Object integer(String text) {
        if (INTEGER.matcher(text).matches()) {
            BigInteger value = new BigInteger(text);
            if (value.bitLength() < Long.SIZE) {
                return value.longValue();
            }
        }
        return new Complaint("argument couldn't be parsed into an integer");
    }

    private static Object memory(String text) {
        Matcher parts = MEMORY.matcher(text.toLowerCase(Locale.ROOT));
        Long unit = parts.matches() ? UNITS.get(parts.group(2)) : null;
        if (unit != null) {
            BigInteger value = new BigInteger(parts.group(1)).multiply(BigInteger.valueOf(unit));
            if (value.bitLength() < Long.SIZE) {
                return value.longValue();
            }
        }
        return new Complaint("argument must be a memory value");
    }
}
