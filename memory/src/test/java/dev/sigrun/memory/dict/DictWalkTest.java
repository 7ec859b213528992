// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.Seed;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A walk shows what there was when it began, whatever is done to the dictionary in between. */
final class DictWalkTest {
    @RegisterExtension static final Seed SEED = new Seed();

    private final Allocator allocator = new Allocator();
    private final Texts texts = new Texts();
    private final Texts values = new Texts();
    private final Dict map = new Dict(allocator, 2, 1, 2);
    private final Map<String, String> model = new HashMap<>();
    private long root = allocator.allocate(Dict.ROOT_BYTES);

    @AfterEach
    void close() {
        texts.close();
        values.close();
        allocator.close();
    }

    private void change(SplittableRandom random, int kinds, int growth) {
        String key = Texts.random(random, kinds);
        if (random.nextInt(10) < growth) {
            String value = Texts.random(random, kinds);
            Item item = values.item(value);
            long time = random.nextInt(3) == 0 ? 1 + random.nextInt(1000) : Element.NO_EXPIRY;
            item.expiryMillis(time);
            map.put(root, texts.item(key), item);
            model.put(key, value + "@" + time);
        } else if (random.nextBoolean()) {
            map.remove(root, texts.item(key));
            model.remove(key);
        } else {
            long time = random.nextInt(3) == 0 ? Element.NO_EXPIRY : 1 + random.nextInt(1000);
            if (map.putExpiry(root, texts.item(key), time)) {
                model.computeIfPresent(key, (any, old) -> old.replaceAll("@[^@]*$", "@" + time));
            }
        }
    }

    private void show(Map<String, String> shown, long position) {
        long value = map.value(position);
        String text = Texts.of(value) + "@" + Element.expiryMillis(value);
        assertNull(shown.put(Texts.of(position), text), "shown twice");
    }

    /** Roots stand in keys' entries, which move. */
    private void moveRoot() {
        long fresh = allocator.allocate(Dict.ROOT_BYTES);
        Memory.copy(root, fresh, Dict.ROOT_BYTES);
        allocator.free(root, Dict.ROOT_BYTES);
        root = fresh;
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 3000, 30_000})
    void aWalkShowsEveryPairOnceAsItWasAtTheBeginning(int kinds) {
        SplittableRandom random = SEED.random();
        map.create(root);
        for (int i = 0; i < kinds; i++) {
            change(random, kinds, 8);
        }
        for (int round = 0; round < 12; round++) {
            Map<String, String> before = new HashMap<>(model);
            Map<String, String> shown = new HashMap<>();
            int changesMax = 1 + (1 << random.nextInt(10));
            int growth = random.nextInt(10);
            try (DictWalk walk = new DictWalk(map, () -> root, position -> show(shown, position))) {
                boolean more = true;
                while (more) {
                    for (int i = random.nextInt(changesMax); i > 0; i--) {
                        change(random, kinds, growth);
                    }
                    if (random.nextInt(10) == 0) {
                        moveRoot();
                    }
                    more = walk.step();
                }
            }
            assertEquals(before, shown);
        }
    }

    @Test
    void walksOfSeveralDictionariesDoNotDisturbOneAnother() {
        SplittableRandom random = SEED.random();
        map.create(root);
        for (int i = 0; i < 500; i++) {
            change(random, 300, 9);
        }
        long other = allocator.allocate(Dict.ROOT_BYTES);
        map.copy(root, other);
        Map<String, String> before = new HashMap<>(model);
        Map<String, String> shown = new HashMap<>();
        Map<String, String> shownOfOther = new HashMap<>();
        DictWalk walk = new DictWalk(map, () -> root, position -> show(shown, position));
        DictWalk second = new DictWalk(map, () -> other, position -> show(shownOfOther, position));
        boolean more = true;
        while (more) {
            change(random, 300, 3);
            more = walk.step();
            more = second.step() || more;
        }
        walk.close();
        second.close();
        assertEquals(before, shown);
        assertEquals(before, shownOfOther);
    }
}
