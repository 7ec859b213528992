// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.memory;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.ordered.MemberCursor;
import dev.sigrun.memory.ordered.SortedMembers;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
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
 * {@link SortedMembers} against a {@link TreeSet} in the order of scores with a {@link HashMap} by
 * members of 16 bytes. Scores are random.
 *
 * <p>Nanoseconds for one operation. The JDK's trees do not count, so a rank is found there by
 * walking up to it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx2g"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SortedMembersBenchmark {
    private static final int RANGE = 10;

    /** Ranges begin below this score, so that the members from there on are enough. */
    private static final double START_MAX = 0.95;

    /** The set off heap. */
    @State(Scope.Thread)
    public static class OffHeap {
        @Param({"1000", "1000000"})
        private int size;

        private final SplittableRandom random = new SplittableRandom(1);
        private final MemberCursor cursor = new MemberCursor();
        private Allocator allocator;
        private SortedMembers members;
        private long root;
        private long text;
        private long oldest;

        @Setup
        public void fill() {
            allocator = new Allocator();
            members = new SortedMembers(allocator, 1, 2);
            root = allocator.allocate(SortedMembers.ROOT_BYTES);
            text = allocator.allocate(Members.BYTES);
            SortedMembers.init(root);
            for (int number = 0; number < size; number++) {
                add(number);
            }
        }

        @TearDown
        public void close() {
            allocator.close();
        }

        private long any() {
            return oldest + random.nextInt(size);
        }

        private boolean find(long number) {
            Members.write(text, number);
            return members.find(root, text, Members.BYTES);
        }

        private void add(long number) {
            if (!find(number)) {
                members.add(root, Members.score(number));
            }
        }
    }

    /** The set on the heap. */
    @State(Scope.Thread)
    public static class Heap {
        @Param({"1000", "1000000"})
        private int size;

        private final SplittableRandom random = new SplittableRandom(1);
        private final TreeSet<Scored> order = new TreeSet<>();
        private final Map<HeapMember, Scored> scores = new HashMap<>();
        private final HeapMember key = new HeapMember();
        private final HeapMember least = new HeapMember();
        private long oldest;

        @Setup
        public void fill() {
            for (int number = 0; number < size; number++) {
                add(number);
            }
        }

        private long any() {
            return oldest + random.nextInt(size);
        }

        private Scored find(long number) {
            return scores.get(key.become(number));
        }

        private void add(long number) {
            Scored added = new Scored(Members.score(number), new HeapMember(number));
            scores.put(added.member, added);
            order.add(added);
        }
    }

    /** A member in the order of scores. */
    private record Scored(double score, HeapMember member) implements Comparable<Scored> {
        @Override
        public int compareTo(Scored other) {
            int byScore = Double.compare(score, other.score);
            return byScore != 0 ? byScore : member.compareTo(other.member);
        }
    }

    /** Finds the score of a member at random. */
    @Benchmark
    public double score(OffHeap set) {
        return set.find(set.any()) ? set.members.score() : Double.NaN;
    }

    /** As {@link #score}; only the hash map takes part. */
    @Benchmark
    public double scoreHashMap(Heap set) {
        return set.find(set.any()).score();
    }

    /** Finds the rank of a member at random. */
    @Benchmark
    public long rank(OffHeap set) {
        return set.find(set.any()) ? set.members.rank(set.root) : -1;
    }

    /** As {@link #rank}, in linear time. */
    @Benchmark
    public int rankTreeSet(Heap set) {
        return set.order.headSet(set.find(set.any())).size();
    }

    /** Reads ten members from a score on; the time is for all ten. */
    @Benchmark
    public long range(OffHeap set) {
        MemberCursor cursor = set.cursor;
        double from = set.random.nextDouble(START_MAX);
        cursor.seek(set.root, set.members.rank(set.root, from, false));
        long sum = 0;
        for (int seen = 0; seen < RANGE; seen++) {
            sum += Memory.getLong(cursor.member());
            cursor.next();
        }
        return sum;
    }

    /** As {@link #range}. */
    @Benchmark
    public long rangeTreeSet(Heap set) {
        double from = set.random.nextDouble(START_MAX);
        Iterator<Scored> scored = set.order.tailSet(new Scored(from, set.least)).iterator();
        long sum = 0;
        for (int seen = 0; seen < RANGE; seen++) {
            sum += scored.next().member().first();
        }
        return sum;
    }

    /** Removes the oldest member and adds one: both together are one operation. */
    @Benchmark
    public long removeAndAdd(OffHeap set) {
        long number = set.oldest++;
        if (set.find(number)) {
            set.members.remove(set.root);
        }
        set.add(number + set.size);
        return SortedMembers.size(set.root);
    }

    /** As {@link #removeAndAdd}; what is added is new on the heap. */
    @Benchmark
    public int removeAndAddTreeSet(Heap set) {
        long number = set.oldest++;
        set.order.remove(set.scores.remove(set.key.become(number)));
        set.add(number + set.size);
        return set.order.size();
    }
}
