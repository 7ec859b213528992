// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

/**
 * Distances from one place, along great circles of a sphere. What depends on that place alone is
 * computed once. Confined to its thread.
 */
final class Distance {
    /** The earth's quadratic mean radius. */
    static final double EARTH_RADIUS_METERS = 6372797.560856;

    /** What an angle in degrees is multiplied by to be in radians. */
    private static final double RADIANS = Math.PI / 180.0;

    /** Half-differences of longitude up to this are some nanometers and count as none. */
    private static final double SINE_MIN = 1e-15;

    private final Trigonometry trigonometry;
    private double longitude;
    private double latitude;
    private double cosine;

    Distance(Trigonometry trigonometry) {
        this.trigonometry = trigonometry;
    }

    static double radians(double degrees) {
        return degrees * RADIANS;
    }

    static double degrees(double radians) {
        return radians / RADIANS;
    }

    /** Measures from a place, in degrees, from now on. */
    void from(double fromLongitude, double fromLatitude) {
        longitude = radians(fromLongitude);
        latitude = radians(fromLatitude);
        cosine = trigonometry.cos(latitude);
    }

    /** The distance to a place, in meters. */
    double to(double toLongitude, double toLatitude) {
        double east = trigonometry.sin((radians(toLongitude) - longitude) / 2);
        double other = radians(toLatitude);
        if (Math.abs(east) <= SINE_MIN) {
            return EARTH_RADIUS_METERS * Math.abs(other - latitude);
        }
        double north = trigonometry.sin((other - latitude) / 2);
        double share = north * north + cosine * trigonometry.cos(other) * east * east;
        // Rounding must not put the other side of the earth out of reach.
        double chord = Math.min(Math.sqrt(share), 1);
        return 2.0 * EARTH_RADIUS_METERS * trigonometry.asin(chord);
    }

    /** The distance between two latitudes on one meridian, in degrees, in meters. */
    static double alongMeridian(double from, double to) {
        return EARTH_RADIUS_METERS * Math.abs(radians(to) - radians(from));
    }
}
