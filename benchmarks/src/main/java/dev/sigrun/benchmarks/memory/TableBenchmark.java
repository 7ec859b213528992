// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.memory;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Table;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A million keys of 16 bytes, asked for in random order; hashing is part of the time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx2g"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TableBenchmark {
    private static final int COUNT = 1_000_000;

    private final SplittableRandom random = new SplittableRandom(1);
    private final Map<ByteBuffer, Integer> map = new HashMap<>();
    private Allocator allocator;
    private Table table;
    private long key;
    private long[] entries;
    private final ByteBuffer heapKey = ByteBuffer.allocate(Entries.KEY);

    @Setup
    public void fill() {
        allocator = new Allocator();
        table = new Table(allocator, new Entries());
        key = allocator.allocate(Entries.KEY);
        entries = new long[COUNT];
        for (int number = 0; number < COUNT; number++) {
            entries[number] = allocator.allocate(Entries.KEY);
            Entries.write(entries[number], number);
            table.insert(Entries.hashOf(entries[number]), entries[number]);
            map.put(heap(ByteBuffer.allocate(Entries.KEY), number), number);
        }
    }

    @TearDown
    public void close() {
        allocator.close();
    }

    @Benchmark
    public long findHit() {
        Entries.write(key, random.nextInt(COUNT));
        return table.find(Entries.hashOf(key), key, Entries.KEY);
    }

    @Benchmark
    public long findMiss() {
        Entries.write(key, COUNT + random.nextInt(COUNT));
        return table.find(Entries.hashOf(key), key, Entries.KEY);
    }

    @Benchmark
    @OperationsPerInvocation(COUNT)
    public long insert() {
        Table grown = new Table(allocator, new Entries());
        for (long entry : entries) {
            grown.insert(Entries.hashOf(entry), entry);
        }
        long bytes = grown.memoryBytes();
        grown.clear(entry -> {});
        return bytes;
    }

    @Benchmark
    public Integer findHitHashMap() {
        return map.get(heap(heapKey, random.nextInt(COUNT)));
    }

    @Benchmark
    public Integer findMissHashMap() {
        return map.get(heap(heapKey, COUNT + random.nextInt(COUNT)));
    }

    @Benchmark
    @OperationsPerInvocation(COUNT)
    public int insertHashMap() {
        Map<ByteBuffer, Integer> grown = new HashMap<>();
        for (Map.Entry<ByteBuffer, Integer> entry : map.entrySet()) {
            grown.put(entry.getKey(), entry.getValue());
        }
        return grown.size();
    }

    private static ByteBuffer heap(ByteBuffer buffer, long number) {
        buffer.putLong(0, number);
        buffer.putLong(8, number * 0x9e3779b97f4a7c15L);
        return buffer;
    }
}
