// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cells of an area hold all places in it. */
final class SearchCellsTest {
    private final SearchArea area = new SearchArea();
    private final SearchCells cells = new SearchCells();
    private SplittableRandom random;

    @BeforeEach
    void start() {
        long seed = Long.getLong("sigrun.test.seed", System.nanoTime());
        System.out.println("SearchCellsTest: -Dsigrun.test.seed=" + seed);
        random = new SplittableRandom(seed);
    }

    private boolean isCovered(double longitude, double latitude) {
        double score = Geohash.cell(longitude, latitude, Geohash.STEP_MAX);
        for (int i = 0; i < cells.count(); i++) {
            if (score >= cells.scoreMin(i) && score < cells.scoreEnd(i)) {
                return true;
            }
        }
        return false;
    }

    private void checkPlacesAround(double longitude, double latitude, double degrees) {
        area.prepare();
        cells.cover(area);
        for (int i = 0; i < 200; i++) {
            double east = longitude + random.nextDouble(-degrees, degrees);
            double north = latitude + random.nextDouble(-degrees, degrees);
            boolean onMap = Math.abs(east) < 180 && Math.abs(north) < 85;
            if (onMap && area.holds(east, north)) {
                assertTrue(isCovered(east, north), () -> longitude + " " + latitude);
            }
        }
    }

    @Test
    void circlesAreCovered() {
        for (int round = 0; round < 300; round++) {
            double longitude = random.nextDouble(-160, 160);
            double latitude = random.nextDouble(-60, 60);
            double kilometers = Math.pow(10, random.nextDouble(-3, 3));
            area.center(longitude, latitude);
            area.circle(kilometers, 1000);
            checkPlacesAround(longitude, latitude, kilometers / 50);
        }
    }

    @Test
    void boxesAreCovered() {
        for (int round = 0; round < 300; round++) {
            double longitude = random.nextDouble(-160, 160);
            double latitude = random.nextDouble(-60, 60);
            double width = Math.pow(10, random.nextDouble(-3, 3));
            double height = Math.pow(10, random.nextDouble(-3, 3));
            area.center(longitude, latitude);
            area.box(width, height, 1000);
            checkPlacesAround(longitude, latitude, Math.max(width, height) / 50);
        }
    }

    @Test
    void polygonsAreCovered() {
        for (int round = 0; round < 300; round++) {
            double longitude = random.nextDouble(-150, 150);
            double latitude = random.nextDouble(-60, 60);
            double size = Math.pow(10, random.nextDouble(-3, 1));
            Polygon polygon = area.polygon();
            for (int i = random.nextInt(3, 8); i > 0; i--) {
                polygon.add(
                        longitude + random.nextDouble(-size, size),
                        latitude + random.nextDouble(-size, size));
            }
            checkPlacesAround(longitude, latitude, 1.5 * size);
        }
    }

    @Test
    void aPolygonAroundThePoleIsCoveredAlthoughItsMiddleIsNotOnTheMap() {
        Polygon polygon = area.polygon();
        for (int longitude = -170; longitude <= 170; longitude += 20) {
            polygon.add(longitude, longitude % 40 == 10 ? 80 : 84);
        }
        area.prepare();
        cells.cover(area);
        assertTrue(area.latitude() > Geohash.LATITUDE_MAX);
        int held = 0;
        for (int i = 0; i < 2000; i++) {
            double east = random.nextDouble(-180, 180);
            double north = random.nextDouble(79, 85);
            if (area.holds(east, north)) {
                held++;
                assertTrue(isCovered(east, north), () -> east + " " + north);
            }
        }
        assertTrue(held > 0);
    }

    @Test
    void aPolygonHoldsWhatItsEdgesSurround() {
        Polygon polygon = area.polygon();
        polygon.add(0, 0);
        polygon.add(10, 0);
        polygon.add(10, 10);
        polygon.add(5, 2);
        polygon.add(0, 10);
        area.prepare();
        assertTrue(area.holds(1, 1));
        assertTrue(area.holds(9, 5));
        assertTrue(!area.holds(5, 5));
        assertTrue(!area.holds(-1, 1));
        assertTrue(!area.holds(11, 1));
    }

    @Test
    void noRadiusIsTheFinestCellAndAnEndlessOneTheWholeMap() {
        area.center(10, 10);
        area.circle(0, 1);
        area.prepare();
        cells.cover(area);
        assertTrue(isCovered(10, 10));
        area.circle(Double.POSITIVE_INFINITY, 1);
        area.prepare();
        cells.cover(area);
        assertEquals(4, cells.count());
        assertTrue(isCovered(-179, -84));
        assertTrue(isCovered(179, 84));
    }
}
