// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.bloom.fake.FakeOffHeap;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BloomFilterTest {
    private final FakeOffHeap memory = new FakeOffHeap();
    private final Totals totals = new Totals();

    @Test
    void bitsAreThoseOfValkeyBloom() throws CommandException {
        BloomFilter filter = Filters.of(memory, totals, 0.01, 10, 2);
        filter.add(memory, Filters.item("item1"), Filters.NO_LIMIT);
        filter.add(memory, Filters.item("item2"), Filters.NO_LIMIT);
        assertEquals(
                "010c0000000000000007000000"
                        + "590ff522ea7811daa714d8093b3e7bd91d898a733e988887307f97cd28073383"
                        + "e200000002e00b8018000000",
                hex(filter.layer(0)));
        filter.free(memory);
    }

    private static String hex(SipLayer layer) {
        byte[] content = new byte[(int) layer.string().bytes()];
        layer.string().get(0, content, 0, content.length);
        return HexFormat.of().formatHex(content);
    }

    @Test
    void hasNoFalseNegativesAndKeepsCount() throws CommandException {
        for (long seed = 1; seed <= 5; seed++) {
            String replay = "seed " + seed;
            Random random = new Random(seed);
            long capacity = 1L + random.nextInt(50);
            BloomFilter filter = Filters.of(memory, totals, 0.02, capacity, 1 + random.nextInt(3));
            Set<String> model = new HashSet<>();
            long added = 0;
            for (int i = 0; i < 3000; i++) {
                String word = "w" + random.nextInt(2000);
                boolean there = filter.contains(Filters.item(word));
                assertTrue(there || !model.contains(word), replay);
                if (random.nextBoolean()) {
                    boolean isNew = filter.add(memory, Filters.item(word), Filters.NO_LIMIT);
                    assertEquals(!there, isNew, replay);
                    added += isNew ? 1 : 0;
                    model.add(word);
                }
            }
            for (String word : model) {
                assertTrue(filter.contains(Filters.item(word)), replay);
            }
            assertEquals(added, filter.items(), replay);
            assertTrue(filter.layers() > 1, replay);
            memory.checkAll();
            filter.free(memory);
            assertEquals(0, memory.usedBytes());
        }
    }

    @Test
    void errsAsOftenAsAsked() throws CommandException {
        double[] rates = {0.1, 0.01, 0.001};
        for (double rate : rates) {
            BloomFilter filter = Filters.of(memory, totals, rate, 20_000, 2);
            Filters.fill(memory, filter, "in", 20_000);
            assertEquals(1, filter.layers());
            int hits = 0;
            final int probes = 200_000;
            for (int i = 0; i < probes; i++) {
                hits += filter.contains(Filters.item("out" + i)) ? 1 : 0;
            }
            double measured = (double) hits / probes;
            assertTrue(measured < rate * 1.3 && measured > rate * 0.6, rate + " " + measured);
            filter.free(memory);
        }
    }

    @Test
    void growsByExpansionAndTightens() throws CommandException {
        BloomFilter filter = Filters.of(memory, totals, 0.01, 10, 4);
        Filters.fill(memory, filter, "x", 10 + 40 + 1);
        assertEquals(3, filter.layers());
        assertEquals(10 + 40 + 160, filter.capacity());
        assertEquals(Sizing.bitBytes(40, 0.005), filter.layer(1).bitBytes());
        assertEquals(Sizing.bitBytes(160, 0.0025), filter.layer(2).bitBytes());
        assertSame(filter.layer(0).key, filter.layer(2).key);
        filter.free(memory);
    }

    @Test
    void staysAsItIsWhenItMayNotGrow() throws CommandException {
        BloomFilter fixed = Filters.of(memory, totals, 0.01, 2, 0);
        Filters.fill(memory, fixed, "x", 2);
        assertRefused(Errors.FULL, fixed, Filters.NO_LIMIT);
        BloomFilter small = Filters.of(memory, totals, 0.01, 2, 2);
        Filters.fill(memory, small, "x", 2);
        assertRefused(Errors.TOO_LARGE, small, small.sizeBytes() + 100);
        BloomFilter vanishing = Filters.of(memory, totals, 1e-300, 1, 1);
        Filters.fill(memory, vanishing, "x", 20);
        assertRefused(Errors.RATE_VANISHES, vanishing, Filters.NO_LIMIT, 40);
        BloomFilter wide = Filters.of(memory, totals, 0.9999999999999999, 1, 0xffffffffL);
        Filters.fill(memory, wide, "x", 1);
        assertRefused(Errors.TOO_LARGE, wide, 1 << 20);
        fixed.free(memory);
        small.free(memory);
        vanishing.free(memory);
        wide.free(memory);
        assertEquals(0, memory.usedBytes());
    }

    private void assertRefused(CommandException error, BloomFilter filter, long limit) {
        assertRefused(error, filter, limit, 1);
    }

    private void assertRefused(CommandException error, BloomFilter filter, long limit, int tries) {
        CommandException thrown =
                assertThrows(
                        CommandException.class,
                        () -> {
                            for (int i = 0; i < 1000 * tries; i++) {
                                filter.add(memory, Filters.item("more" + i), limit);
                            }
                        });
        assertSame(error, thrown);
        assertFalse(filter.items() > filter.capacity());
    }

    @Test
    void absurdWishesTakeNoMemory() {
        long[][] wishes = {{Long.MAX_VALUE, 0}, {1L << 62, 0}, {1L << 40, 0}};
        for (long[] wish : wishes) {
            for (double rate : new double[] {0.5, 1e-300, Double.MIN_VALUE}) {
                for (long limit : new long[] {128 << 20, Long.MAX_VALUE}) {
                    Shape shape = new Shape(rate, 0.5, wish[0], 2, SipKey.FIXED);
                    assertSame(
                            Errors.TOO_LARGE,
                            assertThrows(
                                    CommandException.class,
                                    () -> BloomFilter.reserve(memory, totals, shape, limit)));
                }
            }
        }
        assertEquals(0, memory.allocations());
        assertEquals(0, totals.memoryBytes());
    }

    @Test
    void fullMemoryIsAnErrorThatChangesNothing() throws CommandException {
        BloomFilter filter = Filters.of(memory, totals, 0.01, 2, 2);
        Filters.fill(memory, filter, "x", 2);
        memory.failAfter(0);
        assertRefused(Errors.OUT_OF_MEMORY, filter, Filters.NO_LIMIT);
        BloomFilter image = filter.pin();
        assertRefused(Errors.OUT_OF_MEMORY, filter, Filters.NO_LIMIT);
        image.free(memory);
        assertEquals(1, totals.objects());
        filter.free(memory);
        assertEquals(0, memory.usedBytes());
    }

    @Test
    void accountsAreExact() throws CommandException {
        BloomFilter filter = Filters.of(memory, totals, 0.01, 100, 2);
        assertEquals(384, filter.sizeBytes());
        assertEquals(384, totals.memoryBytes());
        assertEquals(45 + 120, memory.usedBytes());
        Filters.fill(memory, filter, "x", 101);
        long second = Sizing.bitBytes(200, 0.005);
        assertEquals(48 + 4 * 8 + 2 * 208 + 120 + second, filter.sizeBytes());
        assertEquals(filter.sizeBytes(), totals.memoryBytes());
        assertEquals(2 * 45 + 120 + second, memory.usedBytes());
        assertTrue(filter.memoryUsage(memory) >= memory.usedBytes());
        BloomFilter copy = filter.copy();
        assertEquals(2 * filter.sizeBytes(), totals.memoryBytes());
        assertEquals(4, totals.filters());
        assertEquals(202, totals.items());
        assertEquals(600, totals.capacity());
        assertFalse(filter.freeSome(memory, 1));
        assertTrue(filter.freeSome(memory, 1));
        copy.free(memory);
        assertEquals(0, memory.usedBytes());
        assertEquals(0, totals.memoryBytes() + totals.objects() + totals.filters());
        assertEquals(0, totals.items() + totals.capacity());
    }

    @Test
    void copyIsIndependent() throws CommandException {
        BloomFilter filter = Filters.of(memory, totals, 0.01, 100, 2);
        Filters.fill(memory, filter, "x", 50);
        String before = hex(filter.layer(0));
        BloomFilter copy = filter.copy();
        Filters.fill(memory, copy, "y", 30);
        assertEquals(before, hex(filter.layer(0)));
        filter.free(memory);
        assertTrue(copy.contains(Filters.item("x1")));
        copy.free(memory);
    }

    @Test
    void lookingUpAllocatesNothing() throws CommandException {
        BloomFilter filter = Filters.of(memory, totals, 0.01, 100, 2);
        Filters.fill(memory, filter, "x", 1000);
        AllocationMeter.assertNothing(() -> filter.contains(ITEM) ? 1 : 0);
        AllocationMeter.assertNothing(() -> filter.contains(OTHER) ? 1 : 0);
        filter.free(memory);
    }

    private static final Bytes ITEM = Filters.item("x17");
    private static final Bytes OTHER = Filters.item("an item that is not there");
}
