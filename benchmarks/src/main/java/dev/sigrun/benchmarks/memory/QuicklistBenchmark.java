// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.memory;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.quicklist.ListCursor;
import dev.sigrun.memory.quicklist.Quicklist;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
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
 * {@link Quicklist} against {@link ArrayDeque} at the ends and {@link LinkedList} in between, with
 * elements of 16 bytes.
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
public class QuicklistBenchmark {
    private static final int RANGE = 100;

    /** The list off heap. */
    @State(Scope.Thread)
    public static class OffHeap {
        @Param({"100000"})
        private int length;

        private final SplittableRandom random = new SplittableRandom(1);
        private final ListCursor cursor = new ListCursor();
        private Allocator allocator;
        private Quicklist lists;
        private long root;
        private long element;
        private long next;

        @Setup
        public void fill() {
            allocator = new Allocator();
            lists = new Quicklist(allocator);
            root = allocator.allocate(Quicklist.ROOT_BYTES);
            element = allocator.allocate(Members.BYTES);
            lists.create(root);
            while (next < length) {
                lists.pushTail(root, element(), Members.BYTES);
            }
        }

        @TearDown
        public void close() {
            allocator.close();
        }

        private long element() {
            Members.write(element, next++);
            return element;
        }

        private long read() {
            return Memory.getLong(cursor.stringAddress());
        }
    }

    /** The list on the heap for the ends. */
    @State(Scope.Thread)
    public static class HeapDeque {
        @Param({"100000"})
        private int length;

        private final Deque<byte[]> deque = new ArrayDeque<>();
        private long next;

        @Setup
        public void fill() {
            while (next < length) {
                deque.addLast(element());
            }
        }

        private byte[] element() {
            byte[] element = new byte[Members.BYTES];
            HeapMember.write(element, next++);
            return element;
        }
    }

    /** The list on the heap for what is between the ends. */
    @State(Scope.Thread)
    public static class HeapList {
        @Param({"100000"})
        private int length;

        private final SplittableRandom random = new SplittableRandom(1);

        // The list of the JDK that, like ours, inserts anywhere without moving what follows.
        @SuppressWarnings("JdkObsolete")
        private final List<byte[]> list = new LinkedList<>();

        @Setup
        public void fill() {
            for (int number = 0; number < length; number++) {
                byte[] element = new byte[Members.BYTES];
                HeapMember.write(element, number);
                list.add(element);
            }
        }
    }

    /** An index in the middle half of a list. */
    private static int middle(SplittableRandom random, int length) {
        return length / 4 + random.nextInt(length / 2);
    }

    /** Reads and removes the first element and adds one at the end: one operation. */
    @Benchmark
    public long pushTailPopHead(OffHeap list) {
        list.lists.pushTail(list.root, list.element(), Members.BYTES);
        list.cursor.open(list.root, 0);
        long read = list.read();
        list.lists.popHead(list.root);
        return read;
    }

    /** As {@link #pushTailPopHead}; what is added is a new array. */
    @Benchmark
    public long pushTailPopHeadArrayDeque(HeapDeque list) {
        list.deque.addLast(list.element());
        return HeapMember.first(list.deque.removeFirst());
    }

    /** Reads and removes the last element and adds one at the front: one operation. */
    @Benchmark
    public long pushHeadPopTail(OffHeap list) {
        list.lists.pushHead(list.root, list.element(), Members.BYTES);
        list.cursor.open(list.root, -1);
        long read = list.read();
        list.lists.popTail(list.root);
        return read;
    }

    /** As {@link #pushHeadPopTail}; what is added is a new array. */
    @Benchmark
    public long pushHeadPopTailArrayDeque(HeapDeque list) {
        list.deque.addFirst(list.element());
        return HeapMember.first(list.deque.removeLast());
    }

    /** Reads an element by its index, in the middle half of the list. */
    @Benchmark
    public long index(OffHeap list) {
        list.cursor.open(list.root, middle(list.random, list.length));
        return list.read();
    }

    /** As {@link #index}. */
    @Benchmark
    public long indexLinkedList(HeapList list) {
        return HeapMember.first(list.list.get(middle(list.random, list.length)));
    }

    /** Reads a hundred elements from an index on; the time is for all, with going there. */
    @Benchmark
    public long range(OffHeap list) {
        boolean more = list.cursor.open(list.root, middle(list.random, list.length));
        long sum = 0;
        for (int seen = 0; seen < RANGE && more; seen++) {
            sum += list.read();
            more = list.cursor.next();
        }
        return sum;
    }

    /** As {@link #range}. */
    @Benchmark
    public long rangeLinkedList(HeapList list) {
        Iterator<byte[]> elements = list.list.listIterator(middle(list.random, list.length));
        long sum = 0;
        for (int seen = 0; seen < RANGE; seen++) {
            sum += HeapMember.first(elements.next());
        }
        return sum;
    }
}
