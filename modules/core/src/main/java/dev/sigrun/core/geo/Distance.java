// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

/**
 * Distances from one place, along great circles of a sphere. What depends on that place alone is
 * computed once. Confined to its thread.
 *
 * <p>The share is the square of half the chord through the earth, its radius being 1. It grows with
 * the distance, and polynomials bound it well for places near each other.
 */
final class Distance {
    /** The earth's quadratic mean radius. */
    static final double EARTH_RADIUS_METERS = 6372797.560856;

    /** What an angle in degrees is multiplied by to be in radians. */
    private static final double RADIANS = Math.PI / 180.0;

    /** Half-differences of longitude up to this are some nanometers and count as none. */
    private static final double SINE_MIN = 1e-15;

    /**
     * How far apart two shares must be, as a part of them, to be taken as different: more than all
     * rounding on the way to them, and little enough to leave few places in doubt.
     */
    private static final double CERTAINTY = 1e-9;

    private final Trigonometry trigonometry;
    private double longitude;
    private double latitude;
    private double cosine;
    private double shareMin;
    private double shareMax;

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

    /** Sets the distance that {@link #isWithin} and {@link #isBeyond} compare with. */
    void limit(double meters) {
        double angle = meters / (2 * EARTH_RADIUS_METERS);
        double chord = Math.sin(Math.min(angle, Math.PI / 2));
        shareMin = chord * chord * (1 - CERTAINTY);
        // Nothing lies beyond the other side of the earth.
        shareMax = angle < Math.PI / 2 ? chord * chord * (1 + CERTAINTY) : Double.POSITIVE_INFINITY;
    }

    /** Whether a place is so clearly within the limit that the exact distance need not show it. */
    boolean isWithin(double toLongitude, double toLatitude) {
        double north = halfNorth(toLatitude);
        double east = halfEast(toLongitude);
        return north * north + cosine * (cosine + 2 * north) * east * east < shareMin;
    }

    /** Whether a place is so clearly beyond the limit that the exact distance need not show it. */
    boolean isBeyond(double toLongitude, double toLatitude) {
        double north = halfNorth(toLatitude);
        double northShare = lowerSquare(north);
        if (northShare > shareMax) {
            return true;
        }
        double otherCosine = Math.max(0, cosine - 2 * north);
        return northShare + cosine * otherCosine * lowerSquare(halfEast(toLongitude)) > shareMax;
    }

    private double halfNorth(double toLatitude) {
        return Math.abs(radians(toLatitude) - latitude) / 2;
    }

    /** Half of what lies between two longitudes, the short way around. */
    private double halfEast(double toLongitude) {
        double half = Math.abs(radians(toLongitude) - longitude) / 2;
        return Math.min(half, Math.PI - half);
    }

    /** What the square of the sine of an angle up to a quarter turn is not less than. */
    private static double lowerSquare(double angle) {
        double square = angle * angle;
        return square * (1 - square / 3);
    }

    /** The distance between two latitudes on one meridian, in degrees, in meters. */
    static double alongMeridian(double from, double to) {
        return EARTH_RADIUS_METERS * Math.abs(radians(to) - radians(from));
    }
}
