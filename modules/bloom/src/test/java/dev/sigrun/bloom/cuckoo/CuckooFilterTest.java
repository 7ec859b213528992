// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.cuckoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.bloom.fake.FakeBytes;
import dev.sigrun.bloom.fake.FakeOffHeap;
import dev.sigrun.bloom.sketch.Census;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CuckooFilterTest {
    private static final int LAYERS = 32;

    private final FakeOffHeap memory = new FakeOffHeap();
    private final Census census = new Census();

    private static long hash(String item) {
        return CuckooFilter.hash(FakeBytes.of(item));
    }

    private CuckooFilter filter(long capacity, int slots, int expansion) {
        return CuckooFilter.empty(census, CuckooShape.forItems(capacity, slots, 20, expansion));
    }

    private boolean add(CuckooFilter filter, String item) {
        return filter.add(memory, hash(item), LAYERS, Long.MAX_VALUE) == CuckooFilter.Addition.DONE;
    }

    /** Items come and go at random; what is in is always found, and counted at least. */
    @Test
    void nothingThatIsInIsEverMissed() {
        long seed = Long.getLong("sigrun.seed", System.nanoTime());
        Random random = new Random(seed);
        CuckooFilter filter = filter(64, 2, 2);
        List<String> in = new ArrayList<>();
        for (int step = 0; step < 5_000; step++) {
            if (in.isEmpty() || random.nextInt(5) > 1) {
                String item = "i" + random.nextInt(3_000);
                assertTrue(add(filter, item), "seed " + seed);
                in.add(item);
            } else {
                String item = in.remove(random.nextInt(in.size()));
                assertTrue(filter.delete(memory, hash(item)), "seed " + seed);
            }
            if (step % 1_000 == 999) {
                filter.compact(memory);
            }
            assertEquals(in.size(), filter.items(), "seed " + seed);
        }
        for (String item : in) {
            assertTrue(filter.contains(hash(item)), "seed " + seed);
            long times = in.stream().filter(item::equals).count();
            assertTrue(filter.count(hash(item)) >= times, "seed " + seed);
        }
        while (!in.isEmpty()) {
            assertTrue(filter.delete(memory, hash(in.removeLast())), "seed " + seed);
        }
        assertEquals(0, filter.items());
        filter.compact(memory);
        assertEquals(1, filter.layers());
        filter.free(memory);
        assertEquals(0, memory.usedBytes());
    }

    /** The paper's bound: two buckets of b slots with f values are wrong in at most 2b/f cases. */
    @Test
    void falseAnswersAreAsRareAsThePaperSays() {
        CuckooFilter filter = filter(1 << 15, 4, 1);
        for (int i = 0; i < 28_000; i++) {
            assertTrue(add(filter, "in" + i));
        }
        assertEquals(1, filter.layers());
        int wrong = 0;
        for (int i = 0; i < 20_000; i++) {
            wrong += filter.contains(hash("out" + i)) ? 1 : 0;
        }
        assertTrue(wrong < 20_000 * 2 * 4 / 255, wrong + " false answers");
        filter.free(memory);
    }

    @Test
    void anAdditionThatFindsNoRoomChangesNothing() {
        CuckooFilter filter = filter(32, 2, 0);
        int added = 0;
        while (add(filter, "x" + added)) {
            added++;
        }
        assertTrue(added > 16, "only " + added + " fitted");
        for (int i = 0; i < added; i++) {
            assertTrue(filter.contains(hash("x" + i)));
        }
        for (int i = 0; i < 100; i++) {
            add(filter, "more" + i);
        }
        for (int i = 0; i < added; i++) {
            assertTrue(filter.contains(hash("x" + i)));
        }
        filter.free(memory);
    }

    @Test
    void growthEndsWhereItMust() {
        CuckooFilter filter = filter(8, 2, 1);
        int added = 0;
        while (filter.add(memory, hash("x" + added), 3, Long.MAX_VALUE)
                == CuckooFilter.Addition.DONE) {
            added++;
        }
        assertEquals(3, filter.layers());
        assertEquals(
                CuckooFilter.Addition.LAYERS,
                filter.add(memory, hash("x" + added), 3, Long.MAX_VALUE));
        assertEquals(CuckooFilter.Addition.BYTES, filter.add(memory, hash("x" + added), 9, 24));
        filter.free(memory);
    }

    @Test
    void shapesThatLieAreNone() {
        assertEquals(null, CuckooShape.checked(3, 2, 20, 1));
        assertEquals(null, CuckooShape.checked(0, 2, 20, 1));
        assertEquals(null, CuckooShape.checked(-8, 2, 20, 1));
        assertEquals(null, CuckooShape.checked(8, 0, 20, 1));
        assertEquals(null, CuckooShape.checked(8, 256, 20, 1));
        assertEquals(null, CuckooShape.checked(8, 2, 0, 1));
        assertEquals(null, CuckooShape.checked(8, 2, 20, 3));
        assertEquals(null, CuckooShape.checked(8, 2, 20, -1));
        assertFalse(CuckooShape.checked(8, 2, 20, 32_768).isPossible(3));
    }
}
