// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cells hold the places they should, and lie beside each other as columns and rows do. */
final class GeohashTest {
    private static final int ROUNDS = 5000;

    private SplittableRandom random;

    @BeforeEach
    void start() {
        long seed = Long.getLong("sigrun.test.seed", System.nanoTime());
        System.out.println("GeohashTest: -Dsigrun.test.seed=" + seed);
        random = new SplittableRandom(seed);
    }

    private double longitude() {
        return random.nextDouble(-180, 180);
    }

    private double latitude() {
        return random.nextDouble(-85, 85);
    }

    private static long interleaved(long column, long row, int step) {
        long cell = 0;
        for (int i = 0; i < step; i++) {
            cell |= (row >>> i & 1) << 2 * i | (column >>> i & 1) << 2 * i + 1;
        }
        return cell;
    }

    @Test
    void aCellHoldsItsPlaces() {
        for (int round = 0; round < ROUNDS; round++) {
            int step = random.nextInt(1, 27);
            double longitude = longitude();
            double latitude = latitude();
            long cell = Geohash.cell(longitude, latitude, step);
            long column = Geohash.column(cell);
            long row = Geohash.row(cell);
            assertEquals(cell, interleaved(column, row, step));
            assertTrue(Geohash.west(column, step) <= longitude + 1e-9);
            assertTrue(Geohash.west(column + 1, step) >= longitude - 1e-9);
            assertTrue(Geohash.south(row, step) <= latitude + 1e-9);
            assertTrue(Geohash.south(row + 1, step) >= latitude - 1e-9);
            long finest = Geohash.cell(longitude, latitude, Geohash.STEP_MAX);
            assertEquals(cell, finest >>> 2 * (Geohash.STEP_MAX - step));
            assertEquals(longitude, Geohash.longitude(finest), 3e-6);
            assertEquals(latitude, Geohash.latitude(finest), 2e-6);
        }
    }

    @Test
    void aPlaceThatWasReadFindsItsScoreAgain() {
        for (int round = 0; round < ROUNDS; round++) {
            long score = Geohash.cell(longitude(), latitude(), Geohash.STEP_MAX);
            double longitude = Geohash.longitude(score);
            double latitude = Geohash.latitude(score);
            assertEquals(score, Geohash.cell(longitude, latitude, Geohash.STEP_MAX));
        }
    }

    @Test
    void neighboursAreOneColumnOrRowAway() {
        for (int round = 0; round < ROUNDS; round++) {
            int step = random.nextInt(1, 27);
            long cell = random.nextLong() >>> Long.SIZE - 2 * step;
            int east = random.nextInt(-1, 2);
            int north = random.nextInt(-1, 2);
            long mask = (1L << step) - 1;
            long column = Geohash.column(cell) + east & mask;
            long row = Geohash.row(cell) + north & mask;
            assertEquals(
                    interleaved(column, row, step), Geohash.neighbour(cell, step, east, north));
        }
    }

    @Test
    void scoresOfNoPlaceGiveBitsToo() {
        assertEquals(0, Geohash.bits(0.9));
        assertEquals(-1, Geohash.bits(-1.5));
        assertEquals(1L << 52, Geohash.bits(0x1p52));
        assertEquals(Long.MIN_VALUE, Geohash.bits(0x1p63));
        assertEquals(0, Geohash.bits(0x1p64));
        assertEquals(0, Geohash.bits(Double.POSITIVE_INFINITY));
        assertEquals(Long.MIN_VALUE, Geohash.bits(-0x1p63));
        assertEquals(Long.MIN_VALUE, Geohash.bits(Double.NEGATIVE_INFINITY));
        for (double score : new double[] {-1, 1e15, 1e17, 1e19, 1e300, -1e300}) {
            long bits = Geohash.bits(score);
            assertTrue(Math.abs(Geohash.longitude(bits)) <= Geohash.LONGITUDE_MAX);
            assertTrue(Math.abs(Geohash.latitude(bits)) <= Geohash.LATITUDE_MAX);
        }
    }
}
