// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TableTest {
    @RegisterExtension static final Seed SEED = new Seed();

    private static final int ROUNDS_MAX = 1000;

    private final Allocator allocator = new Allocator();
    private final long keyAt = allocator.allocate(8);
    private LongUnaryOperator hash = TableTest::sip;

    /** An entry here is a key of eight bytes and what tells one version from the next. */
    private final EntryLayout layout =
            new EntryLayout() {
                @Override
                public long hash(long entry) {
                    return hash.applyAsLong(Memory.getLong(entry));
                }

                @Override
                public boolean matches(long entry, long key, int keyLength) {
                    return Memory.getLong(entry) == Memory.getLong(key);
                }
            };

    private final Table table = new Table(allocator, layout);

    enum Hashes {
        EVEN,
        EQUAL,
        LAST_HOME,
        FEW,
        SAME_TOP,
        SAME_TAG,
        ONE_SLOT;

        long of(long key) {
            return switch (this) {
                case EVEN -> sip(key);
                case EQUAL -> 0x123456789abcdef0L;
                case LAST_HOME -> -1L;
                case FEW -> sip(key % 7);
                case SAME_TOP -> (sip(key) & 0xffffffL) | 0x5a5a5a5a5a000000L;
                case SAME_TAG -> sip(key) & ~0xffL;
                case ONE_SLOT -> (sip(key) >>> 14) | (0x1234L << 50);
            };
        }
    }

    private static long sip(long key) {
        long mixed = (key + 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 29)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 32);
    }

    @AfterEach
    void close() {
        allocator.close();
    }

    private long insert(long key) {
        long entry = allocator.allocate(16);
        Memory.putLong(entry, key);
        table.insert(hash.applyAsLong(key), entry);
        return entry;
    }

    private long find(long key) {
        Memory.putLong(keyAt, key);
        return table.find(hash.applyAsLong(key), keyAt, 8);
    }

    private long remove(long key) {
        Memory.putLong(keyAt, key);
        long entry = table.remove(hash.applyAsLong(key), keyAt, 8);
        if (entry != 0) {
            allocator.free(entry, 16);
        }
        return entry;
    }

    @ParameterizedTest
    @EnumSource(Hashes.class)
    void behavesLikeAMapWhateverTheHash(Hashes hashes) {
        hash = hashes::of;
        SplittableRandom random = SEED.random();
        boolean even = hashes == Hashes.EVEN || hashes == Hashes.SAME_TAG;
        int keys = even ? 60_000 : 3_000;
        Map<Long, Long> model = new HashMap<>();
        for (int step = 0; step < keys * 6; step++) {
            long key = random.nextInt(keys);
            boolean growing = (step / keys) % 2 == 0;
            Long known = model.get(key);
            assertEquals(known == null ? 0 : known, find(key));
            if (known == null) {
                if (random.nextInt(10) < (growing ? 8 : 2)) {
                    model.put(key, insert(key));
                }
            } else if (random.nextInt(10) < (growing ? 1 : 8)) {
                assertEquals(known, remove(key));
                model.remove(key);
            } else if (random.nextInt(5) == 0) {
                long moved = allocator.allocate(16);
                Memory.copy(known, moved, 16);
                table.replace(hash.applyAsLong(key), known, moved);
                allocator.free(known, 16);
                model.put(key, moved);
            }
            assertEquals(model.size(), table.size());
            if (step % keys == keys - 1) {
                TableCheck.check(table);
                assertEquals(new HashSet<>(model.values()), all());
            }
        }
        model.keySet().forEach(key -> assertTrue(remove(key) != 0));
        assertEquals(0, table.memoryBytes());
        assertEquals(1, table.statistics().directory());
        assertEquals(Allocator.usableSize(8), allocator.usedBytes());
    }

    private Set<Long> all() {
        Set<Long> seen = new HashSet<>();
        table.forEach(entry -> assertTrue(seen.add(entry)));
        Set<Long> scanned = new HashSet<>();
        long cursor = 0;
        do {
            cursor = table.scan(cursor, entry -> assertTrue(scanned.add(entry)));
        } while (cursor != 0);
        assertEquals(seen, scanned);
        return seen;
    }

    @Test
    void growsToManyAndShrinksToNothing() {
        int count = 300_000;
        double loads = 0;
        int samples = 0;
        for (int key = 0; key < count; key++) {
            insert(key);
            if (key >= 10_000 && key <= 200_000 && key % 1_000 == 0) {
                loads += table.statistics().load();
                samples++;
            }
        }
        TableCheck.check(table);
        assertTrue(loads / samples >= 0.78, "average load " + loads / samples);
        assertEquals(0, table.statistics().spilled());
        for (int key = 0; key < count; key++) {
            assertTrue(find(key) != 0);
        }
        for (int key = 0; key < count; key++) {
            assertTrue(remove(key) != 0);
            if (key % 50_000 == 0) {
                TableCheck.check(table);
            }
            if (key == count * 9 / 10) {
                assertTrue(table.statistics().load() > 0.45, table.statistics().toString());
            }
        }
        assertEquals(0, table.memoryBytes());
        assertEquals(Allocator.usableSize(8), allocator.usedBytes());
    }

    @Test
    void anEmptyOrTinyTableIsSmall() {
        assertEquals(0, table.memoryBytes());
        for (int key = 0; key < 20; key++) {
            insert(key);
        }
        assertTrue(table.memoryBytes() <= 256, "bytes " + table.memoryBytes());
    }

    @Test
    void aScanMissesNothingThatStays() {
        SplittableRandom random = SEED.random();
        for (int round = 0; round < 12; round++) {
            int staying = 1 << random.nextInt(14);
            Set<Long> seen = new HashSet<>();
            for (long key = 0; key < staying; key++) {
                insert(-1 - key);
            }
            List<Long> others = new ArrayList<>();
            long nextKey = 0;
            long cursor = 0;
            boolean growing = random.nextBoolean();
            do {
                cursor =
                        table.scan(
                                cursor,
                                entry -> {
                                    if (Memory.getLong(entry) < 0) {
                                        assertTrue(seen.add(Memory.getLong(entry)));
                                    }
                                });
                if (random.nextInt(50) == 0) {
                    growing = !growing;
                }
                int changes = random.nextInt(1 + staying / 8);
                for (int change = 0; change < changes && others.size() < 60_000; change++) {
                    if (growing) {
                        insert(nextKey);
                        others.add(nextKey++);
                    } else if (!others.isEmpty()) {
                        assertTrue(remove(others.removeLast()) != 0);
                    }
                }
                growing &= others.size() < 50_000;
            } while (cursor != 0);
            assertEquals(staying, seen.size());
            table.clear(entry -> allocator.free(entry, 16));
        }
    }

    @ParameterizedTest
    @EnumSource(Hashes.class)
    void aVisitorMayRemoveAnyEntry(Hashes hashes) {
        hash = hashes::of;
        SplittableRandom random = SEED.random();
        int count = 2_000;
        Set<Long> left = new HashSet<>();
        for (long key = 0; key < count; key++) {
            insert(key);
            left.add(key);
        }
        List<Long> visited = new ArrayList<>();
        long[] cursor = {0};
        do {
            cursor[0] =
                    table.scan(
                            cursor[0],
                            entry -> {
                                long key = Memory.getLong(entry);
                                assertTrue(left.contains(key));
                                visited.add(key);
                                if (key % 2 == 0) {
                                    assertEquals(entry, remove(key));
                                    left.remove(key);
                                }
                                long other = random.nextInt(count * 4);
                                assertEquals(left.remove(other), remove(other) != 0);
                            });
        } while (cursor[0] != 0);
        assertEquals(visited.size(), new HashSet<>(visited).size());
        left.forEach(key -> assertTrue(key % 2 == 1 && find(key) != 0));
        TableCheck.check(table);
        table.forEach(entry -> {
            long key = Memory.getLong(entry);
            assertTrue(left.remove(key));
            assertTrue(remove(key) != 0);
        });
        assertEquals(0, table.size());
        assertEquals(0, table.memoryBytes());
    }

    @Test
    void aVisitorMustNotInsert() {
        long entry = insert(1);
        assertThrows(
                IllegalStateException.class,
                () -> table.forEach(visited -> table.insert(sip(2), entry)));
    }

    @Test
    void drainsByAndBy() {
        for (int key = 0; key < 10_000; key++) {
            insert(key);
        }
        int calls = 0;
        int[] freed = {0};
        boolean done;
        do {
            int before = freed[0];
            done =
                    table.drain(
                            entry -> {
                                allocator.free(entry, 16);
                                freed[0]++;
                            },
                            100);
            assertTrue(freed[0] - before <= 110);
            calls++;
        } while (!done);
        assertEquals(10_000, freed[0]);
        assertTrue(calls > 90);
        assertEquals(0, table.size());
        assertEquals(0, table.memoryBytes());
        long entry = insert(5);
        assertEquals(entry, find(5));
    }

    @Test
    void randomAndSampledEntriesAreFair() {
        SplittableRandom random = SEED.random();
        assertEquals(0, table.randomEntry(random));
        Map<Long, Integer> drawn = new HashMap<>();
        for (int key = 0; key < 1_000; key++) {
            drawn.put(insert(key), 0);
        }
        for (int draw = 0; draw < 100_000; draw++) {
            drawn.merge(table.randomEntry(random), 1, Integer::sum);
        }
        assertEquals(1_000, drawn.size());
        assertTrue(drawn.values().stream().allMatch(times -> times > 30 && times < 250));
        long[] into = new long[1_500];
        for (int round = 0; round < 1_000; round++) {
            int count = 1 + random.nextInt(40);
            int found = table.sample(random.nextLong(), into, count);
            assertEquals(count, found);
            Set<Long> different = new HashSet<>();
            for (int at = 0; at < found; at++) {
                assertTrue(drawn.containsKey(into[at]) && different.add(into[at]));
            }
        }
        assertEquals(1_000, table.sample(random.nextLong(), into, 1_500));
    }

    @Test
    void runningOutOfMemoryChangesNothing() {
        SplittableRandom random = SEED.random();
        int key = 0;
        int refused = 0;
        while (key < 20_000) {
            long entry = allocator.allocate(16);
            Memory.putLong(entry, key);
            boolean tight = random.nextInt(4) == 0;
            allocator.ceilingBytes(tight ? allocator.usedBytes() + 12_000 : Long.MAX_VALUE);
            long bytes = table.memoryBytes();
            try {
                table.insert(sip(key), entry);
                key++;
            } catch (MemoryExhausted exhausted) {
                refused++;
                assertEquals(key, table.size());
                assertEquals(bytes, table.memoryBytes());
                assertEquals(0, find(key));
                allocator.ceilingBytes(Long.MAX_VALUE);
                allocator.free(entry, 16);
            }
        }
        assertTrue(refused > 0);
        TableCheck.check(table);
        for (int at = 0; at < key; at++) {
            assertTrue(find(at) != 0);
        }
    }

    @Test
    void touchingChangesNothing() {
        insert(1);
        assertEquals(1, Memory.getLong(table.likelyEntry(sip(1))));
        assertEquals(0, table.likelyEntry(sip(1) ^ 0x55));
        assertEquals(table.touchBucket(sip(1)), table.touchBucket(sip(1)));
        assertFalse(table.removeEntry(sip(1), keyAt));
    }

    @Test
    void theHotPathMakesNoGarbage() {
        for (int key = 0; key < 20_000; key++) {
            insert(key);
        }
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] entries = new long[200];
        // What the compiler removes is only gone once it has compiled, so that is awaited.
        long garbage = -1;
        for (int round = 0; round < ROUNDS_MAX && garbage != 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            long again = threads.getCurrentThreadAllocatedBytes();
            turnover(entries);
            long after = threads.getCurrentThreadAllocatedBytes();
            garbage = after - again - (again - before);
        }
        assertEquals(0, garbage);
    }

    private void turnover(long[] entries) {
        for (int round = 0; round < 50; round++) {
            for (int at = 0; at < entries.length; at++) {
                entries[at] = allocator.allocate(16);
                Memory.putLong(entries[at], -1 - at);
                table.insert(sip(-1 - at), entries[at]);
            }
            for (int at = 0; at < entries.length; at++) {
                Memory.putLong(keyAt, -1 - at);
                if (table.find(sip(-1 - at), keyAt, 8) == 0
                        || table.remove(sip(-1 - at), keyAt, 8) == 0) {
                    throw new AssertionError("An entry is gone.");
                }
                allocator.free(entries[at], 16);
            }
        }
    }
}
