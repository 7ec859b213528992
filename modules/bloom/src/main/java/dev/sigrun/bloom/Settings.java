// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom;

import dev.sigrun.bloom.filter.Errors;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.admin.ConfigParam;
import dev.sigrun.spi.command.CommandException;

/** Owner thread only. The parameters that operators set, under valkey-bloom's names. */
final class Settings {
    /** The largest expansion. */
    static final long EXPANSION_MAX = 0xffffffffL;

    private static final long MEMORY_LIMIT = 128L << 20;

    private final ConfigParam<Long> capacity =
            ConfigParam.integer("bf.bloom-capacity", 100, 1, Long.MAX_VALUE);
    private final ConfigParam<Long> expansion =
            ConfigParam.integer("bf.bloom-expansion", 2, 0, EXPANSION_MAX);
    private final ConfigParam<Long> memoryLimit =
            ConfigParam.memory("bf.bloom-memory-usage-limit", MEMORY_LIMIT, 0, Long.MAX_VALUE);
    private final Ratio errorRate = new Ratio("bf.bloom-fp-rate", "0.01", Errors.ERROR_RATE_RANGE);
    private final Ratio tightening =
            new Ratio("bf.bloom-tightening-ratio", "0.5", Errors.TIGHTENING_RANGE);
    private final ConfigParam<Boolean> randomSeed =
            ConfigParam.bool("bf.bloom-use-random-seed", true);
    // Accepted for the sake of configuration files; there is nothing to defragment.
    private final ConfigParam<Boolean> defragmentation =
            ConfigParam.bool("bf.bloom-defrag-enabled", true);

    void register(Registrar registrar) {
        registrar.config(capacity);
        registrar.config(expansion);
        registrar.config(memoryLimit);
        registrar.config(errorRate.parameter);
        registrar.config(tightening.parameter);
        registrar.config(randomSeed);
        registrar.config(defragmentation);
    }

    long capacity() {
        return capacity.value();
    }

    long expansion() {
        return expansion.value();
    }

    long memoryLimit() {
        return memoryLimit.value();
    }

    double errorRate() {
        return errorRate.value();
    }

    double tightening() {
        return tightening.value();
    }

    boolean randomSeed() {
        return randomSeed.value();
    }

    /** A number between 0 and 1 that operators write as text. */
    private static final class Ratio {
        private final ConfigParam<String> parameter;
        private String parsed = "";
        private double value;

        Ratio(String name, String defaultValue, CommandException range) {
            parameter = ConfigParam.text(name, defaultValue, text -> complaint(text, range));
        }

        private static String complaint(String text, CommandException range) {
            if (!Numerals.isDouble(text)) {
                return "Invalid floating-point value";
            }
            double value = Numerals.toDouble(text);
            return value > 0 && value < 1 ? null : range.getMessage();
        }

        double value() {
            String text = parameter.value();
            if (!text.equals(parsed)) {
                value = Numerals.toDouble(text);
                parsed = text;
            }
            return value;
        }
    }
}
