// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.memory;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.pack.Listpack;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

/**
 * {@link Listpack} against a list of arrays, with 128 elements: three of four are 4 to 24 letters,
 * the others integers of up to six digits.
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
@State(Scope.Thread)
public class ListpackBenchmark {
    private static final int COUNT = 128;
    private static final int BYTES_MAX = 24;

    private final SplittableRandom random = new SplittableRandom(1);
    private final byte[][] contents = new byte[COUNT][];
    private final long[] texts = new long[COUNT];
    private final List<byte[]> list = new ArrayList<>();
    private Allocator allocator;
    private long listpack;

    @Setup
    public void fill() {
        allocator = new Allocator();
        for (int index = 0; index < COUNT; index++) {
            contents[index] = content(index);
            texts[index] = allocator.allocate(BYTES_MAX);
            Memory.copy(contents[index], 0, texts[index], contents[index].length);
            list.add(contents[index].clone());
        }
        listpack = filled();
    }

    @TearDown
    public void close() {
        allocator.close();
    }

    private byte[] content(int index) {
        if (index % 4 == 3) {
            return Integer.toString(random.nextInt(1_000_000)).getBytes(StandardCharsets.US_ASCII);
        }
        byte[] letters = new byte[4 + random.nextInt(BYTES_MAX - 3)];
        for (int at = 0; at < letters.length; at++) {
            letters[at] = (byte) ('a' + random.nextInt(26));
        }
        return letters;
    }

    private long filled() {
        long lp = allocator.allocate(Listpack.EMPTY_BYTES);
        Listpack.create(lp);
        for (int index = 0; index < COUNT; index++) {
            int length = contents[index].length;
            long bytes = Listpack.bytes(lp);
            long more = Listpack.entryBytes(texts[index], length);
            lp = allocator.resize(lp, bytes, bytes + more);
            Listpack.append(lp, texts[index], length);
        }
        return lp;
    }

    /** Fills an empty listpack that grows with each element; the time is for one element. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public long append() {
        long lp = filled();
        long bytes = Listpack.bytes(lp);
        allocator.free(lp, bytes);
        return bytes;
    }

    /** Fills an empty list with copies; the time is for one element. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public List<byte[]> appendArrayList() {
        List<byte[]> filled = new ArrayList<>();
        for (byte[] content : contents) {
            filled.add(content.clone());
        }
        return filled;
    }

    /** Finds an element at random by its content. */
    @Benchmark
    public long find() {
        int index = random.nextInt(COUNT);
        long first = Listpack.first(listpack);
        return Listpack.find(first, texts[index], contents[index].length, 0);
    }

    /** As {@link #find}. */
    @Benchmark
    public int findArrayList() {
        byte[] content = contents[random.nextInt(COUNT)];
        for (int at = 0; at < COUNT; at++) {
            if (Arrays.equals(list.get(at), content)) {
                return at;
            }
        }
        return -1;
    }

    /** Reads from all elements, one after the other; the time is for one element. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public long iterate() {
        long sum = 0;
        for (long entry = Listpack.first(listpack); entry != 0; entry = Listpack.next(entry)) {
            sum +=
                    Listpack.isInteger(entry)
                            ? Listpack.integer(entry)
                            : Memory.getByte(Listpack.stringAddress(entry));
        }
        return sum;
    }

    /** As {@link #iterate}; integers are not stored as such here, so their text is read from. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public long iterateArrayList() {
        long sum = 0;
        for (byte[] content : list) {
            sum += content[0];
        }
        return sum;
    }
}
