// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

import dev.sigrun.core.sortedset.SortedSetReader;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;

/**
 * What a search was asked for. Owner thread only; one object serves all commands. Arguments are
 * checked in Valkey's order, members among them, so that of several mistakes the same one is named.
 */
final class SearchOptions {
    /** The order of the answer. */
    enum Sorting {
        /** As the cells are searched. */
        NONE,
        /** The nearest first. */
        ASCENDING,
        /** The farthest first. */
        DESCENDING
    }

    private static final CommandException COUNT_TOO_SMALL =
            CommandException.of("COUNT must be > 0");
    private static final CommandException ANY_WITHOUT_COUNT =
            CommandException.of("the ANY argument requires COUNT argument");
    private static final CommandException STORE_WITH_DETAILS =
            CommandException.of(
                    "STORE option in GEORADIUS is not compatible with WITHDIST, WITHHASH and"
                            + " WITHCOORD options");
    private static final CommandException SEARCHSTORE_WITH_DETAILS =
            CommandException.of(
                    "GEOSEARCHSTORE is not compatible with WITHDIST, WITHHASH and WITHCOORD"
                            + " options");

    private final AreaOptions areaOptions;
    private Args args;
    private SearchKind kind;
    private boolean withDistance;
    private boolean withScore;
    private boolean withCoordinates;
    private boolean any;
    private long count;
    private Sorting sorting = Sorting.NONE;
    private int target;
    private boolean storesDistances;

    SearchOptions(SearchArea area) {
        this.areaOptions = new AreaOptions(area);
    }

    /**
     * Parses all arguments.
     *
     * @param places the sorted set that is searched
     * @throws CommandException when they make no sense
     */
    void parse(Args commandArgs, SearchKind searchKind, SortedSetReader places)
            throws CommandException {
        args = commandArgs;
        kind = searchKind;
        withDistance = false;
        withScore = false;
        withCoordinates = false;
        any = false;
        count = 0;
        sorting = Sorting.NONE;
        target = kind == SearchKind.GEOSEARCHSTORE ? 1 : 0;
        storesDistances = false;
        areaOptions.begin(args, places);
        if (!kind.hasAreaOptions()) {
            areaOptions.parseCircle(kind);
        }
        int at = kind.firstOption();
        while (at < args.count()) {
            at += option(at);
        }
        check();
    }

    /** Parses an option; gives the number of its arguments. */
    private int option(int at) throws CommandException {
        boolean hasValue = at + 1 < args.count();
        if (args.is(at, "WITHDIST")) {
            withDistance = true;
        } else if (args.is(at, "WITHHASH")) {
            withScore = true;
        } else if (args.is(at, "WITHCOORD")) {
            withCoordinates = true;
        } else if (args.is(at, "ANY")) {
            any = true;
        } else if (args.is(at, "ASC")) {
            sorting = Sorting.ASCENDING;
        } else if (args.is(at, "DESC")) {
            sorting = Sorting.DESCENDING;
        } else if (args.is(at, "COUNT") && hasValue) {
            count = args.longAt(at + 1);
            if (count <= 0) {
                throw COUNT_TOO_SMALL;
            }
            return 2;
        } else {
            return storeOption(at, hasValue);
        }
        return 1;
    }

    private int storeOption(int at, boolean hasValue) throws CommandException {
        boolean distances = args.is(at, "STOREDIST");
        if (kind.hasStoreOption() && hasValue && (distances || args.is(at, "STORE"))) {
            target = at + 1;
            storesDistances = distances;
            return 2;
        } else if (kind == SearchKind.GEOSEARCHSTORE && distances) {
            storesDistances = true;
            return 1;
        } else if (kind.hasAreaOptions()) {
            return areaOptions.option(at);
        }
        throw CommandException.SYNTAX;
    }

    private void check() throws CommandException {
        if (stores() && (withDistance || withScore || withCoordinates)) {
            throw kind == SearchKind.GEOSEARCHSTORE ? SEARCHSTORE_WITH_DETAILS : STORE_WITH_DETAILS;
        }
        if (kind.hasAreaOptions()) {
            areaOptions.requireComplete();
        }
        if (any && count == 0) {
            throw ANY_WITHOUT_COUNT;
        }
        // To return the nearest ones is what a bare COUNT means.
        if (count > 0 && !any && sorting == Sorting.NONE) {
            sorting = Sorting.ASCENDING;
        }
    }

    /** Whether the result is stored and not answered. */
    boolean stores() {
        return target > 0;
    }

    /** Position of the key to store at. */
    int target() {
        return target;
    }

    /** Whether distances are stored as scores. */
    boolean storesDistances() {
        return storesDistances;
    }

    /** Whether distances matter beyond the area. */
    boolean needsDistances() {
        return withDistance || storesDistances || sorting != Sorting.NONE;
    }

    /** How many places to answer with at most. */
    long count() {
        return count == 0 ? Long.MAX_VALUE : count;
    }

    /** How many places may be found before the search ends. */
    long foundMax() {
        return any ? count : Long.MAX_VALUE;
    }

    Sorting sorting() {
        return sorting;
    }

    boolean withDistance() {
        return withDistance;
    }

    boolean withScore() {
        return withScore;
    }

    boolean withCoordinates() {
        return withCoordinates;
    }

    /** How many things are answered beside each member. */
    int details() {
        return (withDistance ? 1 : 0) + (withScore ? 1 : 0) + (withCoordinates ? 1 : 0);
    }
}
