// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** A longitude and a latitude that a client has sent. Owner thread only; to be parsed into anew. */
final class Place {
    private static final int DIGITS_SHOWN = 6;

    private double longitude;
    private double latitude;

    /**
     * Takes two arguments.
     *
     * @param index position of the longitude, before that of the latitude
     * @throws CommandException when they are no numbers or beyond the edges of the map
     */
    void parse(Args args, int index) throws CommandException {
        longitude = args.doubleAt(index);
        latitude = args.doubleAt(index + 1);
        boolean onMap =
                Math.abs(longitude) <= Geohash.LONGITUDE_MAX
                        && Math.abs(latitude) <= Geohash.LATITUDE_MAX;
        if (!onMap) {
            throw CommandException.of(
                    "invalid longitude,latitude pair " + shown(longitude) + "," + shown(latitude));
        }
    }

    private static String shown(double degrees) {
        if (Double.isInfinite(degrees)) {
            return degrees > 0 ? "inf" : "-inf";
        }
        BigDecimal size = new BigDecimal(Math.abs(degrees));
        boolean negative = Double.doubleToRawLongBits(degrees) < 0;
        return (negative ? "-" : "")
                + size.setScale(DIGITS_SHOWN, RoundingMode.HALF_EVEN).toPlainString();
    }

    double longitude() {
        return longitude;
    }

    double latitude() {
        return latitude;
    }

    /** The score that stands for the place. */
    long score() {
        return Geohash.score(Geohash.cell(longitude, latitude, Geohash.STEP_MAX), Geohash.STEP_MAX);
    }
}
