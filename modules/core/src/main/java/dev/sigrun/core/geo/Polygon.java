// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

import java.util.Arrays;

/**
 * A polygon on the map of longitudes and latitudes. Confined to its thread; one object serves many,
 * in an array that grows to the largest seen.
 */
final class Polygon {
    /** An array beyond this is not kept for the next polygon. */
    private static final int KEPT_MAX = 2048;

    private final Trigonometry trigonometry;

    /** Longitudes and latitudes in turn. */
    private double[] vertices = new double[16];

    private int length;
    private double longitude;
    private double latitude;
    private double west;
    private double east;
    private double south;
    private double north;

    Polygon(Trigonometry trigonometry) {
        this.trigonometry = trigonometry;
    }

    /** Takes all vertices away. */
    void clear() {
        if (vertices.length > KEPT_MAX) {
            vertices = new double[KEPT_MAX];
        }
        length = 0;
    }

    /** Adds a vertex, in degrees. */
    void add(double vertexLongitude, double vertexLatitude) {
        if (length == vertices.length) {
            vertices = Arrays.copyOf(vertices, 2 * length);
        }
        vertices[length] = vertexLongitude;
        vertices[length + 1] = vertexLatitude;
        length += 2;
    }

    /** Computes the bounds, and the middle of the vertices as points in space. */
    void findMiddle() {
        west = Geohash.LONGITUDE_MAX;
        east = -Geohash.LONGITUDE_MAX;
        south = Geohash.LATITUDE_MAX;
        north = -Geohash.LATITUDE_MAX;
        double x = 0;
        double y = 0;
        double z = 0;
        for (int i = 0; i < length; i += 2) {
            west = Math.min(west, vertices[i]);
            east = Math.max(east, vertices[i]);
            south = Math.min(south, vertices[i + 1]);
            north = Math.max(north, vertices[i + 1]);
            double around = Distance.radians(vertices[i]);
            double up = Distance.radians(vertices[i + 1]);
            double level = trigonometry.cos(up);
            x += level * trigonometry.cos(around);
            y += level * trigonometry.sin(around);
            z += trigonometry.sin(up);
        }
        longitude = Distance.degrees(trigonometry.atan2(y, x));
        latitude = Distance.degrees(trigonometry.atan2(z, Math.sqrt(x * x + y * y)));
    }

    /**
     * Whether a place lies inside: a line from it to the east crosses an odd number of edges. An
     * edge is crossed when one of its ends lies above the line and the other does not.
     */
    boolean holds(double placeLongitude, double placeLatitude) {
        boolean inside = false;
        double otherLongitude = vertices[length - 2];
        double otherLatitude = vertices[length - 1];
        for (int i = 0; i < length; i += 2) {
            double vertexLongitude = vertices[i];
            double vertexLatitude = vertices[i + 1];
            if (vertexLatitude > placeLatitude != otherLatitude > placeLatitude) {
                double crossing =
                        (otherLongitude - vertexLongitude)
                                        * (placeLatitude - vertexLatitude)
                                        / (otherLatitude - vertexLatitude)
                                + vertexLongitude;
                inside ^= placeLongitude < crossing;
            }
            otherLongitude = vertexLongitude;
            otherLatitude = vertexLatitude;
        }
        return inside;
    }

    double longitude() {
        return longitude;
    }

    double latitude() {
        return latitude;
    }

    double west() {
        return west;
    }

    double east() {
        return east;
    }

    double south() {
        return south;
    }

    double north() {
        return north;
    }
}
