// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.memory;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.dict.Dict;
import dev.sigrun.memory.dict.DictVisitor;
import dev.sigrun.memory.dict.Element;
import dev.sigrun.memory.dict.Item;
import java.util.HashMap;
import java.util.Iterator;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * {@link Dict} against {@link HashMap}, as maps from members of 16 bytes to values of 16 bytes.
 *
 * <p>Nanoseconds for one operation. The time has the hashing in it: by a keyed hash off heap, by
 * the JDK's hash of an array, which anybody can make collide, on the heap.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx2g"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DictBenchmark {
    /** How many members one measured call of a scan visits. */
    private static final int SLICE = 1000;

    /** The map off heap. */
    @State(Scope.Thread)
    public static class OffHeap {
        @Param({"1000", "1000000"})
        private int size;

        private final SplittableRandom random = new SplittableRandom(1);
        private final Item key = new Item();
        private final Item value = new Item();
        private final DictVisitor visitor = this::see;
        private Allocator allocator;
        private Dict dict;
        private long root;
        private long keyText;
        private long valueText;
        private long oldest;
        private long cursor;
        private int unseen;
        private long sum;

        @Setup
        public void fill() {
            allocator = new Allocator();
            dict = new Dict(allocator, 2, 1, 2);
            root = allocator.allocate(Dict.ROOT_BYTES);
            keyText = allocator.allocate(Members.BYTES);
            valueText = allocator.allocate(Members.BYTES);
            dict.create(root);
            for (int number = 0; number < size; number++) {
                dict.put(root, key(number), value(number));
            }
        }

        @TearDown
        public void close() {
            allocator.close();
        }

        private long any() {
            return oldest + random.nextInt(size);
        }

        private Item key(long number) {
            Members.write(keyText, number);
            return key.bytes(keyText, Members.BYTES);
        }

        private Item value(long number) {
            Members.write(valueText, -number);
            return value.bytes(valueText, Members.BYTES);
        }

        private void see(long position) {
            sum += Memory.getLong(Element.address(position));
            unseen--;
        }
    }

    /** The map on the heap. */
    @State(Scope.Thread)
    public static class Heap {
        @Param({"1000", "1000000"})
        private int size;

        private final SplittableRandom random = new SplittableRandom(1);
        private final Map<HeapMember, byte[]> map = new HashMap<>();
        private final HeapMember key = new HeapMember();
        private Iterator<HeapMember> members;
        private long oldest;

        @Setup
        public void fill() {
            for (int number = 0; number < size; number++) {
                map.put(new HeapMember(number), value(number));
            }
            members = map.keySet().iterator();
        }

        private long any() {
            return oldest + random.nextInt(size);
        }

        private static byte[] value(long number) {
            byte[] value = new byte[Members.BYTES];
            HeapMember.write(value, -number);
            return value;
        }
    }

    /** Finds a member at random and reads from its value. */
    @Benchmark
    public long get(OffHeap map) {
        long position = map.dict.find(map.root, map.key(map.any()));
        return Memory.getLong(Element.address(map.dict.value(position)));
    }

    /** As {@link #get}. */
    @Benchmark
    public long getHashMap(Heap map) {
        return HeapMember.first(map.map.get(map.key.become(map.any())));
    }

    /** Gives a member at random another value. */
    @Benchmark
    public boolean put(OffHeap map) {
        return map.dict.put(map.root, map.key(map.any()), map.value(map.any()));
    }

    /** As {@link #put}; the new value is a new array. */
    @Benchmark
    public byte[] putHashMap(Heap map) {
        return map.map.put(map.key.become(map.any()), Heap.value(map.any()));
    }

    /** Removes the oldest member and adds one: both together are one operation. */
    @Benchmark
    public boolean removeAndAdd(OffHeap map) {
        long number = map.oldest++;
        map.dict.remove(map.root, map.key(number));
        long added = number + map.size;
        return map.dict.put(map.root, map.key(added), map.value(added));
    }

    /** As {@link #removeAndAdd}; what is added is new on the heap. */
    @Benchmark
    public byte[] removeAndAddHashMap(Heap map) {
        long number = map.oldest++;
        byte[] removed = map.map.remove(map.key.become(number));
        long added = number + map.size;
        map.map.put(new HeapMember(added), Heap.value(added));
        return removed;
    }

    /** Goes over the members in steps of one bucket; the time is for one member. */
    @Benchmark
    @OperationsPerInvocation(SLICE)
    public long scan(OffHeap map) {
        // A step sees more than was left now and then, and that is taken off the next call.
        map.unseen += SLICE;
        while (map.unseen > 0) {
            map.cursor = map.dict.scan(map.root, map.cursor, map.visitor);
        }
        return map.sum;
    }

    /** Goes over the members with an iterator; the time is for one member. */
    @Benchmark
    @OperationsPerInvocation(SLICE)
    public long scanHashMap(Heap map) {
        long sum = 0;
        for (int seen = 0; seen < SLICE; seen++) {
            if (!map.members.hasNext()) {
                map.members = map.map.keySet().iterator();
            }
            sum += map.members.next().first();
        }
        return sum;
    }
}
