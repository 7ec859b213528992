// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.memory;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.pack.IntSet;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeSet;
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
 * {@link IntSet} against a {@link TreeSet} and against a sorted array, with random members of 32
 * bits, as many as a set usually keeps in this form.
 *
 * <p>Nanoseconds for one operation. The array has longs, so it takes twice the memory.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx2g"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class IntSetBenchmark {
    @Param({"512"})
    private int cardinality;

    private final SplittableRandom random = new SplittableRandom(1);
    private final TreeSet<Long> tree = new TreeSet<>();
    private Allocator allocator;
    private long set;
    private long[] array;
    private long[] members;

    /** Members are even, so that odd numbers are none. */
    @Setup
    public void fill() {
        while (tree.size() < cardinality) {
            tree.add(2L * random.nextInt(Integer.MIN_VALUE / 2, Integer.MAX_VALUE / 2));
        }
        members = tree.stream().mapToLong(Long::longValue).toArray();
        // Room for one more, for what is added and removed again.
        array = Arrays.copyOf(members, cardinality + 1);
        allocator = new Allocator();
        set = allocator.allocate(IntSet.EMPTY_BYTES + (cardinality + 1L) * Integer.BYTES);
        IntSet.create(set);
        for (long member : members) {
            IntSet.insert(set, member);
        }
    }

    @TearDown
    public void close() {
        allocator.close();
    }

    /** A member in one of two cases, else one more than a member. */
    private long anyValue() {
        return members[random.nextInt(cardinality)] + random.nextInt(2);
    }

    private long noMember() {
        return members[random.nextInt(cardinality)] + 1;
    }

    /** Looks for a value that is a member in one of two cases. */
    @Benchmark
    public boolean contains() {
        return IntSet.contains(set, anyValue());
    }

    /** As {@link #contains}. */
    @Benchmark
    public boolean containsTreeSet() {
        return tree.contains(anyValue());
    }

    /** As {@link #contains}, by bisection. */
    @Benchmark
    public boolean containsArray() {
        return Arrays.binarySearch(array, 0, cardinality, anyValue()) >= 0;
    }

    /** Adds a value that is no member and removes it: both together are one operation. */
    @Benchmark
    public boolean addAndRemove() {
        long value = noMember();
        IntSet.insert(set, value);
        return IntSet.remove(set, value);
    }

    /** As {@link #addAndRemove}. */
    @Benchmark
    public boolean addAndRemoveTreeSet() {
        long value = noMember();
        tree.add(value);
        return tree.remove(value);
    }

    /** As {@link #addAndRemove}, by bisection and moving what follows. */
    @Benchmark
    public int addAndRemoveArray() {
        long value = noMember();
        int place = -Arrays.binarySearch(array, 0, cardinality, value) - 1;
        System.arraycopy(array, place, array, place + 1, cardinality - place);
        array[place] = value;
        int found = Arrays.binarySearch(array, 0, cardinality + 1, value);
        System.arraycopy(array, found + 1, array, found, cardinality - found);
        return found;
    }
}
