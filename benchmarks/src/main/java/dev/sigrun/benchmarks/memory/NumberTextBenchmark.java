// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.memory;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.number.Decimal;
import dev.sigrun.memory.number.DoubleParser;
import dev.sigrun.memory.number.DoubleText;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Numbers to text and back: {@link DoubleText}, {@link DoubleParser} and {@link Decimal}, which
 * write and read bytes, against {@link Double} and {@link Long}, which make strings and read them.
 *
 * <p>Nanoseconds for one number. The strings to read are there beforehand; from bytes off heap they
 * would have to be made first.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx2g"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class NumberTextBenchmark {
    /** So many numbers are gone through in turn; a power of two. */
    private static final int COUNT = 1024;

    /** Doubles and their texts. */
    @State(Scope.Thread)
    public static class Doubles {
        /**
         * Whole numbers up to a million, amounts with two decimals, or fractions with all the
         * digits there are, most of which are read by the Java library on both sides.
         */
        @Param({"WHOLE", "CENTS", "FRACTION"})
        private Kind kind;

        private final DoubleText writer = new DoubleText();
        private final DoubleParser parser = new DoubleParser();
        private final double[] values = new double[COUNT];
        private final String[] strings = new String[COUNT];
        private final int[] lengths = new int[COUNT];
        private Allocator allocator;
        private long texts;
        private int last;

        @Setup
        public void fill() {
            allocator = new Allocator();
            texts = allocator.allocate((long) COUNT * DoubleText.BYTES_MAX);
            SplittableRandom random = new SplittableRandom(1);
            for (int index = 0; index < COUNT; index++) {
                values[index] = kind.next(random);
                writer.format(values[index]).copyTo(text(index));
                lengths[index] = writer.length();
                strings[index] = writer.text();
            }
        }

        @TearDown
        public void close() {
            allocator.close();
        }

        private long text(int index) {
            return texts + (long) index * DoubleText.BYTES_MAX;
        }

        private int next() {
            last = (last + 1) & (COUNT - 1);
            return last;
        }
    }

    /** What the doubles look like. */
    public enum Kind {
        WHOLE,
        CENTS,
        FRACTION;

        private double next(SplittableRandom random) {
            return switch (this) {
                case WHOLE -> random.nextInt(1_000_000);
                case CENTS -> random.nextInt(10_000_000) / 100.0;
                case FRACTION -> random.nextDouble();
            };
        }
    }

    /** Integers of both signs and their texts. */
    @State(Scope.Thread)
    public static class Integers {
        @Param({"4", "15"})
        private int digits;

        private final long[] values = new long[COUNT];
        private final String[] strings = new String[COUNT];
        private final int[] lengths = new int[COUNT];
        private Allocator allocator;
        private long texts;
        private long scratch;
        private int last;

        @Setup
        public void fill() {
            allocator = new Allocator();
            texts = allocator.allocate((long) COUNT * Decimal.BYTES_MAX);
            scratch = allocator.allocate(Decimal.BYTES_MAX);
            SplittableRandom random = new SplittableRandom(1);
            long least = 1;
            for (int digit = 1; digit < digits; digit++) {
                least *= 10;
            }
            for (int index = 0; index < COUNT; index++) {
                long magnitude = random.nextLong(least, least * 10);
                values[index] = random.nextBoolean() ? magnitude : -magnitude;
                lengths[index] = Decimal.write(values[index], text(index));
                strings[index] = Long.toString(values[index]);
            }
        }

        @TearDown
        public void close() {
            allocator.close();
        }

        private long text(int index) {
            return texts + (long) index * Decimal.BYTES_MAX;
        }

        private int next() {
            last = (last + 1) & (COUNT - 1);
            return last;
        }
    }

    /** Writes a double into the writer's own bytes. */
    @Benchmark
    public byte[] formatDouble(Doubles numbers) {
        return numbers.writer.format(numbers.values[numbers.next()]).bytes();
    }

    /** Makes a string of a double. */
    @Benchmark
    public String formatDoubleJdk(Doubles numbers) {
        return Double.toString(numbers.values[numbers.next()]);
    }

    /** Reads a double from bytes. */
    @Benchmark
    public double parseDouble(Doubles numbers) {
        int index = numbers.next();
        DoubleParser parser = numbers.parser;
        boolean whole = parser.parse(numbers.text(index), numbers.lengths[index]);
        return whole ? parser.value() : Double.NaN;
    }

    /** Reads a double from a string. */
    @Benchmark
    public double parseDoubleJdk(Doubles numbers) {
        return Double.parseDouble(numbers.strings[numbers.next()]);
    }

    /** Writes an integer's digits. */
    @Benchmark
    public int formatInteger(Integers numbers) {
        return Decimal.write(numbers.values[numbers.next()], numbers.scratch);
    }

    /** Makes a string of an integer. */
    @Benchmark
    public String formatIntegerJdk(Integers numbers) {
        return Long.toString(numbers.values[numbers.next()]);
    }

    /** Reads an integer from bytes, and sees first whether they are one. */
    @Benchmark
    public long parseInteger(Integers numbers) {
        int index = numbers.next();
        long text = numbers.text(index);
        int length = numbers.lengths[index];
        return Decimal.isInteger(text, length) ? Decimal.value(text, length) : 0;
    }

    /** Reads an integer from a string. */
    @Benchmark
    public long parseIntegerJdk(Integers numbers) {
        return Long.parseLong(numbers.strings[numbers.next()]);
    }
}
