// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

import dev.sigrun.core.sortedset.SortedSetReader;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;

/**
 * The arguments that say where to search: from a member or from coordinates, by a radius, a box or
 * a polygon. Owner thread only; one object serves all commands.
 */
final class AreaOptions {
    private static final CommandException NO_RADIUS = CommandException.of("need numeric radius");
    private static final CommandException NEGATIVE_RADIUS =
            CommandException.of("radius cannot be negative");
    private static final CommandException NO_WIDTH = CommandException.of("need numeric width");
    private static final CommandException NO_HEIGHT = CommandException.of("need numeric height");
    private static final CommandException NEGATIVE_SIDE =
            CommandException.of("height or width cannot be negative");
    private static final CommandException NO_VERTICES =
            CommandException.of("invalid number of vertices");
    private static final CommandException TOO_FEW_VERTICES =
            CommandException.of("GEOSEARCH BYPOLYGON must have at least 3 vertices");

    private static final int VERTICES_MIN = 3;

    private enum Shape {
        NONE,
        CIRCLE,
        BOX,
        POLYGON
    }

    private enum Origin {
        NONE,
        MEMBER,
        COORDINATES
    }

    private final SearchArea area;
    private final Place place = new Place();
    private Args args;
    private SortedSetReader places;
    private Shape shape = Shape.NONE;
    private Origin origin = Origin.NONE;

    AreaOptions(SearchArea area) {
        this.area = area;
    }

    /** Forgets what there was. */
    void begin(Args commandArgs, SortedSetReader searched) {
        args = commandArgs;
        places = searched;
        shape = Shape.NONE;
        origin = Origin.NONE;
    }

    /**
     * Parses the fixed arguments of the commands that search in a circle. Around a member of a key
     * that is missing there is nothing, and what the arguments say does not matter then.
     *
     * @throws CommandException when they are no circle
     */
    void parseCircle(SearchKind kind) throws CommandException {
        if (!kind.isAroundMember()) {
            place.parse(args, 2);
            area.center(place.longitude(), place.latitude());
        } else if (places.isPresent()) {
            centerOnMember(2);
        } else {
            return;
        }
        parseRadius(kind.firstOption() - 2);
    }

    /**
     * Parses an option that says where to search.
     *
     * @return number of its arguments
     * @throws CommandException when it is no such option or in contradiction to another one
     */
    int option(int at) throws CommandException {
        int behind = args.count() - at - 1;
        boolean noPolygon = shape != Shape.POLYGON;
        if (args.is(at, "FROMMEMBER") && behind >= 1 && noPolygon && isFree(Origin.MEMBER)) {
            if (places.isPresent()) {
                centerOnMember(at + 1);
            }
            origin = Origin.MEMBER;
            return 2;
        } else if (args.is(at, "FROMLONLAT")
                && behind >= 2
                && noPolygon
                && isFree(Origin.COORDINATES)) {
            place.parse(args, at + 1);
            area.center(place.longitude(), place.latitude());
            origin = Origin.COORDINATES;
            return 3;
        } else if (args.is(at, "BYRADIUS") && behind >= 2 && isFree(Shape.CIRCLE)) {
            parseRadius(at + 1);
            shape = Shape.CIRCLE;
            return 3;
        } else if (args.is(at, "BYBOX") && behind >= 3 && isFree(Shape.BOX)) {
            parseBox(at + 1);
            shape = Shape.BOX;
            return 4;
        } else if (args.is(at, "BYPOLYGON")
                && behind >= 2
                && isFree(Shape.POLYGON)
                && origin == Origin.NONE) {
            shape = Shape.POLYGON;
            return 2 + 2 * parsePolygon(at + 1);
        }
        throw CommandException.SYNTAX;
    }

    /** Whether a shape was given no more than once, or again the same. */
    private boolean isFree(Shape wanted) {
        return shape == Shape.NONE || shape == wanted;
    }

    private boolean isFree(Origin wanted) {
        return origin == Origin.NONE || origin == wanted;
    }

    private void centerOnMember(int index) throws CommandException {
        Bytes member = args.bytes(index);
        if (!places.find(member)) {
            throw CommandException.of("member " + cText(member) + " does not exist");
        }
        long bits = Geohash.bits(places.score());
        area.center(Geohash.longitude(bits), Geohash.latitude(bits));
    }

    /** Text up to the first zero byte, as C sees it. */
    private static String cText(Bytes bytes) {
        String text = bytes.text();
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private void parseRadius(int index) throws CommandException {
        double radius = number(index, NO_RADIUS);
        if (radius < 0) {
            throw NEGATIVE_RADIUS;
        }
        area.circle(radius, GeoUnit.meters(args, index + 1));
    }

    private void parseBox(int index) throws CommandException {
        double width = number(index, NO_WIDTH);
        double height = number(index + 1, NO_HEIGHT);
        if (width < 0 || height < 0) {
            throw NEGATIVE_SIDE;
        }
        area.box(width, height, GeoUnit.meters(args, index + 2));
    }

    private double number(int index, CommandException error) throws CommandException {
        try {
            return args.doubleAt(index);
        } catch (CommandException e) {
            throw error;
        }
    }

    private int parsePolygon(int index) throws CommandException {
        long vertices = args.longAt(index, Integer.MIN_VALUE, Integer.MAX_VALUE, NO_VERTICES);
        int possible = (args.count() - index - 1) / 2;
        if (vertices < VERTICES_MIN || vertices > possible) {
            throw TOO_FEW_VERTICES;
        }
        Polygon polygon = area.polygon();
        for (int i = 0; i < vertices; i++) {
            place.parse(args, index + 1 + 2 * i);
            polygon.add(place.longitude(), place.latitude());
        }
        return (int) vertices;
    }

    /**
     * Refuses an area without a shape, or without a place where the shape has none by itself.
     *
     * @throws CommandException when something is missing
     */
    void requireComplete() throws CommandException {
        if (origin == Origin.NONE && shape != Shape.POLYGON) {
            throw missing("FROMMEMBER or FROMLONLAT");
        }
        if (shape == Shape.NONE) {
            throw missing("BYRADIUS, BYBOX and BYPOLYGON");
        }
    }

    private CommandException missing(String what) {
        return CommandException.of(
                "exactly one of " + what + " can be specified for " + cText(args.bytes(0)));
    }
}
