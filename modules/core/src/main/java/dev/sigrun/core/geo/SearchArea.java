// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

/**
 * The area of a search: a circle, a box or a polygon. Owner thread only; one object serves all
 * searches. A circle and a box lie around a center, and a polygon has one, the middle of its
 * vertices on the sphere, from which distances are measured.
 */
final class SearchArea {
    private enum Kind {
        CIRCLE,
        BOX,
        POLYGON
    }

    /** No distance. */
    private static final double UNKNOWN = -1;

    private final Trigonometry trigonometry = new Trigonometry();
    private final Distance fromCenter = new Distance(trigonometry);
    private final Distance alongParallel = new Distance(trigonometry);
    private final Polygon polygon = new Polygon(trigonometry);

    private Kind kind = Kind.CIRCLE;
    private double longitude;
    private double latitude;
    private double unitMeters = 1;
    private double width;
    private double height;

    private double west;
    private double east;
    private double south;
    private double north;

    private double placeLongitude;
    private double placeLatitude;
    private double meters;

    /** Sets the center, in degrees. */
    void center(double centerLongitude, double centerLatitude) {
        longitude = centerLongitude;
        latitude = centerLatitude;
    }

    /** Makes the area a circle; a radius in a unit of so many meters. */
    void circle(double radius, double unit) {
        kind = Kind.CIRCLE;
        width = radius;
        height = radius;
        unitMeters = unit;
    }

    /** Makes the area a box; its sides in a unit of so many meters. */
    void box(double boxWidth, double boxHeight, double unit) {
        kind = Kind.BOX;
        width = boxWidth;
        height = boxHeight;
        unitMeters = unit;
    }

    /** Makes the area a polygon, whose vertices are to be added to what this returns. */
    Polygon polygon() {
        kind = Kind.POLYGON;
        unitMeters = 1;
        polygon.clear();
        return polygon;
    }

    /** Meters in the unit that the area was given in, and distances are answered in. */
    double unitMeters() {
        return unitMeters;
    }

    /** Computes what the search needs, once the area is complete. */
    void prepare() {
        if (kind == Kind.POLYGON) {
            boundPolygon();
        } else {
            bound();
        }
        fromCenter.from(longitude, latitude);
        if (kind == Kind.CIRCLE) {
            fromCenter.limit(width * unitMeters);
        }
    }

    private void boundPolygon() {
        polygon.findMiddle();
        longitude = polygon.longitude();
        latitude = polygon.latitude();
        west = polygon.west();
        east = polygon.east();
        south = polygon.south();
        north = polygon.north();
    }

    /** The bounds of a circle or box, which is widest at its end towards the pole. */
    private void bound() {
        double up = unitMeters * height;
        double across = unitMeters * width;
        if (kind == Kind.BOX) {
            up /= 2;
            across /= 2;
        }
        double latitudes = Distance.degrees(up / Distance.EARTH_RADIUS_METERS);
        double widest = latitude < 0 ? latitude - latitudes : latitude + latitudes;
        double longitudes =
                Distance.degrees(
                        across / Distance.EARTH_RADIUS_METERS / Math.cos(Distance.radians(widest)));
        west = longitude - longitudes;
        east = longitude + longitudes;
        south = latitude - latitudes;
        north = latitude + latitudes;
    }

    /** A distance from the center that nothing in the area exceeds, in meters. */
    double reachMeters() {
        return switch (kind) {
            case CIRCLE -> width * unitMeters;
            case BOX -> Math.sqrt(width / 2 * (width / 2) + height / 2 * (height / 2)) * unitMeters;
            case POLYGON ->
                    Math.max(
                            Math.max(fromCenter.to(west, north), fromCenter.to(east, north)),
                            Math.max(fromCenter.to(west, south), fromCenter.to(east, south)));
        };
    }

    /** Whether a place lies in the area; then {@link #meters} says how far from its center. */
    boolean holds(double longitudeOfPlace, double latitudeOfPlace) {
        placeLongitude = longitudeOfPlace;
        placeLatitude = latitudeOfPlace;
        meters = UNKNOWN;
        return switch (kind) {
            case CIRCLE -> circleHolds();
            case BOX -> boxHolds();
            case POLYGON -> polygon.holds(placeLongitude, placeLatitude);
        };
    }

    private boolean circleHolds() {
        return !fromCenter.isBeyond(placeLongitude, placeLatitude)
                && (fromCenter.isWithin(placeLongitude, placeLatitude)
                        || !(meters() > width * unitMeters));
    }

    private boolean boxHolds() {
        if (Distance.alongMeridian(placeLatitude, latitude) > height * unitMeters / 2) {
            return false;
        }
        alongParallel.from(placeLongitude, placeLatitude);
        return !(alongParallel.to(longitude, placeLatitude) > width * unitMeters / 2);
    }

    /** Distance of the last place that was held from the center. */
    double meters() {
        if (meters == UNKNOWN) {
            meters = fromCenter.to(placeLongitude, placeLatitude);
        }
        return meters;
    }

    double longitude() {
        return longitude;
    }

    double latitude() {
        return latitude;
    }

    /** The westernmost longitude; may lie beyond the antimeridian. */
    double west() {
        return west;
    }

    /** The easternmost longitude; may lie beyond the antimeridian. */
    double east() {
        return east;
    }

    /** The southernmost latitude; may lie beyond the pole. */
    double south() {
        return south;
    }

    /** The northernmost latitude; may lie beyond the pole. */
    double north() {
        return north;
    }
}
