// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.ordered.MemberVisitor;
import dev.sigrun.memory.ordered.SortedMembers;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.Cell;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What can be done to the cell of a sorted set in either form, and when the form changes. The first
 * byte tells the form, behind it is the content. One instance serves all sets. Owner thread only.
 *
 * <p>What is done to one member goes in two steps: {@link #find} looks it up, and what follows is
 * about the member looked up last. Its bytes must not be those in the set itself.
 */
final class SortedSets {
    static final byte SMALL = 0;
    static final byte LARGE = 1;

    /** Bytes before the content. */
    static final int FORM_BYTES = 1;

    static final int EMPTY_BYTES = FORM_BYTES + SmallSet.HEADER_BYTES;

    private static final int LARGE_BYTES = FORM_BYTES + SortedMembers.ROOT_BYTES;

    /** As much as Valkey lets a small set have. */
    private static final long SMALL_BYTES_MAX = 1 << 30;

    private final SortedMembers members;
    private final SortedSetLimits limits;
    private final SortedSetWalk walk = new SortedSetWalk();

    /** A root on its way into a cell; off every account, as it is no value. */
    private final MemorySegment spareRoot = Arena.ofAuto().allocate(SortedMembers.ROOT_BYTES);

    /** The member that was looked up last; of a small set also its place. */
    private long sought;

    private int soughtLength;
    private int place;

    SortedSets(CoreMemory memory, SortedSetLimits limits) {
        this.members = new SortedMembers(memory, memory.hashKey0(), memory.hashKey1());
        this.limits = limits;
    }

    // ---- what there is ----

    static boolean isLarge(Bytes cell) {
        return isLarge(cell.address());
    }

    static boolean isLarge(long cell) {
        return Memory.getByte(cell) == LARGE;
    }

    /** The engine of large sets. */
    SortedMembers members() {
        return members;
    }

    /** The members of a small set, the root of a large one. */
    static long content(Bytes cell) {
        return cell.address() + FORM_BYTES;
    }

    private static int end(Bytes cell) {
        return cell.length() - FORM_BYTES;
    }

    SortedSetLimits limits() {
        return limits;
    }

    static long size(Bytes cell) {
        return size(cell.address());
    }

    static long size(long cell) {
        long content = cell + FORM_BYTES;
        return isLarge(cell) ? SortedMembers.size(content) : SmallSet.count(content);
    }

    static long memoryBytes(Bytes cell) {
        return isLarge(cell) ? SortedMembers.memoryBytes(content(cell)) : 0;
    }

    /** Looks a member up; says whether it is there. */
    boolean find(Bytes cell, long member, int length) {
        sought = member;
        soughtLength = length;
        if (isLarge(cell)) {
            return members.find(content(cell), member, length);
        }
        place = SmallSet.find(content(cell), end(cell), member, length);
        return place != 0;
    }

    /** The score of the member that was found. */
    double score(Bytes cell) {
        return isLarge(cell) ? members.score() : SmallSet.score(content(cell) + place);
    }

    /** How many members are before the one that was found. */
    long rank(Bytes cell) {
        return isLarge(cell) ? members.rank(content(cell)) : SmallSet.rank(content(cell), place);
    }

    /** How many members are before a score, or up to it. */
    long rank(Bytes cell, double score, boolean behind) {
        long content = content(cell);
        if (isLarge(cell)) {
            return members.rank(content, score, behind);
        }
        int rank = 0;
        int end = end(cell);
        int offset = SmallSet.HEADER_BYTES;
        while (offset < end) {
            double other = SmallSet.score(content + offset);
            if (other > score || (other == score && !behind)) {
                break;
            }
            offset = SmallSet.next(content, offset);
            rank++;
        }
        return rank;
    }

    /** How many members of a large set are before one, or up to it, as all have this score. */
    long rank(Bytes cell, double score, Bytes member, boolean behind) {
        return members.rank(content(cell), score, member.address(), member.length(), behind);
    }

    // ---- new sets ----

    /** Bytes of an empty set, which only becomes a key's when something is added. */
    static int emptyBytes(boolean large) {
        return large ? LARGE_BYTES : EMPTY_BYTES;
    }

    /** Writes an empty set into a cell of {@link #emptyBytes}. */
    static void create(Cell cell, boolean large) {
        Memory.putByte(cell.address(), large ? LARGE : SMALL);
        if (large) {
            SortedMembers.init(content(cell));
        } else {
            SmallSet.create(content(cell));
        }
    }

    // ---- adding ----

    /** Whether a set begins as a large one that is about to get so many members. */
    boolean beginsLarge(long count, int lengthMax) {
        return !limits.allowsCount(count) || !limits.allowsLength(lengthMax);
    }

    /** Makes a small set a large one that is about to get too many members, or too long ones. */
    void expect(Cell cell, long count, int lengthMax) {
        if (!isLarge(cell) && beginsLarge(count, lengthMax)) {
            enlarge(cell);
        }
    }

    /** Adds the member that was not found. */
    void add(Cell cell, double score) {
        if (!isLarge(cell)) {
            if (staysSmall(cell, score)) {
                insert(cell, score);
                return;
            }
            enlarge(cell);
            members.find(content(cell), sought, soughtLength);
        }
        members.add(content(cell), score);
    }

    /** Adds the member that was not found, whatever the limits say. */
    void addAsItIs(Cell cell, double score) {
        if (isLarge(cell)) {
            members.add(content(cell), score);
        } else {
            insert(cell, score);
        }
    }

    private boolean staysSmall(Cell cell, double score) {
        return limits.allowsCount(SmallSet.count(content(cell)) + 1L)
                && limits.allowsLength(soughtLength)
                && cell.length() + SmallSet.entryBytes(score, soughtLength) <= SMALL_BYTES_MAX;
    }

    private void insert(Cell cell, double score) {
        int end = end(cell);
        cell.resize(cell.length() + (int) SmallSet.entryBytes(score, soughtLength));
        long content = content(cell);
        int at = SmallSet.place(content, end, score, sought, soughtLength);
        SmallSet.insert(content, end, at, score, sought, soughtLength);
    }

    /** Gives the member that was found another score. */
    void update(Cell cell, double score) {
        if (isLarge(cell)) {
            members.update(content(cell), score);
            return;
        }
        // The room is there before the old entry is gone, so that want of memory loses nothing.
        int end = end(cell);
        int oldBytes = SmallSet.next(content(cell), place) - place;
        int newBytes = (int) SmallSet.entryBytes(score, soughtLength);
        if (newBytes > oldBytes) {
            cell.resize(cell.length() + newBytes - oldBytes);
        }
        long content = content(cell);
        int left = SmallSet.remove(content, end, place, place + oldBytes, 1);
        int target = SmallSet.place(content, left, score, sought, soughtLength);
        SmallSet.insert(content, left, target, score, sought, soughtLength);
        fit(cell, left + newBytes);
    }

    private static void fit(Cell cell, int end) {
        if (cell.length() > FORM_BYTES + end) {
            cell.resize(FORM_BYTES + end);
        }
    }

    /**
     * Adds a member to a large set that comes behind all others; {@link #endAppend} ends a row of
     * these. When one of the two throws, the set is good for nothing but to be freed.
     */
    void append(Cell cell, double score, long member, int length) {
        members.append(content(cell), score, member, length);
    }

    /** Makes what was appended part of the set. */
    void endAppend(Cell cell) {
        members.endAppend(content(cell));
    }

    // ---- removing; afterwards the set may be empty, and then its key has to go ----

    /** Removes the member that was found. */
    void remove(Cell cell) {
        if (isLarge(cell)) {
            members.remove(content(cell));
        } else {
            removeSmall(cell, place, SmallSet.next(content(cell), place), 1);
        }
    }

    private static void removeSmall(Cell cell, int from, int to, int count) {
        fit(cell, SmallSet.remove(content(cell), end(cell), from, to, count));
    }

    /** Removes the members from one rank up to another. */
    void removeRange(Cell cell, long from, long to) {
        long content = content(cell);
        if (isLarge(cell)) {
            members.removeRange(content, from, to);
        } else if (from < to) {
            int first = SmallSet.seek(content, (int) from);
            int behind = first;
            for (long rank = from; rank < to; rank++) {
                behind = SmallSet.next(content, behind);
            }
            removeSmall(cell, first, behind, (int) (to - from));
        }
    }

    // ---- changing the form ----

    /** Makes a small set a large one. */
    void enlarge(Cell cell) {
        long root = spareRoot.address();
        SortedMembers.init(root);
        boolean done = false;
        try {
            boolean more = walk.first(cell);
            while (more) {
                members.append(root, walk.score(), walk.member(), walk.length());
                more = walk.next();
            }
            members.endAppend(root);
            cell.resize(Math.max(cell.length(), LARGE_BYTES));
            done = true;
        } finally {
            if (!done) {
                members.free(root);
            }
        }
        Memory.putByte(cell.address(), LARGE);
        Memory.copy(root, content(cell), SortedMembers.ROOT_BYTES);
        fit(cell, SortedMembers.ROOT_BYTES);
    }

    /** Makes a large set a small one when it may be one. */
    void reduce(Cell cell) {
        if (isLarge(cell) && limits.allowsCount(size(cell)) && hasOnlyShort(cell)) {
            reduceAnyway(cell);
        }
    }

    private boolean hasOnlyShort(Cell cell) {
        boolean more = walk.first(cell);
        while (more && limits.allowsLength(walk.length())) {
            more = walk.next();
        }
        return !more;
    }

    /** Makes a large set a small one, unless that would be beyond all measure. */
    void reduceAnyway(Cell cell) {
        long bytes = EMPTY_BYTES;
        boolean more = walk.first(cell);
        while (more) {
            bytes += SmallSet.entryBytes(walk.score(), walk.length());
            more = walk.next();
        }
        if (bytes <= SMALL_BYTES_MAX) {
            pack(cell, (int) bytes);
        }
    }

    private void pack(Cell cell, int bytes) {
        // Whoever still goes over the members has to see the rest of them now.
        members.endWalks(content(cell));
        long root = spareRoot.address();
        Memory.copy(content(cell), root, SortedMembers.ROOT_BYTES);
        cell.resize(Math.max(bytes, LARGE_BYTES));
        create(cell, false);
        long content = content(cell);
        int end = SmallSet.HEADER_BYTES;
        boolean more = walk.firstOf(root);
        while (more) {
            double score = walk.score();
            SmallSet.insert(content, end, end, score, walk.member(), walk.length());
            end += (int) SmallSet.entryBytes(score, walk.length());
            more = walk.next();
        }
        members.free(root);
        fit(cell, end);
    }

    // ---- whole sets ----

    /** Visits some members of a large set; see {@link SortedMembers#scan}. */
    long scan(Bytes cell, long position, MemberVisitor visitor) {
        return members.scan(content(cell), position, visitor);
    }

    /** How many members {@link #scan} visits in one step. */
    static int scanCount(Bytes cell, long position) {
        return SortedMembers.scanCount(content(cell), position);
    }

    /** Where {@link #scan} comes to in one step. */
    static long scanEnd(Bytes cell, long position) {
        return SortedMembers.scanEnd(content(cell), position);
    }

    /** Writes a copy of a set into a cell of the same length. */
    void copy(Bytes source, Cell target) {
        if (isLarge(source)) {
            create(target, true);
            members.copy(content(source), content(target));
        } else {
            Memory.copy(source.address(), target.address(), source.length());
        }
    }

    static long freeEffort(Bytes cell) {
        return isLarge(cell) ? SortedMembers.freeEffort(content(cell)) : 1;
    }

    /** Frees what hangs on a set; the cell is the caller's. */
    void free(Bytes cell) {
        freeSome(cell, Long.MAX_VALUE);
    }

    /** Frees a part of what hangs on a set; says whether all is gone. */
    boolean freeSome(Bytes cell, long steps) {
        return !isLarge(cell) || members.freeSome(content(cell), steps);
    }
}
