// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AllocatorTest {
    @RegisterExtension static final Seed SEED = new Seed();

    private final Allocator allocator = new Allocator();

    private record Block(long address, long bytes, long stamp) {}

    @AfterEach
    void close() {
        allocator.close();
    }

    @Test
    void blocksNeverOverlapAndAreAccountedExactly() {
        SplittableRandom random = SEED.random();
        List<Block> blocks = new ArrayList<>();
        NavigableMap<Long, Long> live = new TreeMap<>();
        long used = 0;
        for (int step = 0; step < 120_000; step++) {
            boolean growing = (step / 20_000) % 2 == 0;
            if (blocks.isEmpty() || random.nextInt(10) < (growing ? 6 : 3)) {
                Block block = allocate(random, size(random));
                claim(live, block.address, block.bytes);
                blocks.add(block);
                used += Allocator.usableSize(block.bytes);
            } else {
                int index = random.nextInt(blocks.size());
                Block block = blocks.get(index);
                check(block);
                live.remove(block.address);
                used -= Allocator.usableSize(block.bytes);
                if (random.nextInt(3) == 0) {
                    Block resized = resize(random, block);
                    claim(live, resized.address, resized.bytes);
                    used += Allocator.usableSize(resized.bytes);
                    blocks.set(index, resized);
                } else {
                    allocator.free(block.address, block.bytes);
                    blocks.set(index, blocks.getLast());
                    blocks.removeLast();
                }
            }
            assertEquals(used, allocator.usedBytes());
        }
        assertTrue(allocator.committedBytes() >= used);
        for (Block block : blocks) {
            check(block);
            allocator.free(block.address, block.bytes);
        }
        assertEquals(0, allocator.usedBytes());
        allocator.trim();
        assertEquals(0, allocator.committedBytes());
    }

    private static long size(SplittableRandom random) {
        return switch (random.nextInt(40)) {
            case 0 -> random.nextLong(400_000);
            case 1, 2 -> random.nextLong(40_000);
            case 3, 4, 5 -> random.nextLong(4_000);
            default -> random.nextLong(200);
        };
    }

    private Block allocate(SplittableRandom random, long bytes) {
        long address = allocator.allocate(bytes);
        assertEquals(0, address & 7);
        assertEquals(address, allocator.address(allocator.reference(address)));
        assertTrue(allocator.reference(address) > 0 && allocator.reference(address) < 1L << 40);
        if (bytes % 64 == 0 && bytes > 0) {
            assertEquals(0, address & 63);
        }
        return stamp(address, bytes, random.nextLong());
    }

    private static Block stamp(long address, long bytes, long stamp) {
        if (bytes >= 16) {
            Memory.putLong(address, stamp);
            Memory.putLong(address + bytes - 8, ~stamp);
        }
        return new Block(address, bytes, stamp);
    }

    private static void check(Block block) {
        if (block.bytes >= 16) {
            assertEquals(block.stamp, Memory.getLong(block.address));
            assertEquals(~block.stamp, Memory.getLong(block.address + block.bytes - 8));
        }
    }

    private Block resize(SplittableRandom random, Block block) {
        long bytes = random.nextBoolean() ? size(random) : random.nextLong(block.bytes * 2 + 1);
        long address = allocator.resize(block.address, block.bytes, bytes);
        if (Math.min(bytes, block.bytes) >= 16) {
            assertEquals(block.stamp, Memory.getLong(address));
        }
        return stamp(address, bytes, random.nextLong());
    }

    private static void claim(NavigableMap<Long, Long> live, long address, long bytes) {
        long usable = Allocator.usableSize(bytes);
        Map.Entry<Long, Long> before = live.floorEntry(address);
        assertTrue(before == null || before.getKey() + before.getValue() <= address);
        Long after = live.ceilingKey(address);
        assertTrue(after == null || address + usable <= after);
        live.put(address, usable);
    }

    @Test
    void aRunGrowsAndShrinksInPlaceWhenItsNeighbourIsFree() {
        long at = allocator.allocate(100_000);
        assertEquals(at, allocator.resize(at, 100_000, 5_000_000));
        Memory.putByte(at + 4_999_999, (byte) 1);
        long next = allocator.allocate(100_000);
        assertEquals(at, allocator.resize(at, 5_000_000, 20_000));
        assertEquals(at, allocator.resize(at, 20_000, 4_000_000));
        assertNotEquals(at, allocator.resize(at, 4_000_000, 9_000_000));
        allocator.free(next, 100_000);
    }

    @Test
    void theCeilingHoldsAndChangesNothing() {
        allocator.ceilingBytes(10_000);
        long at = allocator.allocate(8_000);
        long used = allocator.usedBytes();
        assertThrows(MemoryExhausted.class, () -> allocator.allocate(4_000));
        assertThrows(MemoryExhausted.class, () -> allocator.resize(at, 8_000, 50_000));
        assertEquals(used, allocator.usedBytes());
        allocator.ceilingBytes(1);
        long smaller = allocator.resize(at, 8_000, 500);
        allocator.ceilingBytes(10_000);
        allocator.free(smaller, 500);
        long again = allocator.allocate(8_000);
        Memory.putLong(again, 7);
        allocator.ceilingBytes(Long.MAX_VALUE);
        assertThrows(MemoryExhausted.class, () -> allocator.allocate(1L << 43));
        assertThrows(MemoryExhausted.class, () -> allocator.allocate(Long.MAX_VALUE));
        assertEquals(used, allocator.usedBytes());
        allocator.free(again, 8_000);
    }

    @Test
    void wrongFreesAreFaults() {
        assumeTrue(Memory.CHECKED);
        long at = allocator.allocate(100);
        assertThrows(MemoryFault.class, () -> allocator.free(at, 99));
        assertThrows(MemoryFault.class, () -> allocator.free(at + 8, 92));
        assertThrows(MemoryFault.class, () -> allocator.free(12_345_678L, 8));
        assertThrows(MemoryFault.class, () -> allocator.resize(at, 104, 8));
        allocator.free(at, 100);
        assertThrows(MemoryFault.class, () -> allocator.free(at, 100));
        assertEquals((byte) 0xDB, (byte) (Memory.rawLong(at + 16) & 0xff));
        try (Allocator other = new Allocator()) {
            long foreign = other.allocate(16);
            assertThrows(MemoryFault.class, () -> allocator.free(foreign, 16));
        }
    }

    @Test
    void emptiedSlabsGoBack() {
        long[] blocks = new long[200_000];
        for (int at = 0; at < blocks.length; at++) {
            blocks[at] = allocator.allocate(100);
        }
        long committed = allocator.committedBytes();
        assertTrue(committed < allocator.usedBytes() * 1.02);
        for (long block : blocks) {
            allocator.free(block, 100);
        }
        assertTrue(allocator.committedBytes() < committed / 4);
        allocator.trim();
        assertEquals(0, allocator.committedBytes());
        assertEquals(0, Memory.rawLong(blocks[7]));
    }

    @Test
    void noSizeWastesMoreThanAQuarter() {
        for (long bytes = 1; bytes < 200_000; bytes++) {
            long usable = Allocator.usableSize(bytes);
            assertTrue(usable >= bytes && (usable - bytes < 8 || usable < bytes * 1.26));
            assertEquals(usable, Allocator.usableSize(usable));
        }
    }

    @Test
    void theHotPathMakesNoGarbage() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        churn();
        long before = threads.getCurrentThreadAllocatedBytes();
        long again = threads.getCurrentThreadAllocatedBytes();
        churn();
        long after = threads.getCurrentThreadAllocatedBytes();
        assertEquals(0, after - again - (again - before));
    }

    private void churn() {
        for (int round = 0; round < 30_000; round++) {
            long small = allocator.allocate(8 + (round & 255));
            long middle = allocator.allocate(3_000);
            allocator.free(small, 8 + (round & 255));
            allocator.free(middle, 3_000);
        }
    }
}
