// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.value;

import dev.sigrun.kernel.config.text.Words;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** The directive latency-tracking-info-percentiles. Values are shown with at most six decimals. */
public final class Percentiles implements Form<List<Double>> {
    private static final int DECIMALS = 6;
    private static final int LENGTH_MAX = 400;

    @Override
    public List<Double> initial() {
        return List.of(50.0, 99.0, 99.9);
    }

    @Override
    public List<Double> parse(List<String> words, List<Double> old, boolean loading) {
        if (words.size() == 1 && words.get(0).isEmpty()) {
            return List.of();
        }
        List<Double> percentiles = new ArrayList<>();
        for (String word : words) {
            double percentile = number(word);
            if (percentile > 100.0 || percentile < 0.0) {
                throw new ConfigRejected(
                        "latency-tracking-info-percentiles parameters should sit between"
                                + " [0.0,100.0]");
            }
            percentiles.add(percentile);
        }
        return List.copyOf(percentiles);
    }

    @Override
    public String print(List<Double> percentiles) {
        StringBuilder out = new StringBuilder();
        for (double percentile : percentiles) {
            out.append(out.isEmpty() ? "" : " ").append(format(percentile));
        }
        return out.toString();
    }

    @Override
    public List<RewriteLine> lines(String name, List<Double> percentiles) {
        String value = percentiles.isEmpty() ? "\"\"" : print(percentiles);
        return List.of(new RewriteLine(name + " " + value, true));
    }

    private static double number(String word) {
        if (word.length() <= LENGTH_MAX && hasNumberShape(word)) {
            try {
                double number = Double.parseDouble(word);
                if (Double.isFinite(number)) {
                    return number;
                }
            } catch (NumberFormatException malformed) {
                // The shape test is coarse; what it lets through by mistake ends below.
            }
        }
        return switch (Words.lower(word)) {
            case "inf", "infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default ->
                    throw new ConfigRejected(
                            "Invalid latency-tracking-info-percentiles parameters");
        };
    }

    /**
     * Keeps out what Java would read and Valkey would not: blanks, suffixes, hexadecimal, names.
     */
    private static boolean hasNumberShape(String word) {
        for (int i = 0; i < word.length(); i++) {
            if ("0123456789.eE+-".indexOf(word.charAt(i)) < 0) {
                return false;
            }
        }
        return !word.isEmpty();
    }

    private static String format(double percentile) {
        String text =
                new BigDecimal(percentile)
                        .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                        .toPlainString();
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        String shortest = text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
        // A decimal number has no minus zero, but what the user wrote is shown with its sign.
        boolean minusZero = percentile == 0 && 1 / percentile < 0;
        return minusZero ? "-0" : shortest;
    }
}
