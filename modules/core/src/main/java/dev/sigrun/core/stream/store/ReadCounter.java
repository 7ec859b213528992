// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

/**
 * Owner thread only. How many entries of a stream a group was served, counted from the very first
 * entry that there ever was, and how many are still ahead.
 *
 * <p>The number is kept while a group reads on without gaps. After a gap, such as a deleted entry
 * ahead or a jump by a client, it cannot be told in general; but it can where a group stands at an
 * end of the stream, and from there it is kept again.
 */
public final class ReadCounter {
    /** What {@link #lag} is when it cannot be told; a lag may be negative, but not so much. */
    public static final long LAG_UNKNOWN = Long.MIN_VALUE;

    private ReadCounter() {}

    /** How many entries are ahead of a group, or {@link #LAG_UNKNOWN}. */
    public static long lag(long root, long group) {
        long added = StreamRoot.added(root);
        if (added == 0) {
            return 0;
        }
        long read = Group.entriesRead(group);
        if (read == Group.UNKNOWN || hasDeletedAhead(root, group)) {
            read = position(root, Group.lastMs(group), Group.lastSeq(group));
        }
        return read == Group.UNKNOWN ? LAG_UNKNOWN : added - read;
    }

    /** Notes that a group is served the next entry. */
    static void advance(long root, long group, long ms, long seq) {
        long read = Group.entriesRead(group);
        boolean withinStream =
                StreamId.compare(
                                Group.lastMs(group),
                                Group.lastSeq(group),
                                StreamRoot.firstMs(root),
                                StreamRoot.firstSeq(root))
                        >= 0;
        if (read != Group.UNKNOWN && withinStream && !hasDeletedAhead(root, group)) {
            Group.entriesRead(group, read + 1);
        } else if (StreamRoot.added(root) != 0) {
            Group.entriesRead(group, position(root, ms, seq));
        }
        Group.lastId(group, ms, seq);
    }

    /** Whether an entry may be missing that the group was not yet served. */
    private static boolean hasDeletedAhead(long root, long group) {
        long deletedMs = StreamRoot.deletedMs(root);
        long deletedSeq = StreamRoot.deletedSeq(root);
        return StreamRoot.length(root) != 0
                && (deletedMs | deletedSeq) != 0
                && StreamId.compare(
                                Group.lastMs(group), Group.lastSeq(group), deletedMs, deletedSeq)
                        <= 0;
    }

    /**
     * The how many-th entry of all that were ever added an identifier is, or would be; {@link
     * Group#UNKNOWN} when that cannot be told.
     */
    public static long position(long root, long ms, long seq) {
        long added = StreamRoot.added(root);
        if (added == 0) {
            return 0;
        }
        long length = StreamRoot.length(root);
        int toLast = StreamId.compare(ms, seq, StreamRoot.lastMs(root), StreamRoot.lastSeq(root));
        if (length == 0 && toLast <= 0) {
            return added;
        }
        long deletedMs = StreamRoot.deletedMs(root);
        long deletedSeq = StreamRoot.deletedSeq(root);
        boolean isZero = (ms | seq) == 0;
        if (!isZero && StreamId.compare(ms, seq, deletedMs, deletedSeq) < 0) {
            return Group.UNKNOWN;
        }
        if (toLast == 0) {
            return added;
        }
        if (toLast > 0) {
            return Group.UNKNOWN;
        }
        long firstMs = StreamRoot.firstMs(root);
        long firstSeq = StreamRoot.firstSeq(root);
        boolean anyDeleted = (deletedMs | deletedSeq) != 0;
        if (anyDeleted && StreamId.compare(deletedMs, deletedSeq, firstMs, firstSeq) >= 0) {
            return Group.UNKNOWN;
        }
        int toFirst = StreamId.compare(ms, seq, firstMs, firstSeq);
        if (toFirst > 0) {
            return Group.UNKNOWN;
        }
        return toFirst < 0 ? added - length : added - length + 1;
    }
}
