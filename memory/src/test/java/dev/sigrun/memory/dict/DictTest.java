// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.MemoryExhausted;
import dev.sigrun.memory.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dictionary does what a set or a map of the Java library does. */
final class DictTest {
    @RegisterExtension static final Seed SEED = new Seed();

    private static final long K0 = 0x1234;
    private static final long K1 = 0x5678;

    private final Allocator allocator = new Allocator();
    private final Texts texts = new Texts();
    private final Texts values = new Texts();
    private final Dict set = new Dict(allocator, 1, K0, K1);
    private final Dict map = new Dict(allocator, 2, K0, K1);
    private long root;

    @BeforeEach
    void open() {
        root = allocator.allocate(Dict.ROOT_BYTES);
    }

    @AfterEach
    void close() {
        texts.close();
        values.close();
        allocator.close();
    }

    private boolean add(String element) {
        return set.add(root, texts.item(element));
    }

    private boolean remove(String element) {
        return set.remove(root, texts.item(element));
    }

    private boolean contains(String element) {
        long position = set.find(root, texts.item(element));
        assertTrue(position == 0 || Texts.of(position).equals(element));
        return position != 0;
    }

    private Set<String> content(Dict dict, long of) {
        Set<String> found = new HashSet<>();
        dict.forEach(of, position -> assertTrue(found.add(Texts.of(position))));
        return found;
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 600, 20_000})
    void aSetBehavesLikeASet(int kinds) {
        SplittableRandom random = SEED.random();
        long before = allocator.usedBytes();
        set.create(root);
        Set<String> model = new HashSet<>();
        int steps = Math.max(4 * kinds, 4000);
        for (int step = 0; step < steps; step++) {
            boolean growing = step / (steps / 4) % 2 == 0;
            String text = Texts.random(random, kinds);
            int choice = random.nextInt(10);
            if (choice < 2) {
                assertEquals(model.contains(text), contains(text));
            } else if (choice < (growing ? 9 : 3)) {
                assertEquals(model.add(text), add(text));
            } else {
                assertEquals(model.remove(text), remove(text));
            }
            if (step % (steps / 16) == 0) {
                DictCheck.verify(root, 1, K0, K1);
                assertEquals(model, content(set, root));
            }
        }
        DictCheck.verify(root, 1, K0, K1);
        assertEquals(model.size(), set.size(root));
        assertEquals(allocator.usedBytes() - before, set.memoryBytes(root));
        for (String text : model) {
            assertTrue(contains(text));
            assertTrue(remove(text));
            assertFalse(contains(text));
        }
        assertEquals(1, DictCheck.verify(root, 1, K0, K1));
        assertEquals(allocator.usedBytes() - before, set.memoryBytes(root));
        assertTrue(set.memoryBytes(root) <= 32, "an empty set is as small as a new one");
        set.free(root);
        assertEquals(before, allocator.usedBytes());
    }

    /** A pair's value as the model has it. */
    private record Value(String content, long expiryMillis) {}

    @ParameterizedTest
    @ValueSource(ints = {40, 600, 8000})
    void aMapBehavesLikeAMap(int kinds) {
        SplittableRandom random = SEED.random();
        long before = allocator.usedBytes();
        map.create(root);
        Map<String, Value> model = new HashMap<>();
        int steps = Math.max(4 * kinds, 4000);
        for (int step = 0; step < steps; step++) {
            boolean growing = step / (steps / 4) % 2 == 0;
            String key = Texts.random(random, kinds);
            int choice = random.nextInt(10);
            if (choice < 2) {
                assertValue(model.get(key), map.find(root, texts.item(key)));
            } else if (choice < 4) {
                long time = random.nextInt(3) == 0 ? Element.NO_EXPIRY : random.nextInt(1000);
                Value old = model.get(key);
                assertEquals(old != null, map.putExpiry(root, texts.item(key), time));
                if (old != null) {
                    model.put(key, new Value(old.content, time));
                }
            } else if (choice < (growing ? 9 : 5)) {
                long time = random.nextInt(3) > 0 ? Element.NO_EXPIRY : random.nextInt(1000);
                String text = Texts.random(random, 1000);
                Value old = model.put(key, new Value(text, time));
                Item value = values.item(text).expiryMillis(time);
                assertEquals(old == null, map.put(root, texts.item(key), value));
            } else {
                assertEquals(model.remove(key) != null, map.remove(root, texts.item(key)));
            }
            if (step % (steps / 16) == 0) {
                verifyMap(model);
            }
        }
        verifyMap(model);
        assertEquals(allocator.usedBytes() - before, map.memoryBytes(root));
        map.free(root);
        assertEquals(before, allocator.usedBytes());
    }

    private void assertValue(Value expected, long position) {
        if (expected == null) {
            assertEquals(0, position);
            return;
        }
        assertEquals(expected.content, Texts.of(map.value(position)));
        assertEquals(expected.expiryMillis, map.expiryMillis(position));
    }

    private void verifyMap(Map<String, Value> model) {
        DictCheck.verify(root, 2, K0, K1);
        assertEquals(model.size(), map.size(root));
        assertEquals(
                model.values().stream().filter(value -> value.expiryMillis != -1).count(),
                map.timed(root));
        assertEquals(model.keySet(), content(map, root));
        map.forEach(root, position -> assertValue(model.get(Texts.of(position)), position));
    }

    @Test
    void iteratorsSeeEachElementOnce() {
        SplittableRandom random = SEED.random();
        DictIterator iterator = new DictIterator(1);
        for (int size : new int[] {0, 1, 5, 200, 5000}) {
            set.create(root);
            Set<String> model = new HashSet<>();
            while (model.size() < size) {
                String text = Texts.random(random, 20_000);
                model.add(text);
                add(text);
            }
            iterator.over(root);
            long position = iterator.next();
            while (position != 0) {
                assertTrue(model.remove(Texts.of(position)));
                position = iterator.next();
            }
            assertEquals(Set.of(), model);
            assertEquals(0, iterator.next());
            set.free(root);
        }
    }

    @Test
    void aScanSeesWhateverIsThereAllTheTime() {
        SplittableRandom random = SEED.random();
        set.create(root);
        Set<String> kept = new HashSet<>();
        for (int index = 0; index < 3000; index++) {
            kept.add("kept" + index);
            add("kept" + index);
        }
        int next = 0;
        int oldest = 0;
        for (int round = 0; round < 20; round++) {
            Set<String> seen = new HashSet<>();
            boolean growing = round % 2 == 0;
            long cursor = 0;
            do {
                cursor = set.scan(root, cursor, position -> seen.add(Texts.of(position)));
                for (int change = random.nextInt(60); change > 0; change--) {
                    if (growing) {
                        add("other" + next++);
                    } else if (oldest < next) {
                        remove("other" + oldest++);
                    }
                }
            } while (cursor != 0);
            assertTrue(seen.containsAll(kept));
        }
    }

    @Test
    void aScanOfWhatDoesNotChangeSeesEachElementOnce() {
        set.create(root);
        for (int index = 0; index < 10_000; index++) {
            add("e" + index);
        }
        List<String> seen = new ArrayList<>();
        long cursor = 0;
        int calls = 0;
        do {
            cursor = set.scan(root, cursor, position -> seen.add(Texts.of(position)));
            calls++;
        } while (cursor != 0);
        assertEquals(10_000, seen.size());
        assertEquals(10_000, new HashSet<>(seen).size());
        assertTrue(calls > 10_000 / Bucket.COUNT_MAX);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 150, 1000})
    void eachElementIsAsLikelyToBePicked(int size) {
        set.create(root);
        for (int index = 0; index < 3000; index++) {
            add("e" + index);
        }
        for (int index = size; index < 3000; index++) {
            remove("e" + index);
        }
        assertEven(size);
    }

    @Test
    void eachElementIsAsLikelyToBePickedWhereWholeRangesAreEmpty() {
        set.create(root);
        for (int index = 0; index < 4000; index++) {
            add("e" + index);
        }
        List<String> order = new ArrayList<>();
        set.forEach(root, position -> order.add(Texts.of(position)));
        order.subList(1000, 1060).clear();
        order.forEach(this::remove);
        DictCheck.verify(root, 1, K0, K1);
        assertEven(60);
    }

    /** Compares the picks with what is expected; five deviations are one failure in a million. */
    private void assertEven(int size) {
        assertEquals(size, set.size(root));
        SplittableRandom random = new SplittableRandom(77);
        Map<String, Integer> picks = new HashMap<>();
        int each = 100;
        for (int index = 0; index < size * each; index++) {
            picks.merge(Texts.of(set.random(root, random)), 1, Integer::sum);
        }
        assertEquals(size, picks.size());
        double sum = 0;
        for (int count : picks.values()) {
            sum += (double) (count - each) * (count - each) / each;
        }
        double limit = size - 1 + 5 * Math.sqrt(2.0 * (size - 1)) + 5;
        assertTrue(sum <= limit, "chi-square " + sum + " of " + size);
    }

    @Test
    void nothingIsPickedFromNothing() {
        set.create(root);
        assertEquals(0, set.random(root, new SplittableRandom(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 300, 4000})
    void aCopyIsEqualAndIndependent(int size) {
        SplittableRandom random = SEED.random();
        map.create(root);
        for (int index = 0; index < size; index++) {
            Item value = values.item(Texts.random(random, 3000)).expiryMillis(index % 3 - 1);
            map.put(root, texts.item(Texts.random(random, 10_000)), value);
        }
        long before = allocator.usedBytes();
        long target = allocator.allocate(Dict.ROOT_BYTES);
        map.copy(root, target);
        DictCheck.verify(target, 2, K0, K1);
        assertEquals(map.size(root), map.size(target));
        assertEquals(map.timed(root), map.timed(target));
        Set<String> keys = content(map, root);
        for (String key : keys) {
            long one = map.find(root, texts.item(key));
            long other = map.find(target, texts.item(key));
            assertTrue(Element.equal(map.value(one), map.value(other)));
            assertEquals(map.expiryMillis(one), map.expiryMillis(other));
            map.remove(target, texts.item(key));
        }
        assertEquals(keys, content(map, root));
        DictCheck.verify(root, 2, K0, K1);
        map.free(target);
        allocator.free(target, Dict.ROOT_BYTES);
        assertEquals(before, allocator.usedBytes());
    }

    @Test
    void freeingGoesStepByStep() {
        long before = allocator.usedBytes();
        set.create(root);
        for (int index = 0; index < 30_000; index++) {
            add(index % 50 == 0 ? "long".repeat(100) + index : "e" + index);
        }
        int calls = 1;
        while (!set.freeSome(root, 50)) {
            calls++;
        }
        assertTrue(calls >= 10, "calls: " + calls);
        assertEquals(before, allocator.usedBytes());
        set.create(root);
        for (int index = 0; index < 5000; index++) {
            add("e" + index);
        }
        set.freeSome(root, 1);
        set.free(root);
        assertEquals(before, allocator.usedBytes());
    }

    @Test
    void wantOfMemoryChangesNothing() {
        SplittableRandom random = SEED.random();
        long before = allocator.usedBytes();
        map.create(root);
        Map<String, Value> model = new HashMap<>();
        int failures = 0;
        for (int step = 0; step < 12_000; step++) {
            allocator.ceilingBytes(allocator.usedBytes() + random.nextInt(1500));
            String key = Texts.random(random, 3000);
            String text = Texts.random(random, 1000);
            try {
                if (random.nextInt(3) > 0) {
                    map.put(root, texts.item(key), values.item(text));
                    model.put(key, new Value(text, Element.NO_EXPIRY));
                } else {
                    assertEquals(model.remove(key) != null, map.remove(root, texts.item(key)));
                }
            } catch (MemoryExhausted e) {
                failures++;
            }
            if (step % 200 == 0) {
                verifyMap(model);
            }
        }
        assertTrue(failures > 100, "failures: " + failures);
        verifyMap(model);
        map.free(root);
        assertEquals(before, allocator.usedBytes());
    }

    @Test
    void aCopyThatFailsLeavesNothing() {
        SplittableRandom random = SEED.random();
        map.create(root);
        for (int index = 0; index < 2000; index++) {
            String text = Texts.random(random, 3000);
            map.put(root, texts.item("k" + index), values.item(text));
        }
        long target = allocator.allocate(Dict.ROOT_BYTES);
        long before = allocator.usedBytes();
        for (int round = 0; round < 60; round++) {
            allocator.ceilingBytes(before + random.nextLong(map.memoryBytes(root)));
            try {
                map.copy(root, target);
                map.free(target);
            } catch (MemoryExhausted e) {
                assertEquals(before, allocator.usedBytes());
            }
        }
    }

    @Test
    void findsWhatHasEndedAndOnlyThat() {
        map.create(root);
        SplittableRandom random = SEED.random();
        Map<String, Long> times = new HashMap<>();
        for (int index = 0; index < 5000; index++) {
            long time = index % 3 == 0 ? random.nextInt(1000) : Element.NO_EXPIRY;
            map.put(root, texts.item("k" + index), values.item("v").expiryMillis(time));
            times.put("k" + index, time);
        }
        for (long now = -1; now < 1000; now += 97) {
            long cursor = 0;
            long position = map.nextExpired(root, cursor, now);
            while (position != 0) {
                String key = Texts.of(position);
                long time = times.remove(key);
                assertTrue(time != Element.NO_EXPIRY && time <= now);
                cursor = map.cursor(position);
                assertTrue(map.remove(root, texts.item(key)));
                position = map.nextExpired(root, cursor, now);
            }
            long past = now;
            assertTrue(times.values().stream().noneMatch(time -> time >= 0 && time <= past));
            assertEquals(0, map.nextExpired(root, 0, now));
            DictCheck.verify(root, 2, K0, K1);
        }
    }

    @Test
    void aRootMayMove() {
        set.create(root);
        for (int index = 0; index < 1000; index++) {
            add("e" + index);
        }
        long moved = allocator.allocate(Dict.ROOT_BYTES);
        Memory.copy(root, moved, Dict.ROOT_BYTES);
        Memory.set(root, Dict.ROOT_BYTES, (byte) 0x55);
        assertTrue(set.find(moved, texts.item("e7")) != 0);
        assertEquals(1000, content(set, moved).size());
    }

    @Test
    void removesTheElementThatTheItemStandsOn() {
        set.create(root);
        for (int index = 0; index < 500; index++) {
            add("element".repeat(index % 60) + index);
        }
        SplittableRandom random = SEED.random();
        Item item = new Item();
        while (set.size(root) > 0) {
            assertTrue(set.remove(root, item.element(set.random(root, random))));
        }
        DictCheck.verify(root, 1, K0, K1);
    }
}
