// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.memory;

import dev.sigrun.memory.Allocator;
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

/** One free and one allocate, at random among a hundred thousand live blocks. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AllocatorBenchmark {
    private static final int LIVE = 100_000;

    @Param({"32", "112", "3000", "20000"})
    private int bytes;

    private final SplittableRandom random = new SplittableRandom(1);
    private final long[] blocks = new long[LIVE];
    private Allocator allocator;

    @Setup
    public void fill() {
        allocator = new Allocator();
        for (int at = 0; at < LIVE; at++) {
            blocks[at] = allocator.allocate(bytes);
        }
    }

    @TearDown
    public void close() {
        allocator.close();
    }

    @Benchmark
    public long freeAndAllocate() {
        int at = random.nextInt(LIVE);
        allocator.free(blocks[at], bytes);
        blocks[at] = allocator.allocate(bytes);
        return blocks[at];
    }
}
