// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.spi.command.CommandException;
import org.junit.jupiter.api.Test;

final class SizingTest {
    private static final long LIMIT = 128L << 20;

    @Test
    void sizesAreThoseOfValkeyBloom() {
        assertSize(10, 0.01, 12, 7);
        assertSize(100, 0.01, 120, 7);
        assertSize(100, 0.001, 180, 10);
        assertSize(1000, 0.005, 1379, 8);
        assertSize(1, 0.9999999999999999, 1, 6);
    }

    private static void assertSize(long capacity, double errorRate, long bytes, int hashes) {
        assertEquals(bytes, Sizing.bitBytes(capacity, errorRate));
        assertEquals(hashes, Sizing.hashes(bytes * 8, capacity));
    }

    @Test
    void theStrictestRateStaysWithinTheMostHashes() {
        for (long capacity : new long[] {1, 2, 3, 10, 1000}) {
            long bytes = Sizing.bitBytes(capacity, Double.MIN_VALUE);
            assertTrue(Sizing.hashes(bytes * 8, capacity) <= Sizing.HASHES_MAX);
        }
    }

    @Test
    void sumsSaturate() {
        assertEquals(Long.MAX_VALUE, Sizing.filterBytes(Long.MAX_VALUE, Double.MIN_VALUE));
        assertEquals(Long.MAX_VALUE, Sizing.saturatedSum(Long.MAX_VALUE, 1));
    }

    @Test
    void powersOfTheRatioAreExactForHalves() throws CommandException {
        double expected = 0.01;
        for (int i = 0; i < 100; i++) {
            assertEquals(expected, Sizing.errorRate(0.01, i, 0.5));
            expected *= 0.5;
        }
        assertSame(
                Errors.RATE_VANISHES,
                assertThrows(CommandException.class, () -> Sizing.errorRate(0.01, 1 << 30, 0.5)));
    }

    @Test
    void scalesAsFarAsAsked() throws CommandException {
        assertEquals(15_000, scaled(1000, 0.01, 2, 10_000));
        assertEquals(210_000, scaled(10_000, 0.001, 4, 100_000));
        assertEquals(650_000, scaled(50_000, 0.0001, 3, 500_000));
        assertEquals(1_500_000, scaled(100_000, 0.00001, 2, 1_000_000));
        assertEquals(1000, scaled(100, 0.00001, 1, 1000));
    }

    private static long scaled(long capacity, double rate, long expansion, long scaleTo)
            throws CommandException {
        return Sizing.scaledCapacity(shape(capacity, rate, expansion), scaleTo, LIMIT);
    }

    private static Shape shape(long capacity, double rate, long expansion) {
        return new Shape(rate, 0.5, capacity, expansion, SipKey.FIXED);
    }

    @Test
    void saysWhyItCannotScale() throws CommandException {
        assertScaleError(Errors.SCALE_TOO_LARGE, shape(1000, 0.01, 2), 1L << 40);
        assertScaleError(Errors.SCALE_RATE_VANISHES, shape(1, 1e-300, 1), 1000);
        assertScaleError(Errors.BAD_CAPACITY, shape(1L << 62, 0.9999999999999999, 4), 1);
        long most = Sizing.scaledCapacity(shape(100, 0.01, 2), Sizing.UNBOUNDED, LIMIT);
        assertTrue(most > 1_000_000 && most < 200_000_000, "" + most);
    }

    private static void assertScaleError(CommandException error, Shape shape, long scaleTo) {
        assertSame(
                error,
                assertThrows(
                        CommandException.class,
                        () -> Sizing.scaledCapacity(shape, scaleTo, LIMIT)));
    }
}
