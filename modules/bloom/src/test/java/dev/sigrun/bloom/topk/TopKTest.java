// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.topk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.bloom.fake.FakeBytes;
import dev.sigrun.bloom.fake.FakeOffHeap;
import dev.sigrun.bloom.sketch.Census;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TopKTest {
    private final FakeOffHeap memory = new FakeOffHeap();
    private final Census census = new Census();

    /** Items of a Zipf distribution: the first ones are the most frequent, and known to be. */
    @Test
    void theMostFrequentItemsAreFoundAndNeverOvercounted() {
        TopK sketch = TopK.empty(census, new TopKShape(20, 500, 4, 0.9));
        Random random = new Random(9);
        int[] truth = new int[100_000];
        for (int i = 0; i < 200_000; i++) {
            int item = (int) Math.min(truth.length - 1, Math.exp(random.nextDouble() * 11.5) - 1);
            truth[item]++;
            sketch.add(memory, FakeBytes.of("item" + item), 1);
        }
        int found = 0;
        for (int item = 0; item < 20; item++) {
            FakeBytes name = FakeBytes.of("item" + item);
            found += sketch.contains(name) ? 1 : 0;
            long count = sketch.count(name);
            assertTrue(count <= truth[item], "item " + item + " is counted too often");
            assertTrue(count >= truth[item] * 0.95, "item " + item + " is counted too rarely");
        }
        assertTrue(found >= 18, found + " of the top 20 are listed");
        sketch.free(memory);
        assertEquals(0, memory.usedBytes());
    }

    @Test
    void oneDrawWaitsAsLongAsManyTrialsDo() {
        Dice dice = new Dice(5);
        for (double chance : new double[] {0.9, 0.5, 0.1, 0.01}) {
            double sum = 0;
            for (int i = 0; i < 20_000; i++) {
                sum += dice.firstSuccess(chance, Long.MAX_VALUE - 1);
            }
            assertEquals(1 / chance, sum / 20_000, 0.05 / chance);
        }
        assertEquals(1, dice.firstSuccess(1, 10));
        assertEquals(11, dice.firstSuccess(1e-300, 10));
    }

    @Test
    void theListKeepsTheLowestInFront() {
        Random random = new Random(3);
        Ranking ranking = new Ranking(200);
        for (int i = 0; i < 200; i++) {
            byte[] name = ("n" + i).getBytes(StandardCharsets.UTF_8);
            FakeBytes bytes = FakeBytes.of(name);
            dev.sigrun.bloom.page.Block block =
                    dev.sigrun.bloom.page.Block.of(memory, bytes.address(), name.length);
            ranking.append(block, name.length, i, 1 + random.nextInt(50));
        }
        for (int i = 0; i < 500; i++) {
            int index = random.nextInt(200);
            ranking.raise(index, ranking.count(index) + random.nextInt(20));
            int[] order = ranking.order();
            assertEquals(0, order[0], "the first of the heap is the lowest");
            for (int j = 1; j < order.length; j++) {
                assertTrue(ranking.count(order[j - 1]) <= ranking.count(order[j]));
            }
        }
        ranking.free(memory);
        assertEquals(0, memory.usedBytes());
    }
}
