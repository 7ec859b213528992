// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.sortedset.SortedSetReader;
import dev.sigrun.core.sortedset.SortedSetResult;
import dev.sigrun.core.sortedset.SortedSetType;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.reply.ReplyWriter;

/**
 * A search: parses what is asked for, reads the cells of its area, and keeps what lies in it. Owner
 * thread only; one object serves all commands, from {@link #run} to {@link #close}.
 */
final class Search {
    private final SortedSetReader places;
    private final SearchArea area = new SearchArea();
    private final SearchOptions options = new SearchOptions(area);
    private final SearchCells cells = new SearchCells();
    private final Matches matches;
    private final SortedSetResult result;
    private final NumberText text = new NumberText();

    Search(CoreMemory memory, SortedSetType type) {
        this.places = new SortedSetReader(type);
        this.matches = new Matches(memory);
        this.result = new SortedSetResult(type, memory);
    }

    SearchOptions options() {
        return options;
    }

    /**
     * Searches.
     *
     * @throws CommandException when the key holds something else or the arguments make no sense
     */
    void run(CommandContext context, SearchKind kind) throws CommandException {
        places.open(context.read(kind.source()));
        options.parse(context.args(), kind, places);
        if (places.isPresent()) {
            matches.open();
            area.prepare();
            cells.cover(area);
            collect();
            matches.sort(options.sorting(), options.count());
        }
    }

    private void collect() {
        for (int i = 0; i < cells.count() && matches.size() < options.foundMax(); i++) {
            double end = cells.scoreEnd(i);
            boolean more = places.seek(cells.scoreMin(i), false);
            while (more && places.walkScore() < end) {
                collectPlace();
                more = matches.size() < options.foundMax() && places.next();
            }
        }
    }

    private void collectPlace() {
        double score = places.walkScore();
        long bits = Geohash.bits(score);
        if (area.holds(Geohash.longitude(bits), Geohash.latitude(bits))) {
            double meters = options.needsDistances() ? area.meters() : 0;
            matches.add(meters, score, places.member(), places.length());
        }
    }

    /** Answers with the places. */
    void reply(ReplyWriter reply) {
        int details = options.details();
        reply.array(matches.size());
        for (int i = 0; i < matches.size(); i++) {
            if (details > 0) {
                reply.array(1 + details);
            }
            reply.bulk(matches.member(i), matches.length(i));
            if (options.withDistance()) {
                text.distance(matches.meters(i) / area.unitMeters());
                reply.bulk(text.address(), text.length());
            }
            if (options.withScore()) {
                reply.integer((long) matches.score(i));
            }
            if (options.withCoordinates()) {
                replyPlace(reply, text, matches.score(i));
            }
        }
    }

    /** Answers with the longitude and the latitude of a score. */
    static void replyPlace(ReplyWriter reply, NumberText text, double score) {
        long bits = Geohash.bits(score);
        reply.array(2);
        text.coordinate(Geohash.longitude(bits));
        reply.dbl(text.address(), text.length());
        text.coordinate(Geohash.latitude(bits));
        reply.dbl(text.address(), text.length());
    }

    /**
     * Makes the key that was named hold the places, or removes it when there are none.
     *
     * @param event what is said to have happened when there are some
     * @return how many they are
     */
    long store(CommandContext context, String event) {
        result.begin(matches.size());
        try {
            for (int i = 0; i < matches.size(); i++) {
                double score =
                        options.storesDistances()
                                ? matches.meters(i) / area.unitMeters()
                                : matches.score(i);
                result.put(matches.member(i), matches.length(i), score);
            }
            long size = result.store(context, options.target(), event);
            if (size > 0) {
                context.write(options.target()).countChanges(size - 1);
            }
            return size;
        } finally {
            result.close();
        }
    }

    /** Forgets what was found. */
    void close() {
        matches.close();
    }
}
