// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class MemoryTest {
    @RegisterExtension static final Seed SEED = new Seed();

    private final Allocator allocator = new Allocator();

    @AfterEach
    void close() {
        allocator.close();
    }

    @Test
    void copiesMayOverlap() {
        SplittableRandom random = SEED.random();
        long at = allocator.allocate(256);
        byte[] model = new byte[256];
        for (int round = 0; round < 5_000; round++) {
            random.nextBytes(model);
            Memory.copy(model, 0, at, 256);
            int length = random.nextInt(100);
            int source = random.nextInt(256 - length);
            int target = random.nextInt(256 - length);
            System.arraycopy(model, source, model, target, length);
            Memory.copy(at + source, at + target, length);
            byte[] result = new byte[256];
            Memory.copy(at, result, 0, 256);
            assertArrayEquals(model, result);
        }
    }

    @Test
    void comparesLikeArrays() {
        SplittableRandom random = SEED.random();
        for (int round = 0; round < 20_000; round++) {
            byte[] a = new byte[random.nextInt(1, 40)];
            random.nextBytes(a);
            byte[] b = Arrays.copyOf(a, random.nextBoolean() ? a.length : random.nextInt(1, 40));
            if (random.nextBoolean()) {
                b[random.nextInt(b.length)] ^= (byte) (1 << random.nextInt(8));
            }
            long x = store(a);
            long y = store(b);
            assertEquals(
                    Integer.signum(Arrays.compareUnsigned(a, b)),
                    Integer.signum(Memory.compare(x, a.length, y, b.length)));
            if (a.length == b.length) {
                assertEquals(Arrays.equals(a, b), Memory.equal(x, y, a.length));
            }
            allocator.free(x, a.length);
            allocator.free(y, b.length);
        }
    }

    @Test
    void anAccessOutsideOfItsBlockIsAFault() {
        assumeTrue(Memory.CHECKED);
        long at = allocator.allocate(13);
        Memory.putInt(at + 9, 1);
        assertThrows(MemoryFault.class, () -> Memory.putInt(at + 10, 1));
        assertThrows(MemoryFault.class, () -> Memory.getByte(at - 1));
        assertThrows(MemoryFault.class, () -> Memory.getByte(at + 13));
        assertThrows(MemoryFault.class, () -> Memory.set(at, 14, (byte) 0));
        assertThrows(MemoryFault.class, () -> Memory.segment(at, 17));
        long next = allocator.allocate(16);
        assertThrows(MemoryFault.class, () -> Memory.copy(at, next, 16));
        assertThrows(MemoryFault.class, () -> Memory.getLong(next + 12));
        allocator.free(at, 13);
        assertThrows(MemoryFault.class, () -> Memory.getByte(at));
    }

    @Test
    void foreignMemoryPasses() {
        try (Arena arena = Arena.ofConfined()) {
            long address = arena.allocate(16).address();
            Memory.putLong(address + 3, 0x0102030405060708L);
            assertEquals(8, Memory.getByte(address + 3));
            assertEquals(0x0708, Memory.getShort(address + 3));
            Memory.putDouble(address, 0.5);
            assertEquals(0.5, Memory.getDouble(address));
        }
    }

    private long store(byte[] bytes) {
        long at = allocator.allocate(bytes.length);
        Memory.copy(bytes, 0, at, bytes.length);
        return at;
    }
}
