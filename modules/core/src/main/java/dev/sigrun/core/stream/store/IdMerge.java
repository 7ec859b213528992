// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.memory.idmap.IdCursor;

/**
 * Goes through a map of pending entries as it was when a walk began, in order and in steps: what
 * has changed is taken from what was kept of it. Owner thread only.
 */
final class IdMerge {
    /** Takes entries. */
    interface Sink {
        /**
         * An entry.
         *
         * @param word the address of what is known of it, or {@link KeptIds#PRESENT}
         */
        void take(long ms, long seq, long word);
    }

    /** Entries that a step passes at most, be they there or not. */
    private static final int STEP = 64;

    private final IdCursor live = new IdCursor();
    private final IdCursor kept = new IdCursor();
    private final StreamId next = new StreamId();
    private boolean ended;

    /** Begins with the lowest identifier. */
    void begin() {
        next.set(0, 0);
        ended = false;
    }

    /** Whether an entry has been passed, so that its changes do not matter any more. */
    boolean isPast(long ms, long seq) {
        return ended || next.compareTo(ms, seq) > 0;
    }

    /**
     * Passes the next entries.
     *
     * @param liveMap the map as it is; 0 when it is gone
     * @return how many were there and have been given to {@code sink}
     */
    long step(long liveMap, KeptIds changes, Sink sink) {
        boolean more = liveMap != 0 && live.atLeast(liveMap, next.ms(), next.seq());
        boolean moreKept = changes.map() != 0 && kept.atLeast(changes.map(), next.ms(), next.seq());
        long taken = 0;
        for (int passed = 0; passed < STEP && (more || moreKept); passed++) {
            int order = order(more, moreKept);
            IdCursor at = order < 0 ? live : kept;
            next.set(at.ms(), at.seq());
            if (order < 0 || at.value() != KeptIds.ABSENT) {
                sink.take(next.ms(), next.seq(), at.value());
                taken++;
            }
            more = order <= 0 ? live.next() : more;
            moreKept = order >= 0 ? kept.next() : moreKept;
            ended = !next.increment();
        }
        ended |= !more && !moreKept;
        return taken;
    }

    private int order(boolean more, boolean moreKept) {
        if (!more || !moreKept) {
            return more ? -1 : 1;
        }
        return StreamId.compare(live.ms(), live.seq(), kept.ms(), kept.seq());
    }

    /** Whether all entries have been passed. */
    boolean isEnded() {
        return ended;
    }
}
