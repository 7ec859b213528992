// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.records;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.MemoryExhausted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records are sorted as a list is, wholly or in part. */
final class RecordsTest {
    private final Allocator allocator = new Allocator();
    private final Records records = new Records(allocator);
    private SplittableRandom random;

    private record Pair(long key, long number) {}

    @BeforeEach
    void start() {
        long seed = Long.getLong("sigrun.test.seed", System.nanoTime());
        System.out.println("RecordsTest: -Dsigrun.test.seed=" + seed);
        random = new SplittableRandom(seed);
    }

    @AfterEach
    void close() {
        records.close();
        assertEquals(0, allocator.usedBytes());
        allocator.close();
    }

    private List<Pair> fill(int size, int keys) {
        List<Pair> model = new ArrayList<>();
        records.open();
        for (int i = 0; i < size; i++) {
            Pair pair = new Pair(random.nextInt(keys), i);
            long record = records.add();
            Memory.putLong(record, pair.key);
            Memory.putLong(record + 8, random.nextLong());
            Memory.putLong(record + 16, random.nextLong());
            Memory.putLong(record + 24, pair.number);
            model.add(pair);
        }
        return model;
    }

    private static int byKey(long a, long b) {
        return Long.compare(Memory.getLong(a), Memory.getLong(b));
    }

    private static int byKeyAndNumber(long a, long b) {
        int order = byKey(a, b);
        return order != 0 ? order : Long.compare(Memory.getLong(a + 24), Memory.getLong(b + 24));
    }

    private void check(List<Pair> model, int size) {
        assertEquals(size, records.size());
        for (int i = 0; i < size; i++) {
            assertEquals(model.get(i).key, Memory.getLong(records.at(i)));
            assertEquals(model.get(i).number, Memory.getLong(records.at(i) + 24));
        }
    }

    @Test
    void sortingKeepsTheOrderOfEquals() {
        for (int round = 0; round < 60; round++) {
            int size = random.nextInt(random.nextInt(10) == 0 ? 3000 : 70);
            List<Pair> model = fill(size, 1 + random.nextInt(2 * size + 1));
            records.sort(RecordsTest::byKey, Integer.MAX_VALUE);
            model.sort(Comparator.comparingLong(Pair::key));
            check(model, size);
            records.close();
        }
    }

    @Test
    void theFirstFewAreThoseOfAll() {
        for (int round = 0; round < 200; round++) {
            int size = random.nextInt(600);
            int wanted = random.nextInt(random.nextBoolean() ? 10 : 700);
            List<Pair> model = fill(size, 1 + random.nextInt(100));
            records.sort(RecordsTest::byKeyAndNumber, wanted);
            model.sort(Comparator.comparingLong(Pair::key).thenComparingLong(Pair::number));
            check(model, Math.min(size, wanted));
            records.close();
        }
    }

    @Test
    void textsStayWhereTheyAre() {
        Texts texts = new Texts(allocator);
        List<byte[]> contents = new ArrayList<>();
        List<Long> addresses = new ArrayList<>();
        long source = allocator.allocate(100_000);
        for (int i = 0; i < 2000; i++) {
            byte[] content = new byte[random.nextInt(random.nextInt(200) == 0 ? 100_000 : 60)];
            random.nextBytes(content);
            Memory.copy(content, 0, source, content.length);
            addresses.add(texts.add(source, content.length));
            contents.add(content);
        }
        for (int i = 0; i < contents.size(); i++) {
            byte[] kept = new byte[contents.get(i).length];
            Memory.copy(addresses.get(i), kept, 0, kept.length);
            assertArrayEquals(contents.get(i), kept);
        }
        texts.close();
        texts.close();
        allocator.free(source, 100_000);
    }

    @Test
    void wantOfMemoryLeavesNothingBehind() {
        Allocator small = new Allocator(40_000);
        Records few = new Records(small);
        few.open();
        assertThrows(
                MemoryExhausted.class,
                () -> {
                    while (true) {
                        Memory.putLong(few.add(), 1);
                    }
                });
        assertTrue(few.size() >= 32);
        few.close();
        assertEquals(0, small.usedBytes());
        small.close();
    }
}
