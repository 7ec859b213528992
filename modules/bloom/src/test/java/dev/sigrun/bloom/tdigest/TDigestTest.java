// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.tdigest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.bloom.fake.FakeOffHeap;
import dev.sigrun.bloom.sketch.Census;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

final class TDigestTest {
    private static final int VALUES = 100_000;

    private final FakeOffHeap memory = new FakeOffHeap();
    private final Census census = new Census();

    private TDigest digest(double[] values) {
        TDigest digest = TDigest.empty(census, 100);
        for (double value : values) {
            digest.add(memory, value);
        }
        return digest;
    }

    private static double[] values(DoubleSupplier source) {
        double[] values = new double[VALUES];
        Arrays.setAll(values, i -> source.getAsDouble());
        return values;
    }

    /** A share is off by half of what a centroid holds at its place, at most. */
    private void assertClose(double[] values) {
        TDigest digest = digest(values);
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        for (double share : new double[] {0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999}) {
            double allowed = Math.PI / 100 * Math.sqrt(share * (1 - share));
            double value = Estimates.quantile(digest, share);
            int at = Arrays.binarySearch(sorted, value);
            double real = (double) (at < 0 ? -at - 1 : at) / VALUES;
            assertEquals(share, real, allowed, () -> "the quantile of " + share);
            double exact = sorted[(int) (share * VALUES)];
            double below = Estimates.below(digest, exact) / digest.total();
            assertEquals(share, below, allowed, () -> "the share below the quantile of " + share);
        }
        assertEquals(sorted[0], digest.min());
        assertEquals(sorted[VALUES - 1], digest.max());
        assertEquals(VALUES, digest.total());
        assertTrue(digest.centroids() <= digest.capacity());
        digest.free(memory);
        assertEquals(0, memory.usedBytes());
    }

    @Test
    void quantilesOfSpreadsOfManyKindsAreClose() {
        Random random = new Random(1);
        assertClose(values(random::nextDouble));
        assertClose(values(random::nextGaussian));
        assertClose(values(() -> Math.exp(3 * random.nextGaussian())));
    }

    @Test
    void theOrderOfTheValuesDoesNotMatterMuch() {
        double[] rising = new double[VALUES];
        Arrays.setAll(rising, i -> i);
        assertClose(rising);
        double[] falling = new double[VALUES];
        Arrays.setAll(falling, i -> VALUES - i);
        assertClose(falling);
    }

    @Test
    void compressionLeavesAboutAsManyCentroidsAsItSays() {
        TDigest digest = digest(values(new Random(2)::nextDouble));
        TDigest empty = TDigest.empty(census, 100);
        empty.merge(memory, digest);
        assertEquals(digest.total(), empty.total());
        assertTrue(digest.compressions() > 100);
        digest.free(memory);
        empty.free(memory);
    }

    @Test
    void hugeValuesStayFinite() {
        TDigest digest = TDigest.empty(census, 2);
        for (int i = 0; i < 200; i++) {
            digest.add(memory, i % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE);
        }
        for (double share = 0; share <= 1; share += 0.05) {
            double value = Estimates.quantile(digest, share);
            assertTrue(Double.isFinite(value), () -> "a quantile is " + value);
            assertTrue(Double.isFinite(Estimates.below(digest, value)));
        }
        digest.free(memory);
    }
}
