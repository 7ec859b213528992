// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.cms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.bloom.fake.FakeBytes;
import dev.sigrun.bloom.fake.FakeOffHeap;
import dev.sigrun.bloom.sketch.Census;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CountMinSketchTest {
    private final FakeOffHeap memory = new FakeOffHeap();
    private final Census census = new Census();

    private void add(CountMinSketch sketch, String item, long more) {
        FakeBytes bytes = FakeBytes.of(item);
        sketch.prepare(memory, bytes);
        sketch.add(bytes, more);
    }

    /**
     * The paper's bound: an estimate is never too low, and too high by more than 2/width of the
     * total with a probability of at most one half to the power of the depth.
     */
    @Test
    void estimatesKeepThePapersBound() {
        CountMinSketch sketch = CountMinSketch.empty(census, 2_000, 7);
        Random random = new Random(42);
        int[] truth = new int[50_000];
        for (int i = 0; i < 200_000; i++) {
            int item = (int) Math.min(truth.length - 1, Math.abs(random.nextGaussian()) * 5_000);
            truth[item]++;
            add(sketch, "item" + item, 1);
        }
        int tooHigh = 0;
        for (int item = 0; item < truth.length; item++) {
            long estimate = sketch.count(FakeBytes.of("item" + item));
            assertTrue(estimate >= truth[item], "an estimate is too low");
            tooHigh += estimate - truth[item] > sketch.total() * 2.0 / 2_000 ? 1 : 0;
        }
        assertTrue(tooHigh <= truth.length / 128, tooHigh + " estimates are too high");
        sketch.free(memory);
        assertEquals(0, memory.usedBytes());
        assertEquals(0, census.objects());
    }

    @Test
    void aCounterStaysAtItsEnd() {
        CountMinSketch sketch = CountMinSketch.empty(census, 5, 2);
        add(sketch, "a", CountMinSketch.CELL_MAX - 1);
        assertEquals(CountMinSketch.CELL_MAX - 1, sketch.count(FakeBytes.of("a")));
        add(sketch, "a", 5);
        assertEquals(CountMinSketch.CELL_MAX, sketch.count(FakeBytes.of("a")));
        sketch.free(memory);
    }

    @Test
    void sizesThatAreNoNumberAreSaidToBeTooLarge() {
        assertEquals(40, CountMinSketch.bytes(5, 2));
        assertEquals(Long.MAX_VALUE, CountMinSketch.bytes(Long.MAX_VALUE, 2));
        assertEquals(Long.MAX_VALUE, CountMinSketch.bytes(1L << 61, 1));
        assertEquals(Long.MAX_VALUE, CountMinSketch.bytes(-1, 1));
    }

    @Test
    void aSumIsWhatWouldHaveBeenCountedAtOnce() {
        CountMinSketch one = CountMinSketch.empty(census, 30_000, 3);
        CountMinSketch other = CountMinSketch.empty(census, 30_000, 3);
        CountMinSketch both = CountMinSketch.empty(census, 30_000, 3);
        for (int i = 0; i < 1_000; i++) {
            add(i % 2 == 0 ? one : other, "x" + i, i + 1);
            add(both, "x" + i, i + 1);
        }
        CountMinSketch[] parts = {one, other};
        long[] weights = {1, 1};
        assertTrue(one.takes(parts, weights));
        one.prepareSum(memory, parts);
        one.become(parts, weights);
        assertEquals(both.total(), one.total());
        for (int i = 0; i < 1_000; i++) {
            FakeBytes item = FakeBytes.of("x" + i);
            assertEquals(both.count(item), one.count(item));
        }
        for (CountMinSketch each : new CountMinSketch[] {one, other, both}) {
            each.free(memory);
        }
        assertEquals(0, memory.usedBytes());
    }
}
