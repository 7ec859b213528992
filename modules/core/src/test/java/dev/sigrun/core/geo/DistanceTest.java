// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What bounds say of a distance is what the distance itself says. */
final class DistanceTest {
    private static final int ROUNDS = 200_000;

    private final Distance distance = new Distance(new Trigonometry());
    private SplittableRandom random;

    @BeforeEach
    void start() {
        long seed = Long.getLong("sigrun.test.seed", System.nanoTime());
        System.out.println("DistanceTest: -Dsigrun.test.seed=" + seed);
        random = new SplittableRandom(seed);
    }

    private double longitude() {
        return random.nextInt(10) == 0 ? 180 : random.nextDouble(-180, 180);
    }

    private double latitude() {
        return random.nextInt(10) == 0 ? 90 : random.nextDouble(-90, 90);
    }

    @Test
    void boundsNeverContradictTheDistance() {
        for (int i = 0; i < ROUNDS; i++) {
            double fromLongitude = longitude();
            double fromLatitude = latitude();
            distance.from(fromLongitude, fromLatitude);
            double scale = Math.pow(10, random.nextInt(-9, 1));
            double toLongitude =
                    Math.clamp(fromLongitude + scale * random.nextDouble(-180, 180), -180, 180);
            double toLatitude =
                    Math.clamp(fromLatitude + scale * random.nextDouble(-90, 90), -90, 90);
            double meters = distance.to(toLongitude, toLatitude);
            double limit = meters * limitFactor();
            distance.limit(limit);
            String message =
                    "from %s,%s to %s,%s: %s m, limit %s"
                            .formatted(
                                    fromLongitude,
                                    fromLatitude,
                                    toLongitude,
                                    toLatitude,
                                    meters,
                                    limit);
            if (distance.isWithin(toLongitude, toLatitude)) {
                assertTrue(meters <= limit, message);
            }
            if (distance.isBeyond(toLongitude, toLatitude)) {
                assertTrue(meters > limit, message);
            }
        }
    }

    private double limitFactor() {
        return switch (random.nextInt(4)) {
            case 0 -> 1;
            case 1 -> random.nextDouble(0.999999, 1.000001);
            case 2 -> random.nextDouble(0.99, 1.01);
            default -> random.nextDouble(0, 3);
        };
    }

    @Test
    void fewPlacesAreLeftInDoubt() {
        distance.from(14, 38);
        distance.limit(1000);
        int doubtful = 0;
        for (int i = 0; i < ROUNDS; i++) {
            double toLongitude = random.nextDouble(13.98, 14.02);
            double toLatitude = random.nextDouble(37.98, 38.02);
            if (!distance.isWithin(toLongitude, toLatitude)
                    && !distance.isBeyond(toLongitude, toLatitude)) {
                doubtful++;
            }
        }
        assertTrue(doubtful < ROUNDS / 1000);
    }

    @Test
    void nothingIsBeyondTheOtherSideOfTheEarth() {
        distance.from(0, 90);
        distance.limit(Math.PI * Distance.EARTH_RADIUS_METERS);
        assertFalse(distance.isBeyond(0, -90));
        assertFalse(distance.isBeyond(180, -90));
    }
}
