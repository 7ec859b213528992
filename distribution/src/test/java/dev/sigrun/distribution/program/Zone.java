// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.distribution.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time zone at the place that stands for it. Immutable.
 *
 * @param name of the database, such as {@code Europe/Oslo}
 * @param longitude in degrees, east positive
 * @param latitude in degrees, north positive
 */
record Zone(String name, double longitude, double latitude) {
    /** The radius of the sphere that Valkey takes the Earth for. */
    private static final double EARTH_METERS = 6_372_797.560856;

    /** A cell of a position's 52 bits is this wide at the most, and its middle is what is kept. */
    private static final double CELL_METERS = 1;

    private static final Pattern ISO_6709 =
            Pattern.compile("([+-]\\d{2})(\\d{2})(\\d{2})?([+-]\\d{3})(\\d{2})(\\d{2})?");

    /** Reads a line of {@code zone1970.tab}: countries, coordinates, name, perhaps comments. */
    static Zone of(String line) {
        String[] fields = line.split("\t", -1);
        Matcher place = ISO_6709.matcher(fields[1]);
        if (!place.matches()) {
            throw new IllegalArgumentException("not coordinates: " + line);
        }
        return new Zone(
                fields[2],
                degrees(place.group(4), place.group(5), place.group(6)),
                degrees(place.group(1), place.group(2), place.group(3)));
    }

    private static double degrees(String degrees, String minutes, String seconds) {
        double size =
                Math.abs(Integer.parseInt(degrees))
                        + Integer.parseInt(minutes) / 60.0
                        + (seconds == null ? 0 : Integer.parseInt(seconds) / 3600.0);
        return degrees.startsWith("-") ? -size : size;
    }

    /** How far away another zone is, along a great circle. */
    double meters(Zone other) {
        return meters(longitude, latitude, other.longitude, other.latitude);
    }

    /** How far a zone is off to the side, measured along its own parallel as Valkey does. */
    double metersAcross(Zone other) {
        return meters(longitude, other.latitude, other.longitude, other.latitude);
    }

    /** How far north or south a zone is. */
    double metersAlong(Zone other) {
        return meters(longitude, latitude, longitude, other.latitude);
    }

    private static double meters(double lon1, double lat1, double lon2, double lat2) {
        double across = Math.sin(Math.toRadians(lon2 - lon1) / 2);
        double along = Math.sin(Math.toRadians(lat2 - lat1) / 2);
        double cosines = Math.cos(Math.toRadians(lat1)) * Math.cos(Math.toRadians(lat2));
        double haversine = along * along + cosines * across * across;
        return 2 * EARTH_METERS * Math.asin(Math.sqrt(haversine));
    }

    /** By how much a distance may differ, as both ends are kept less exactly than given. */
    static double toleranceMeters() {
        return 2 * CELL_METERS;
    }

    /**
     * Asserts that the zones found are those that are near enough; one at the very edge may be
     * among them or not.
     *
     * @param excessMeters by how much a zone is too far away; negative when it is near
     */
    static void assertThoseWithin(
            Collection<String> found, List<Zone> all, ToDoubleFunction<Zone> excessMeters) {
        Set<String> expected = new TreeSet<>();
        Set<String> sure = new TreeSet<>(found);
        for (Zone zone : all) {
            double excess = excessMeters.applyAsDouble(zone);
            if (Math.abs(excess) < toleranceMeters()) {
                sure.remove(zone.name);
            } else if (excess < 0) {
                expected.add(zone.name);
            }
        }
        assertEquals(expected, sure);
        assertEquals(Set.copyOf(found).size(), found.size(), "a zone was found twice");
    }
}
