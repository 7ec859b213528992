// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import dev.sigrun.kernel.config.text.Numbers;
import dev.sigrun.kernel.config.value.ConfigRejected;
import dev.sigrun.kernel.config.value.RewriteLine;
import java.util.List;

/**
 * Any thread. A directive that is a number within bounds.
 *
 * <p>The unit decides what may be written: a plain number, a size (5mb), a size or a percentage (a
 * percentage is kept as a negative number), a size or a negative number, octal digits, or a number
 * that needs all 64 bits.
 */
public final class LongParameter extends Parameter {
    private enum Unit {
        NUMBER("argument couldn't be parsed into an integer"),
        SIZE("argument must be a memory value"),
        SIZE_OR_PERCENT("argument must be a memory or percent value"),
        SIZE_OR_NEGATIVE("argument must be a memory value"),
        OCTAL("argument couldn't be parsed as an octal number"),
        WIDE("argument couldn't be parsed as an unsigned number");

        private final String complaint;

        Unit(String complaint) {
            this.complaint = complaint;
        }
    }

    private final Unit unit;
    private final long initial;
    private long min;
    private long max;

    private LongParameter(String names, Unit unit, long initial, Trait[] traits) {
        super(names, traits);
        this.unit = unit;
        this.initial = initial;
        this.min = 0;
        this.max = unit == Unit.NUMBER ? Integer.MAX_VALUE : Long.MAX_VALUE;
    }

    /** A plain number, from 0 to the largest int unless {@link #between} says otherwise. */
    public static LongParameter number(String names, long initial, Trait... traits) {
        return new LongParameter(names, Unit.NUMBER, initial, traits);
    }

    /** A number of bytes, written as 100, 1k, 1kb, 5mb and so on. */
    public static LongParameter size(String names, long initial, Trait... traits) {
        return new LongParameter(names, Unit.SIZE, initial, traits);
    }

    /** A number of bytes, or a percentage of maxmemory, which is kept as a negative number. */
    public static LongParameter sizeOrPercent(String names, long initial, Trait... traits) {
        return new LongParameter(names, Unit.SIZE_OR_PERCENT, initial, traits);
    }

    /** A number of bytes, where negative numbers have a meaning of their own. */
    public static LongParameter sizeOrNegative(String names, long initial, Trait... traits) {
        return new LongParameter(names, Unit.SIZE_OR_NEGATIVE, initial, traits);
    }

    /** A file mode. */
    public static LongParameter octal(String names, long initial, Trait... traits) {
        return new LongParameter(names, Unit.OCTAL, initial, traits);
    }

    /** A number that is written, kept and compared without a sign. */
    public static LongParameter wide(String names, long initial, Trait... traits) {
        return new LongParameter(names, Unit.WIDE, initial, traits);
    }

    /** Sets the bounds, both of which are allowed values. Before the parameter is bound only. */
    public LongParameter between(long min, long max) {
        if (isBound()) {
            throw new IllegalStateException("the bounds of " + name() + " are in use");
        }
        this.min = min;
        this.max = max;
        return this;
    }

    public long initial() {
        return initial;
    }

    @Override
    void reset(Values values) {
        values.numbers[slot()] = initial;
    }

    @Override
    boolean parse(Values values, List<String> words, boolean loading) {
        Long value = read(words.get(0));
        if (value == null) {
            throw new ConfigRejected(unit.complaint);
        }
        checkBounds(value);
        boolean changed = values.numbers[slot()] != value;
        values.numbers[slot()] = value;
        return changed || is(Trait.VOLATILE);
    }

    @Override
    String print(Values values) {
        long value = values.numbers[slot()];
        return switch (unit) {
            case NUMBER -> Long.toString(value);
            case SIZE, WIDE -> Long.toUnsignedString(value);
            case SIZE_OR_PERCENT -> value < 0 ? -value + "%" : Long.toString(value);
            case SIZE_OR_NEGATIVE -> Long.toString(value);
            case OCTAL -> Long.toOctalString(value);
        };
    }

    @Override
    List<RewriteLine> lines(Values values) {
        long value = values.numbers[slot()];
        boolean sized = unit == Unit.SIZE || (value >= 0 && isSizeWithMore());
        String text = sized ? Numbers.formatMemory(value) : print(values);
        return List.of(new RewriteLine(name() + " " + text, value != initial));
    }

    private boolean isSizeWithMore() {
        return unit == Unit.SIZE_OR_PERCENT || unit == Unit.SIZE_OR_NEGATIVE;
    }

    private Long read(String word) {
        return switch (unit) {
            case NUMBER -> Numbers.strict(word);
            case SIZE -> Numbers.memory(word);
            case SIZE_OR_PERCENT -> {
                Long percent = Numbers.percent(word);
                yield percent == null ? Numbers.memory(word) : Long.valueOf(-percent);
            }
            case SIZE_OR_NEGATIVE -> {
                Long size = Numbers.memory(word);
                yield size == null ? Numbers.strict(word) : size;
            }
            case OCTAL -> Numbers.octal(word);
            case WIDE -> Numbers.unsigned(word);
        };
    }

    private void checkBounds(long value) {
        if (is(Trait.UNSIGNED) || unit == Unit.WIDE) {
            if (Long.compareUnsigned(value, min) < 0 || Long.compareUnsigned(value, max) > 0) {
                boolean octal = unit == Unit.OCTAL;
                throw outOfBounds(
                        octal ? Long.toOctalString(min) : Long.toUnsignedString(min),
                        octal ? Long.toOctalString(max) : Long.toUnsignedString(max));
            }
        } else if (unit == Unit.SIZE_OR_PERCENT && value < 0) {
            if (value < min) {
                throw new ConfigRejected("percentage argument must be less or equal to " + -min);
            }
        } else if (value < min || value > max) {
            throw outOfBounds(Long.toString(min), Long.toString(max));
        }
    }

    private static ConfigRejected outOfBounds(String min, String max) {
        return new ConfigRejected("argument must be between " + min + " and " + max + " inclusive");
    }
}
