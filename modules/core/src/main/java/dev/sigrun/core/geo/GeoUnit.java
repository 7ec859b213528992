// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;

/** Units of length, as numbers of meters. Any thread. */
final class GeoUnit {
    /** The unit of distances when none is asked for. */
    static final double METER = 1;

    private static final double KILOMETER = 1000;
    private static final double FOOT = 0.3048;
    private static final double MILE = 1609.34;

    private static final CommandException UNKNOWN =
            CommandException.of("unsupported unit provided. please use M, KM, FT, MI");

    private GeoUnit() {}

    /**
     * The meters in the unit that an argument names.
     *
     * @throws CommandException when it names none
     */
    static double meters(Args args, int index) throws CommandException {
        if (args.is(index, "M")) {
            return METER;
        } else if (args.is(index, "KM")) {
            return KILOMETER;
        } else if (args.is(index, "FT")) {
            return FOOT;
        } else if (args.is(index, "MI")) {
            return MILE;
        }
        throw UNKNOWN;
    }
}
