// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.set;

import dev.sigrun.memory.dict.Item;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.type.Cell;
import java.util.Arrays;

/**
 * The sets that a command reads, by the addresses of their values: there may be more keys than can
 * be held at a time, but values stay where they are while nothing is changed. Owner thread only;
 * one object serves a command.
 */
final class SetSources {
    /** Arrays beyond this length are given up after the command. */
    private static final int KEPT_MAX = 1024;

    /** More arguments than these bits can number cannot be sent. */
    private static final int INDEX_BITS = 28;

    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;

    private final Sets sets;
    private final SetType type;
    private long[] values = new long[16];
    private int[] lengths = new int[16];

    /** By place, the index of a set in its lowest bits, above it what the order goes by. */
    private long[] order = new long[16];

    private int count;
    private int missing;

    SetSources(Sets sets, SetType type) {
        this.sets = sets;
        this.type = type;
    }

    /**
     * Looks up the keys at some arguments.
     *
     * @param first position of the first key
     * @param keys how many follow each other
     * @throws CommandException {@link CommandException#WRONG_TYPE}
     */
    void read(CommandContext context, int first, int keys) throws CommandException {
        if (keys > values.length || values.length > KEPT_MAX) {
            values = new long[Math.max(keys, 16)];
            lengths = new int[values.length];
            order = new long[values.length];
        }
        count = keys;
        missing = 0;
        for (int i = 0; i < keys; i++) {
            Cell cell = context.read(first + i).value(type);
            values[i] = cell == null ? 0 : cell.address();
            lengths[i] = cell == null ? 0 : cell.length();
            order[i] = i;
            missing += cell == null ? 1 : 0;
        }
    }

    int count() {
        return count;
    }

    /** Whether some of the keys are not there. */
    boolean someMissing() {
        return missing > 0;
    }

    private int index(int place) {
        return (int) order[place] & INDEX_MASK;
    }

    /** The value of the set at a place; 0 for a key that is not there. */
    long value(int place) {
        return values[index(place)];
    }

    int length(int place) {
        return lengths[index(place)];
    }

    /** Number of members; 0 for a key that is not there. */
    long size(int place) {
        long value = value(place);
        return value == 0 ? 0 : sets.size(value);
    }

    /** Whether two are the same set, because the same key was named twice. */
    boolean isSame(int one, int other) {
        return value(one) != 0 && value(one) == value(other);
    }

    boolean contains(int place, Item member) {
        return sets.contains(value(place), length(place), member);
    }

    /** Brings the sets from a place on into the order of their sizes. */
    void sort(int from, boolean largestFirst) {
        for (int place = from; place < count; place++) {
            long size = Math.min(size(place), Long.MAX_VALUE >> INDEX_BITS);
            order[place] = (largestFirst ? -size : size) << INDEX_BITS | index(place);
        }
        Arrays.sort(order, from, count);
    }
}
