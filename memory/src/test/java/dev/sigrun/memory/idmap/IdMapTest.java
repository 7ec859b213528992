// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.idmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.MemoryExhausted;
import dev.sigrun.memory.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class IdMapTest {
    @RegisterExtension static final Seed SEED = new Seed();

    private final Allocator allocator = new Allocator();
    private final IdMap maps = new IdMap(allocator);
    private final IdCursor cursor = new IdCursor();
    private final long map = newMap();
    private final TreeMap<Id, Long> model = new TreeMap<>();

    /** Which keys come in, and which go. */
    enum Pattern {
        /** Keys rise, and go in any order. */
        APPEND,
        /** Keys rise, and the lowest go first. */
        QUEUE,
        /** Keys fall. */
        FALLING,
        /** Few different keys, all over. */
        CROWDED,
        /** Any keys at all, and those at both ends. */
        WILD
    }

    private long newMap() {
        long root = allocator.allocate(IdMap.ROOT_BYTES);
        IdMap.init(root);
        return root;
    }

    @AfterEach
    void nothingIsLeft() {
        try (allocator) {
            while (!model.isEmpty()) {
                remove(model.firstKey());
            }
            assertEquals(List.of(), IdCheck.keys(map));
            allocator.free(map, IdMap.ROOT_BYTES);
            assertEquals(0, allocator.usedBytes());
        }
    }

    private void put(Id id, long value) {
        Long before = model.put(id, value);
        assertEquals(before == null ? 0 : before, maps.put(map, id.ms(), id.seq(), value));
    }

    private void remove(Id id) {
        Long before = model.remove(id);
        assertEquals(before == null ? 0 : before, maps.remove(map, id.ms(), id.seq()));
    }

    @ParameterizedTest
    @EnumSource(Pattern.class)
    void aMapDoesWhatASortedMapOfTheHeapDoes(Pattern pattern) {
        SplittableRandom random = SEED.random();
        for (int round = 0; round < 6; round++) {
            boolean growing = round % 2 == 0;
            for (int i = 0; i < 2500; i++) {
                if (random.nextInt(10) < (growing ? 8 : 2)) {
                    put(newKey(pattern, random), random.nextLong() | 1);
                } else {
                    remove(oldKey(pattern, random));
                }
                lookAround(newKey(Pattern.WILD, random));
                if (i % 250 == 0) {
                    assertEquals(List.copyOf(model.keySet()), IdCheck.keys(map));
                }
            }
            walkAll();
        }
    }

    private Id newKey(Pattern pattern, SplittableRandom random) {
        Id last = model.isEmpty() ? new Id(1L << 62, 0) : model.lastKey();
        Id first = model.isEmpty() ? new Id(1L << 62, 0) : model.firstKey();
        return switch (pattern) {
            case APPEND, QUEUE ->
                    random.nextBoolean()
                            ? new Id(last.ms(), last.seq() + 1)
                            : new Id(last.ms() + random.nextInt(3), last.seq() + 1);
            case FALLING -> new Id(first.ms() - 1, random.nextLong());
            case CROWDED -> new Id(random.nextInt(40), random.nextInt(40));
            case WILD -> new Id(edge(random), edge(random));
        };
    }

    private static long edge(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> Long.MAX_VALUE;
            case 3 -> Long.MIN_VALUE;
            default -> random.nextLong();
        };
    }

    private Id oldKey(Pattern pattern, SplittableRandom random) {
        if (model.isEmpty()) {
            return new Id(0, 0);
        }
        if (pattern == Pattern.QUEUE) {
            return model.firstKey();
        }
        Id near = model.ceilingKey(new Id(edge(random), edge(random)));
        if (near == null || pattern == Pattern.APPEND) {
            Id last = model.lastKey();
            near = model.floorKey(new Id(last.ms() - random.nextInt(50), random.nextInt(3000)));
        }
        return near == null ? model.lastKey() : near;
    }

    private void lookAround(Id id) {
        Long there = model.get(id);
        assertEquals(there == null ? 0 : there, IdMap.get(map, id.ms(), id.seq()));
        expect(model.ceilingEntry(id), cursor.atLeast(map, id.ms(), id.seq()));
        if (cursor.isOnEntry()) {
            Id here = new Id(cursor.ms(), cursor.seq());
            expect(model.lowerEntry(here), cursor.previous());
        }
        expect(model.floorEntry(id), cursor.atMost(map, id.ms(), id.seq()));
        if (cursor.isOnEntry()) {
            Id here = new Id(cursor.ms(), cursor.seq());
            expect(model.higherEntry(here), cursor.next());
        }
        expect(model.firstEntry(), cursor.first(map));
        expect(model.lastEntry(), cursor.last(map));
    }

    private void expect(Map.Entry<Id, Long> entry, boolean found) {
        assertEquals(entry != null, found);
        assertEquals(found, cursor.isOnEntry());
        if (found) {
            assertEquals(entry.getKey(), new Id(cursor.ms(), cursor.seq()));
            assertEquals(entry.getValue(), cursor.value());
        }
    }

    private void walkAll() {
        List<Id> forward = new ArrayList<>();
        for (boolean more = cursor.first(map); more; more = cursor.next()) {
            forward.add(new Id(cursor.ms(), cursor.seq()));
        }
        assertEquals(List.copyOf(model.keySet()), forward);
        List<Id> backward = new ArrayList<>();
        for (boolean more = cursor.last(map); more; more = cursor.previous()) {
            backward.add(new Id(cursor.ms(), cursor.seq()));
        }
        assertEquals(forward.reversed(), backward);
    }

    @Test
    void keysInOrderFillTheNodes() {
        for (int i = 0; i < 10_000; i++) {
            put(new Id(1000 + i / 7, i % 7), i + 1);
        }
        assertTrue(IdMap.memoryBytes(map) < 25 * 10_000, () -> "" + IdMap.memoryBytes(map));
        assertEquals(
                IdMap.memoryBytes(map), allocator.usedBytes() - IdMap.ROOT_BYTES, "no hidden rest");
    }

    @Test
    void aMapOfFewEntriesIsSmall() {
        put(new Id(1, 1), 7);
        assertEquals(32, IdMap.memoryBytes(map));
        put(new Id(1, 2), 7);
        put(new Id(1, 3), 7);
        assertEquals(104, IdMap.memoryBytes(map));
        for (int i = 4; i < 1000; i++) {
            put(new Id(1, i), 7);
        }
        for (int i = 2; i < 1000; i++) {
            remove(new Id(1, i));
        }
        assertEquals(56, IdMap.memoryBytes(map));
    }

    @Test
    void whatIsLeftAfterRemovalsIsJoined() {
        for (int i = 0; i < 20_000; i++) {
            put(new Id(i, 0), 1);
        }
        for (int i = 0; i < 20_000; i++) {
            if (i % 40 != 0) {
                remove(new Id(i, 0));
            }
        }
        IdCheck.keys(map);
        // At a tenth of its room a node would have joined another one.
        assertTrue(IdMap.memoryBytes(map) < 500 * 24 * 10, () -> "" + IdMap.memoryBytes(map));
    }

    @Test
    void aValueIsChangedInPlace() {
        put(new Id(1, 1), 5);
        assertEquals(5, maps.put(map, 1, 1, 6));
        assertTrue(cursor.first(map));
        cursor.value(7);
        assertEquals(7, IdMap.get(map, 1, 1));
        assertEquals(1, IdMap.size(map));
        model.put(new Id(1, 1), 7L);
        assertThrows(IllegalArgumentException.class, () -> cursor.value(0));
        assertThrows(IllegalArgumentException.class, () -> maps.put(map, 2, 2, 0));
    }

    @Test
    void theMapMayBeMoved() {
        for (int i = 0; i < 500; i++) {
            put(new Id(i, 0), i + 1);
        }
        long moved = allocator.allocate(IdMap.ROOT_BYTES);
        Memory.copy(map, moved, IdMap.ROOT_BYTES);
        assertEquals(250, IdMap.get(moved, 249, 0));
        assertEquals(500, IdMap.size(moved));
        allocator.free(moved, IdMap.ROOT_BYTES);
    }

    @Test
    void freeingInPartsTellsEachValueOnce() {
        SplittableRandom random = SEED.random();
        for (int i = 0; i < 5000; i++) {
            put(new Id(random.nextInt(1000), random.nextInt(50)), i + 1);
        }
        List<Long> released = new ArrayList<>();
        long steps = 0;
        while (IdMap.size(map) > 0) {
            long budget = random.nextInt(1, 300);
            long taken = maps.freeSome(map, budget, released::add);
            steps += taken;
            assertTrue(taken == budget || IdMap.size(map) == 0);
            IdCheck.keys(map);
        }
        assertEquals(0, maps.freeSome(map, 1, released::add));
        assertEquals(model.size(), steps);
        assertEquals(
                model.values().stream().sorted().toList(), released.stream().sorted().toList());
        model.clear();
    }

    @Test
    void aMapGoesOnAfterAPartWasFreed() {
        for (int i = 0; i < 3000; i++) {
            put(new Id(i, 0), i + 1);
        }
        for (int i = 0; i < 2900; i++) {
            model.pollLastEntry();
        }
        assertEquals(2900, maps.freeSome(map, 2900, value -> assertTrue(value > 100)));
        for (int i = 0; i < 300; i++) {
            put(new Id(i, 1), 1);
        }
        assertEquals(List.copyOf(model.keySet()), IdCheck.keys(map));
    }

    @Test
    void aCopyHasTheValuesThatWereChosenForIt() {
        for (int i = 0; i < 3000; i++) {
            put(new Id(i * 31L % 3000, 5), i + 1);
        }
        long copy = newMap();
        maps.copy(map, copy, value -> -value);
        assertEquals(IdCheck.keys(map), IdCheck.keys(copy));
        model.forEach((id, value) -> assertEquals(-value, IdMap.get(copy, id.ms(), id.seq())));
        maps.freeSome(copy, Long.MAX_VALUE, value -> {});
        allocator.free(copy, IdMap.ROOT_BYTES);
    }

    @Test
    void aChangeThatFindsNoMemoryChangesNothing() {
        for (long i = 0; i < 42 * 42; i++) {
            put(new Id(2 * i, 0), i + 1);
        }
        // From here on each insertion into a leaf splits it, and this one the root too.
        long used = allocator.usedBytes();
        for (long more : new long[] {0, 1016, 2032}) {
            allocator.ceilingBytes(used + more);
            assertThrows(MemoryExhausted.class, () -> maps.put(map, 2 * 42 * 42, 0, 1));
            assertThrows(MemoryExhausted.class, () -> maps.put(map, 3, 0, 1));
            assertEquals(used, allocator.usedBytes());
            assertEquals(List.copyOf(model.keySet()), IdCheck.keys(map));
        }
        assertFalse(model.containsKey(new Id(3, 0)));
        allocator.ceilingBytes(Long.MAX_VALUE);
        put(new Id(3, 0), 1);
        assertEquals(List.copyOf(model.keySet()), IdCheck.keys(map));
    }

    @Test
    void takingOutNeedsNoMemory() {
        for (int i = 0; i < 42; i++) {
            put(new Id(i, 0), 1);
        }
        allocator.ceilingBytes(allocator.usedBytes());
        for (int i = 0; i < 41; i++) {
            remove(new Id(i, 0));
        }
        assertEquals(List.copyOf(model.keySet()), IdCheck.keys(map));
    }
}
