// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.records.Records;
import dev.sigrun.memory.Memory;

/**
 * The places that a search has found, in the order in which it found them until they are sorted.
 * Owner thread only; one object serves all searches, from {@link #open} to {@link #close}.
 *
 * <p>A record is the distance in meters where that matters, the score, and the member's address and
 * length, then the number of those found before. Members stay where they are in the sorted set, so
 * it must not change meanwhile.
 */
final class Matches {
    private static final int SCORE_AT = 8;
    private static final int MEMBER_AT = 16;
    private static final int LENGTH_AT = 24;
    private static final int NUMBER_AT = 28;

    private final Records records;

    Matches(CoreMemory memory) {
        this.records = new Records(memory);
    }

    /** Begins with nothing found. */
    void open() {
        records.open();
    }

    /** Forgets everything. */
    void close() {
        records.close();
    }

    int size() {
        return records.size();
    }

    void add(double meters, double score, long member, int length) {
        int number = records.size();
        long record = records.add();
        Memory.putDouble(record, meters);
        Memory.putDouble(record + SCORE_AT, score);
        Memory.putLong(record + MEMBER_AT, member);
        Memory.putInt(record + LENGTH_AT, length);
        Memory.putInt(record + NUMBER_AT, number);
    }

    /**
     * Sorts by distance and keeps the first few. Places at the same distance stay in the order in
     * which they were found. Deviation: Valkey leaves the order of such places open when it is to
     * keep fewer than there are.
     */
    void sort(SearchOptions.Sorting sorting, long wanted) {
        int kept = (int) Math.min(wanted, Integer.MAX_VALUE);
        switch (sorting) {
            case ASCENDING -> records.sort(Matches::nearestFirst, kept);
            case DESCENDING -> records.sort(Matches::farthestFirst, kept);
            case NONE -> {
                // They are in order, and a search without one ends at what is wanted.
            }
        }
    }

    private static int nearestFirst(long a, long b) {
        int order = Double.compare(Memory.getDouble(a), Memory.getDouble(b));
        return order != 0 ? order : foundFirst(a, b);
    }

    private static int farthestFirst(long a, long b) {
        int order = Double.compare(Memory.getDouble(b), Memory.getDouble(a));
        return order != 0 ? order : foundFirst(a, b);
    }

    private static int foundFirst(long a, long b) {
        return Integer.compare(Memory.getInt(a + NUMBER_AT), Memory.getInt(b + NUMBER_AT));
    }

    double meters(int index) {
        return Memory.getDouble(records.at(index));
    }

    double score(int index) {
        return Memory.getDouble(records.at(index) + SCORE_AT);
    }

    /** Address of the member's first byte. */
    long member(int index) {
        return Memory.getLong(records.at(index) + MEMBER_AT);
    }

    /** Number of the member's bytes. */
    int length(int index) {
        return Memory.getInt(records.at(index) + LENGTH_AT);
    }
}
