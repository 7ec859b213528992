// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.bitmap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Integers of all widths and their bounds agree with {@link BigInteger}. */
final class BitIntegerTest {
    private static final int ROUNDS = 20_000;
    private static final int BYTES = 21;

    private final Allocator allocator = new Allocator();
    private SplittableRandom random;
    private long address;
    private BigInteger model = BigInteger.ZERO;

    @BeforeEach
    void start() {
        long seed = Long.getLong("sigrun.test.seed", System.nanoTime());
        System.out.println("BitIntegerTest: -Dsigrun.test.seed=" + seed);
        random = new SplittableRandom(seed);
        address = allocator.allocate(BYTES);
        Memory.set(address, BYTES, (byte) 0);
    }

    @AfterEach
    void close() {
        allocator.close();
    }

    private static BigInteger mask(int bits) {
        return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
    }

    private BigInteger read(int offset, int bits) {
        return model.shiftRight(8 * BYTES - offset - bits).and(mask(bits));
    }

    private void write(int offset, int bits, long value) {
        int shift = 8 * BYTES - offset - bits;
        model =
                model.andNot(mask(bits).shiftLeft(shift))
                        .or(BigInteger.valueOf(value).and(mask(bits)).shiftLeft(shift));
    }

    @Test
    void isReadAndWrittenAtAnyBit() {
        for (int round = 0; round < ROUNDS; round++) {
            int bits = random.nextInt(1, 65);
            int offset = random.nextInt(8 * BYTES - bits + 1);
            long value = random.nextLong();
            BitInteger.put(address, offset, bits, value);
            write(offset, bits, value);
            int wanted = random.nextInt(1, 65);
            int at = random.nextInt(8 * BYTES - wanted + 1);
            BigInteger unsigned = read(at, wanted);
            assertEquals(unsigned.longValue(), BitInteger.unsigned(address, BYTES, at, wanted));
            long signed = unsigned.longValue() << 64 - wanted >> 64 - wanted;
            assertEquals(signed, BitInteger.signed(address, BYTES, at, wanted));
        }
    }

    @Test
    void readsZerosBehindTheEnd() {
        Memory.set(address, BYTES, (byte) -1);
        for (int bits = 1; bits <= 64; bits++) {
            for (int offset = 8 * BYTES - 80; offset < 8 * BYTES + 80; offset++) {
                int inside = Math.clamp(8L * BYTES - offset, 0, bits);
                BigInteger expected = mask(inside).shiftLeft(bits - inside);
                assertEquals(
                        expected.longValue(), BitInteger.unsigned(address, BYTES, offset, bits));
            }
        }
        assertEquals(0, BitInteger.unsigned(0, 0, 12, 64));
    }

    @Test
    void sumsWithoutSignAreBounded() {
        for (int round = 0; round < ROUNDS; round++) {
            int bits = random.nextInt(1, 64);
            long value = random.nextLong() >>> 64 - bits;
            long increment = random.nextLong() >> random.nextInt(64);
            BigInteger sum = BigInteger.valueOf(value).add(BigInteger.valueOf(increment));
            BigInteger max = mask(bits);
            int direction = Overflow.ofUnsigned(value, increment, bits);
            assertEquals(direction(sum, BigInteger.ZERO, max), direction);
            long wrapped = Overflow.WRAP.bounded(value + increment, direction, bits);
            assertEquals(sum.and(max).longValue(), wrapped);
            if (direction != 0) {
                long bound = direction > 0 ? max.longValue() : 0;
                assertEquals(bound, Overflow.SAT.bounded(value + increment, direction, bits));
            }
        }
    }

    @Test
    void sumsWithSignAreBounded() {
        for (int round = 0; round < ROUNDS; round++) {
            int bits = random.nextInt(1, 65);
            long value = random.nextLong() >> 64 - bits;
            long increment = random.nextLong() >> random.nextInt(64);
            BigInteger sum = BigInteger.valueOf(value).add(BigInteger.valueOf(increment));
            BigInteger max = mask(bits - 1);
            BigInteger min = max.not();
            int direction = Overflow.ofSigned(value, increment, bits);
            assertEquals(direction(sum, min, max), direction);
            long wrapped = Overflow.WRAP.boundedSigned(value + increment, direction, bits);
            assertEquals(sum.longValue() << 64 - bits >> 64 - bits, wrapped);
            if (direction != 0) {
                long bound = (direction > 0 ? max : min).longValue();
                assertEquals(bound, Overflow.SAT.boundedSigned(sum.longValue(), direction, bits));
            }
        }
    }

    private static int direction(BigInteger sum, BigInteger min, BigInteger max) {
        return sum.compareTo(max) > 0 ? 1 : sum.compareTo(min) < 0 ? -1 : 0;
    }
}
