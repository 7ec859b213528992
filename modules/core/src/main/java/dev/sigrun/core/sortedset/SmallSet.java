// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.memory.Memory;

/**
 * Any thread. The form of a small sorted set: the number of members in two bytes, and then each
 * member, in order: its score as {@link ScoreCode} has it, its length in one byte or in five, its
 * bytes. Places are offsets from the beginning. Whoever inserts has made the room before, and
 * whoever removes gives it back afterwards.
 */
final class SmallSet {
    static final int HEADER_BYTES = 2;
    static final int COUNT_MAX = 0xffff;

    private static final int LONG_LENGTH = 0xff;

    private SmallSet() {}

    static void create(long set) {
        Memory.putShort(set, (short) 0);
    }

    static int count(long set) {
        return Memory.getShort(set) & 0xffff;
    }

    // ---- entries ----

    static double score(long entry) {
        return ScoreCode.read(entry);
    }

    static int memberLength(long entry) {
        long at = entry + ScoreCode.bytes(entry);
        int length = Memory.getByte(at) & 0xff;
        return length < LONG_LENGTH ? length : Memory.getInt(at + 1);
    }

    static long member(long entry) {
        long at = entry + ScoreCode.bytes(entry);
        return at + lengthBytes(at);
    }

    private static int lengthBytes(long at) {
        return (Memory.getByte(at) & 0xff) < LONG_LENGTH ? 1 : 1 + Integer.BYTES;
    }

    private static int bytes(long entry) {
        return (int) (member(entry) - entry) + memberLength(entry);
    }

    static int next(long set, int offset) {
        return offset + bytes(set + offset);
    }

    /** Bytes that a member takes. */
    static long entryBytes(double score, int length) {
        int lengthBytes = length < LONG_LENGTH ? 1 : 1 + Integer.BYTES;
        return (long) ScoreCode.bytesFor(score) + lengthBytes + length;
    }

    // ---- places ----

    /** Where the member with a rank is; behind all when there are not so many. */
    static int seek(long set, int rank) {
        int offset = HEADER_BYTES;
        for (int i = 0; i < rank; i++) {
            offset = next(set, offset);
        }
        return offset;
    }

    /** Where a member is, or 0. */
    static int find(long set, int end, long member, int length) {
        for (int offset = HEADER_BYTES; offset < end; offset = next(set, offset)) {
            long entry = set + offset;
            if (memberLength(entry) == length && Memory.equal(member(entry), member, length)) {
                return offset;
            }
        }
        return 0;
    }

    /** How many members are before a place. */
    static int rank(long set, int place) {
        int rank = 0;
        for (int offset = HEADER_BYTES; offset < place; offset = next(set, offset)) {
            rank++;
        }
        return rank;
    }

    /** Where a member belongs that is not there. */
    static int place(long set, int end, double score, long member, int length) {
        int offset = HEADER_BYTES;
        while (offset < end && isBefore(set + offset, score, member, length)) {
            offset = next(set, offset);
        }
        return offset;
    }

    private static boolean isBefore(long entry, double score, long member, int length) {
        double other = score(entry);
        return other != score
                ? other < score
                : Memory.compare(member(entry), memberLength(entry), member, length) < 0;
    }

    // ---- changes ----

    /** Inserts a member at its place; there must be room behind the end. */
    static void insert(long set, int end, int place, double score, long member, int length) {
        int bytes = (int) entryBytes(score, length);
        long entry = set + place;
        Memory.copy(entry, entry + bytes, end - place);
        ScoreCode.write(entry, score);
        long at = entry + ScoreCode.bytes(entry);
        if (length < LONG_LENGTH) {
            Memory.putByte(at, (byte) length);
        } else {
            Memory.putByte(at, (byte) LONG_LENGTH);
            Memory.putInt(at + 1, length);
        }
        Memory.copy(member, at + lengthBytes(at), length);
        Memory.putShort(set, (short) (count(set) + 1));
    }

    /**
     * Removes members.
     *
     * @param from place of the first
     * @param to place behind the last
     * @return the new end
     */
    static int remove(long set, int end, int from, int to, int members) {
        Memory.copy(set + to, set + from, end - to);
        Memory.putShort(set, (short) (count(set) - members));
        return end - (to - from);
    }
}
