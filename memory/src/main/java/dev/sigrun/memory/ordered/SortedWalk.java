// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.SipHash;
import dev.sigrun.memory.SteppedWalk;
import dev.sigrun.memory.TouchedHashes;
import java.lang.foreign.Arena;
import java.util.function.LongSupplier;

/**
 * Shows every member that a set has when the walk begins, with its score as it is then, once and in
 * steps between which the set may change. Owner thread only.
 *
 * <p>The walk goes from the last member to the first one, as whoever builds a set of what it sees
 * likes best. A member that is about to be added, changed or removed is shown before, unless it has
 * been, and is passed over later, wherever it is then. What that costs is two hashes of it: by one
 * alone two members might be taken for one another some day.
 */
public final class SortedWalk implements SteppedWalk {
    /** Members that a step shows at most. */
    private static final int STEP = 64;

    private static final int ROOM_FIRST = 64;

    private final SortedMembers sets;
    private final LongSupplier root;
    private final MemberVisitor visitor;
    private final MemberCursor cursor = new MemberCursor();
    private final TouchedHashes touched = new TouchedHashes();
    private final TouchedHashes touchedToo = new TouchedHashes();
    private final long size;
    private boolean begun;
    private boolean done;
    private Throwable failure;

    // The member that was shown last by the walk itself; all that remain are before it.
    private double lastScore;
    private int lastLength;
    private long last;
    private int lastRoom;

    /**
     * Begins a walk, of which there may be several at a time.
     *
     * @param root says where the set stands now
     * @param visitor sees members; it must neither change nor search any set of the engine
     */
    public SortedWalk(SortedMembers sets, LongSupplier root, MemberVisitor visitor) {
        this.sets = sets;
        this.root = root;
        this.visitor = visitor;
        size = SortedMembers.size(root.getAsLong());
        sets.walks().begin(this);
    }

    /** Number of members that are shown. */
    public long size() {
        return size;
    }

    /**
     * Shows the next members.
     *
     * @return whether there are more
     * @throws IllegalStateException when the visitor has failed, be it in this call or before
     */
    @Override
    public boolean step() {
        if (!done) {
            long at = root.getAsLong();
            long left =
                    begun
                            ? sets.rank(at, lastScore, last, lastLength, false)
                            : SortedMembers.size(at);
            begun = true;
            done = left == 0;
            if (!done) {
                show(at, left);
            }
        }
        if (failure != null) {
            throw new IllegalStateException("a member could not be shown", failure);
        }
        return !done;
    }

    private void show(long at, long left) {
        cursor.seek(at, left - 1);
        long count = Math.min(left, STEP);
        for (long shown = 0; shown < count; shown++) {
            if (shown > 0) {
                cursor.previous();
            }
            long member = cursor.member();
            int length = cursor.length();
            if (touched.isEmpty() || !isTouched(member, length)) {
                visitor.visit(member, length, cursor.score());
            }
        }
        done = count == left;
        keepLast();
    }

    void finish() {
        while (!done) {
            try {
                step();
            } catch (RuntimeException | OutOfMemoryError e) {
                failure = e;
                done = true;
            }
        }
    }

    private boolean isTouched(long member, int length) {
        return touched.contains(sets.hash(member, length))
                && touchedToo.contains(otherHash(member, length));
    }

    private static long otherHash(long member, int length) {
        return SipHash.hash12(member, length, ~0L, 1);
    }

    private void keepLast() {
        lastScore = cursor.score();
        lastLength = cursor.length();
        if (lastRoom < lastLength || last == 0) {
            lastRoom = Math.max(ROOM_FIRST, 2 * lastLength);
            room = Arena.ofAuto();
            last = room.allocate(lastRoom).address();
        }
        Memory.copy(cursor.member(), last, lastLength);
    }

    /** What {@link #last} is memory of, for as long as it is reachable. */
    private Arena room;

    @Override
    public boolean isOf(long changedRoot) {
        return !done && root.getAsLong() == changedRoot;
    }

    /**
     * A member is about to change.
     *
     * @param present whether it is there at all
     */
    void beforeChange(long member, int length, boolean present, double score) {
        boolean isNew = touched.add(sets.hash(member, length));
        isNew |= touchedToo.add(otherHash(member, length));
        if (!isNew || !present || (begun && !isAhead(member, length, score))) {
            return;
        }
        try {
            visitor.visit(member, length, score);
        } catch (RuntimeException | OutOfMemoryError e) {
            // The change is somebody else's and goes on; the walk is of no use any more.
            failure = e;
            done = true;
        }
    }

    private boolean isAhead(long member, int length, double score) {
        if (score != lastScore) {
            return score < lastScore;
        }
        return Memory.compare(member, length, last, lastLength) < 0;
    }

    /** Ends the walk; the set goes on without it. */
    @Override
    public void close() {
        done = true;
        sets.walks().end(this);
    }
}
