// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.memory;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.idmap.IdCursor;
import dev.sigrun.memory.idmap.IdMap;
import java.util.Iterator;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
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
 * {@link IdMap}, whose identifiers have 128 bits, against a {@link TreeMap}, whose keys have only
 * the 64 bits that differ here. Identifiers lie one to seven apart, as those of a busy stream.
 *
 * <p>Nanoseconds for one operation.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx2g"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class IdMapBenchmark {
    private static final int RANGE = 100;

    /** The map off heap. */
    @State(Scope.Thread)
    public static class OffHeap {
        @Param({"1000", "1000000"})
        private int size;

        private final SplittableRandom random = new SplittableRandom(1);
        private final IdCursor cursor = new IdCursor();
        private Allocator allocator;
        private IdMap ids;
        private long map;
        private long oldest;

        @Setup
        public void fill() {
            allocator = new Allocator();
            ids = new IdMap(allocator);
            map = allocator.allocate(IdMap.ROOT_BYTES);
            IdMap.init(map);
            for (int number = 0; number < size; number++) {
                ids.put(map, millis(number), 0, number + 1);
            }
        }

        @TearDown
        public void close() {
            allocator.close();
        }

        private boolean seek() {
            return cursor.atLeast(map, start(random, oldest, size), 0);
        }
    }

    /** The map on the heap. */
    @State(Scope.Thread)
    public static class Heap {
        @Param({"1000", "1000000"})
        private int size;

        private final SplittableRandom random = new SplittableRandom(1);
        private final NavigableMap<Long, Long> map = new TreeMap<>();
        private long oldest;

        @Setup
        public void fill() {
            for (long number = 0; number < size; number++) {
                map.put(millis(number), number + 1);
            }
        }
    }

    /** The identifier of an entry; ascends with its number. */
    private static long millis(long number) {
        return number * 4 + (Members.first(number) & 3);
    }

    /** Where to seek: at or before an entry at random that enough others follow. */
    private static long start(SplittableRandom random, long oldest, int size) {
        return (oldest + random.nextInt(size - RANGE)) * 4;
    }

    /** Adds an entry at the end and removes the first: both together are one operation. */
    @Benchmark
    public long appendAndTrim(OffHeap entries) {
        long added = entries.oldest + entries.size;
        entries.ids.put(entries.map, millis(added), 0, added + 1);
        return entries.ids.remove(entries.map, millis(entries.oldest++), 0);
    }

    /** As {@link #appendAndTrim}. */
    @Benchmark
    public Long appendAndTrimTreeMap(Heap entries) {
        long added = entries.oldest + entries.size;
        entries.map.put(millis(added), added + 1);
        return entries.map.remove(millis(entries.oldest++));
    }

    /** Finds the first entry from an identifier on. */
    @Benchmark
    public long seek(OffHeap entries) {
        return entries.seek() ? entries.cursor.value() : 0;
    }

    /** As {@link #seek}. */
    @Benchmark
    public Long seekTreeMap(Heap entries) {
        long from = start(entries.random, entries.oldest, entries.size);
        return entries.map.ceilingEntry(from).getValue();
    }

    /** Reads a hundred entries from an identifier on; the time is for all of them. */
    @Benchmark
    public long range(OffHeap entries) {
        boolean more = entries.seek();
        long sum = 0;
        for (int seen = 0; seen < RANGE && more; seen++) {
            sum += entries.cursor.value();
            more = entries.cursor.next();
        }
        return sum;
    }

    /** As {@link #range}. */
    @Benchmark
    public long rangeTreeMap(Heap entries) {
        long from = start(entries.random, entries.oldest, entries.size);
        Iterator<Long> values = entries.map.tailMap(from).values().iterator();
        long sum = 0;
        for (int seen = 0; seen < RANGE; seen++) {
            sum += values.next();
        }
        return sum;
    }
}
