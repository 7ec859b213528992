// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hyperloglog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Packed registers, one by one and eight at a time, agree with a plain array. */
final class DenseRegistersTest {
    private final Allocator allocator = new Allocator();
    private final int[] model = new int[Layout.REGISTERS];
    private SplittableRandom random;
    private long address;

    @BeforeEach
    void start() {
        long seed = Long.getLong("sigrun.test.seed", System.nanoTime());
        System.out.println("DenseRegistersTest: -Dsigrun.test.seed=" + seed);
        random = new SplittableRandom(seed);
        address = allocator.allocate(Layout.DENSE_LENGTH);
        Memory.set(address, Layout.DENSE_LENGTH, (byte) 0);
        for (int i = 0; i < 3 * Layout.REGISTERS; i++) {
            int index = i < Layout.REGISTERS ? i : random.nextInt(Layout.REGISTERS);
            model[index] = random.nextInt(64);
            DenseRegisters.set(address + Layout.HEADER_BYTES, index, model[index]);
        }
    }

    @AfterEach
    void close() {
        allocator.close();
    }

    @Test
    void registersAreReadOneByOne() {
        checkAll();
    }

    private void checkAll() {
        for (int i = 0; i < Layout.REGISTERS; i++) {
            assertEquals(model[i], DenseRegisters.get(address + Layout.HEADER_BYTES, i));
        }
    }

    @Test
    void theBitsStandInOrder() {
        byte[] packed = new byte[Layout.DENSE_BYTES];
        Memory.copy(address + Layout.HEADER_BYTES, packed, 0, packed.length);
        byte[] reversed = new byte[packed.length + 1];
        for (int i = 0; i < packed.length; i++) {
            reversed[packed.length - i] = packed[i];
        }
        BigInteger all = new BigInteger(reversed);
        for (int i = 0; i < Layout.REGISTERS; i += 101) {
            assertEquals(model[i], all.shiftRight(6 * i).intValue() & 63);
        }
    }

    @Test
    void eightRegistersMakeAWord() {
        long registers = address + Layout.HEADER_BYTES;
        for (int word = 0; word < Layout.REGISTERS / 8; word++) {
            long spread = DenseRegisters.word(registers, word);
            for (int i = 0; i < 8; i++) {
                assertEquals(model[8 * word + i], (int) (spread >>> 8 * i) & 0xFF);
            }
            DenseRegisters.word(registers, word, spread);
        }
        checkAll();
    }

    @Test
    void mergingKeepsTheLargerOfEachPair() {
        Registers union = new Registers();
        int[] expected = model.clone();
        for (int i = 0; i < Layout.REGISTERS; i++) {
            int value = random.nextInt(64);
            union.raise(i, 1, value);
            expected[i] = Math.max(expected[i], value);
        }
        union.raiseToDense(address);
        for (int i = 0; i < Layout.REGISTERS; i++) {
            assertEquals(expected[i], union.get(i));
        }
        union.writeDense(address);
        for (int i = 0; i < Layout.REGISTERS; i++) {
            assertEquals(expected[i], DenseRegisters.get(address + Layout.HEADER_BYTES, i));
        }
    }
}
