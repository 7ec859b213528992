// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.bitmap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts, searches and combinations by words agree with {@link BitSet}, at any alignment. */
final class WordsTest {
    private static final int ROUNDS = 3000;
    private static final int BYTES_MAX = 200;
    private static final List<BitOperation> OPERATIONS = List.of(BitOperation.values());

    private final Allocator allocator = new Allocator();
    private SplittableRandom random;

    @BeforeEach
    void start() {
        long seed = Long.getLong("sigrun.test.seed", System.nanoTime());
        System.out.println("WordsTest: -Dsigrun.test.seed=" + seed);
        random = new SplittableRandom(seed);
    }

    @AfterEach
    void close() {
        allocator.close();
    }

    /** Bytes of which long runs are all zeros or all ones, so that searches have far to go. */
    private byte[] content(int length) {
        byte[] content = new byte[length];
        byte run = (byte) random.nextInt(-1, 1);
        for (int i = 0; i < length; i++) {
            run = random.nextInt(40) == 0 ? (byte) ~run : run;
            content[i] = random.nextInt(30) == 0 ? (byte) random.nextInt() : run;
        }
        return content;
    }

    /** A copy in a block that has no byte to spare, so that the checked mode sees every slip. */
    private long placed(byte[] content, int shift) {
        long block = allocator.allocate(content.length + shift);
        Memory.copy(content, 0, block + shift, content.length);
        return block + shift;
    }

    private static BitSet model(byte[] content) {
        BitSet bits = new BitSet();
        for (int i = 0; i < 8 * content.length; i++) {
            bits.set(i, (content[i >> 3] >> 7 - (i & 7) & 1) == 1);
        }
        return bits;
    }

    private static byte[] bytes(BitSet bits, int length) {
        byte[] content = new byte[length];
        bits.stream()
                .filter(i -> i < 8 * length)
                .forEach(i -> content[i >> 3] |= (byte) (0x80 >> (i & 7)));
        return content;
    }

    @Test
    void countsAllOnes() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] content = content(random.nextInt(1, BYTES_MAX));
            int shift = random.nextInt(8);
            long address = placed(content, shift);
            assertEquals(model(content).cardinality(), Population.count(address, content.length));
            allocator.free(address - shift, content.length + shift);
        }
    }

    @Test
    void findsTheFirstBitInARange() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] content = content(random.nextInt(1, BYTES_MAX));
            BitSet bits = model(content);
            int from = random.nextInt(8 * content.length);
            int to = random.nextInt(from, 8 * content.length);
            int shift = random.nextInt(8);
            long address = placed(content, shift);
            int one = bits.nextSetBit(from);
            int zero = bits.nextClearBit(from);
            assertEquals(one > to ? -1 : one, BitSearch.first(address, from, to, 1));
            assertEquals(zero > to ? -1 : zero, BitSearch.first(address, from, to, 0));
            allocator.free(address - shift, content.length + shift);
        }
    }

    @Test
    void combinesSourcesOfAnyLengths() {
        for (int round = 0; round < ROUNDS; round++) {
            int length = random.nextInt(1, BYTES_MAX);
            byte[] first = content(random.nextInt(length + 1));
            byte[] second = content(random.nextInt(length + 1));
            BitOperation operation = OPERATIONS.get(random.nextInt(4));
            long target = allocator.allocate(length);
            long one = placed(first, 1);
            long other = placed(second, 2);
            operation.begin(target, length, one, first.length);
            BitSet expected = model(first);
            switch (operation) {
                case AND -> expected.and(model(second));
                case OR -> expected.or(model(second));
                case XOR -> expected.xor(model(second));
                case NOT -> expected.flip(0, 8 * length);
            }
            if (operation != BitOperation.NOT) {
                operation.combine(target, length, other, second.length);
            }
            byte[] result = new byte[length];
            Memory.copy(target, result, 0, length);
            assertArrayEquals(bytes(expected, length), result);
            allocator.free(target, length);
            allocator.free(one - 1, first.length + 1);
            allocator.free(other - 2, second.length + 2);
        }
    }
}
