// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.core.View;
import dev.sigrun.core.element.ElementBytes;
import dev.sigrun.core.set.SetIterator;
import dev.sigrun.core.set.SetType;
import dev.sigrun.memory.dict.Item;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.type.Cell;
import java.util.Arrays;

/**
 * The sorted sets and sets that a command reads, by the addresses of their values: there may be
 * more keys than can be held at a time, but values stay where they are while nothing is changed. A
 * member of a set counts as one with score 1. Owner thread only; one object serves a command.
 */
final class Sources {
    /** Arrays beyond this length are given up after the command. */
    private static final int KEPT_MAX = 1024;

    /** More arguments than these bits can number cannot be sent. */
    private static final int INDEX_BITS = 28;

    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;
    private static final double SCORE_OF_SET = 1;

    private final SortedSetKeys keys;
    private final SetType setType;
    private final SortedSetWalk walk = new SortedSetWalk();
    private final SetIterator iterator = new SetIterator();
    private final ElementBytes content = new ElementBytes();
    private final Item item = new Item();
    private final View view = new View();
    private long[] values = new long[16];
    private int[] lengths = new int[16];
    private boolean[] plain = new boolean[16];
    private double[] weights = new double[16];

    /** By place, the index of a source in its lowest bits, above it what the order goes by. */
    private long[] order = new long[16];

    private int count;

    // What is being gone through: a set, or a sorted set, whose first member may not be taken yet.
    private boolean walksPlain;
    private boolean isFirst;
    private boolean isOver;

    /** The score of the member that was found. */
    private double found;

    Sources(SortedSetKeys keys, SetType setType) {
        this.keys = keys;
        this.setType = setType;
    }

    /** Looks up the keys at some arguments; all weights are 1. */
    void read(CommandContext context, int first, int keyCount) throws CommandException {
        if (keyCount > values.length || values.length > KEPT_MAX) {
            int room = Math.max(keyCount, 16);
            values = new long[room];
            lengths = new int[room];
            plain = new boolean[room];
            weights = new double[room];
            order = new long[room];
        }
        count = keyCount;
        Arrays.fill(weights, 0, count, 1);
        for (int i = 0; i < count; i++) {
            Key key = context.read(first + i);
            plain[i] = setType.spec().name().equals(key.typeName());
            Cell cell = plain[i] ? key.value(setType) : keys.find(key);
            values[i] = cell == null ? 0 : cell.address();
            lengths[i] = cell == null ? 0 : cell.length();
            order[i] = i;
        }
    }

    int count() {
        return count;
    }

    /** The weights in the order of the keys. */
    double[] weights() {
        return weights;
    }

    private int index(int place) {
        return (int) order[place] & INDEX_MASK;
    }

    double weight(int place) {
        return weights[index(place)];
    }

    /** Number of members; 0 for a key that is not there. */
    long size(int place) {
        int index = index(place);
        if (values[index] == 0) {
            return 0;
        }
        return plain[index]
                ? setType.size(view.over(values[index], lengths[index]))
                : SortedSets.size(values[index]);
    }

    /** Whether two are the same set, because the same key was named twice. */
    boolean isSame(int one, int other) {
        long value = values[index(one)];
        return value != 0 && value == values[index(other)];
    }

    /** Brings the sets from a place on into the order of their sizes. */
    void sort(int from, boolean largestFirst) {
        for (int place = from; place < count; place++) {
            long size = Math.min(size(place), Long.MAX_VALUE >> INDEX_BITS);
            order[place] = (largestFirst ? -size : size) << INDEX_BITS | index(place);
        }
        Arrays.sort(order, from, count);
    }

    /** Looks a member up in the set at a place. */
    boolean find(int place, long member, int length) {
        int index = index(place);
        if (values[index] == 0) {
            return false;
        }
        view.over(values[index], lengths[index]);
        if (plain[index]) {
            found = SCORE_OF_SET;
            return setType.contains(view, item.bytes(member, length));
        }
        boolean isThere = keys.sets.find(view, member, length);
        found = isThere ? keys.sets.score(view) : 0;
        return isThere;
    }

    /** The score of the member that was found. */
    double found() {
        return found;
    }

    // ---- going through one of the sets ----

    /** Whether the members come in order, as those of a sorted set do. */
    boolean isInOrder(int place) {
        return !plain[index(place)];
    }

    /** Begins to go through the set at a place. */
    void begin(int place) {
        int index = index(place);
        walksPlain = plain[index];
        if (walksPlain) {
            iterator.over(values[index], lengths[index]);
        } else {
            isFirst = values[index] != 0 && walk.first(values[index], lengths[index]);
            isOver = !isFirst;
        }
    }

    /** Goes to the next member; false when there are no more. */
    boolean next() {
        if (walksPlain) {
            if (!iterator.next()) {
                return false;
            }
            content.over(iterator.item());
            return true;
        }
        if (!isOver && !isFirst) {
            isOver = !walk.next();
        }
        isFirst = false;
        return !isOver;
    }

    long member() {
        return walksPlain ? content.address() : walk.member();
    }

    int length() {
        return walksPlain ? content.length() : walk.length();
    }

    double score() {
        return walksPlain ? SCORE_OF_SET : walk.score();
    }
}
