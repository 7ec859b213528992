// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

/**
 * The cells that cover an area: the one around its center and the eight around that, less those
 * that it does not reach. Owner thread only; one object serves all searches.
 */
final class SearchCells {
    /** The center and its neighbours, in the order in which they are searched. */
    private static final int[] EAST = {0, 0, 0, 1, -1, 1, -1, 1, -1};

    private static final int[] NORTH = {0, 1, -1, 0, 0, 1, 1, -1, -1};

    /** Half the earth's circumference on the square map, in meters. */
    private static final double MAP_METERS_MAX = 20037726.37;

    private final long[] cells = new long[EAST.length];
    private int count;
    private int step;
    private long center;

    /** Finds the cells for an area that has been prepared. */
    void cover(SearchArea area) {
        step = stepFor(area.reachMeters(), area.latitude());
        center = centerCell(area);
        if (step > 1 && !neighboursReach(area)) {
            step--;
            center = centerCell(area);
        }
        choose(area);
    }

    /**
     * The cell of the center. That of a polygon around a pole may lie beyond the edge of the map.
     * Deviation: Valkey then searches anywhere.
     */
    private long centerCell(SearchArea area) {
        double edge = Geohash.LATITUDE_MAX;
        double latitude = Math.clamp(area.latitude(), -edge, edge);
        return Geohash.cell(area.longitude(), latitude, step);
    }

    /** The finest grid whose cells are large enough, as far as that can be said beforehand. */
    private static int stepFor(double reachMeters, double latitude) {
        if (reachMeters == 0) {
            return Geohash.STEP_MAX;
        }
        int steps = -1;
        for (double meters = reachMeters; meters < MAP_METERS_MAX; meters *= 2) {
            steps++;
        }
        // Towards the poles cells are narrower than they are on the map.
        double size = Math.abs(latitude);
        int narrowing = size > 80 ? 2 : size > 66 ? 1 : 0;
        return Math.clamp(steps - narrowing, 1, Geohash.STEP_MAX);
    }

    /** Whether the neighbours end beyond the area on each side. */
    private boolean neighboursReach(SearchArea area) {
        long north = Geohash.neighbour(center, step, 0, 1);
        long south = Geohash.neighbour(center, step, 0, -1);
        long east = Geohash.neighbour(center, step, 1, 0);
        long west = Geohash.neighbour(center, step, -1, 0);
        return !(Geohash.south(Geohash.row(north) + 1, step) < area.north()
                || Geohash.south(Geohash.row(south), step) > area.south()
                || Geohash.west(Geohash.column(east) + 1, step) < area.east()
                || Geohash.west(Geohash.column(west), step) > area.west());
    }

    private void choose(SearchArea area) {
        long row = Geohash.row(center);
        long column = Geohash.column(center);
        boolean fine = step >= 2;
        boolean noSouth = fine && Geohash.south(row, step) < area.south();
        boolean noNorth = fine && Geohash.south(row + 1, step) > area.north();
        boolean noWest = fine && Geohash.west(column, step) < area.west();
        boolean noEast = fine && Geohash.west(column + 1, step) > area.east();
        count = 0;
        for (int i = 0; i < EAST.length; i++) {
            boolean left =
                    (NORTH[i] < 0 && noSouth)
                            || (NORTH[i] > 0 && noNorth)
                            || (EAST[i] < 0 && noWest)
                            || (EAST[i] > 0 && noEast);
            if (!left) {
                add(Geohash.neighbour(center, step, EAST[i], NORTH[i]));
            }
        }
    }

    /** Adds a cell, but not the same twice: in the coarsest grid east is west. */
    private void add(long cell) {
        for (int i = 0; i < count; i++) {
            if (cells[i] == cell) {
                return;
            }
        }
        cells[count] = cell;
        count++;
    }

    /** Number of cells. */
    int count() {
        return count;
    }

    /** The lowest score of places in a cell. */
    double scoreMin(int index) {
        return Geohash.score(cells[index], step);
    }

    /** The score that places in a cell are below. */
    double scoreEnd(int index) {
        return Geohash.score(cells[index] + 1, step);
    }
}
