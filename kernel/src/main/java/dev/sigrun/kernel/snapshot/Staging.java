// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.snapshot;

import dev.sigrun.kernel.base.HashSlot;
import dev.sigrun.kernel.rdb.RdbOutput;
import dev.sigrun.kernel.store.Cut;
import dev.sigrun.kernel.store.SavedEntries;
import dev.sigrun.spi.type.RdbException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes keys into pieces, long strings as they are: what the owner does for a snapshot is copying.
 * A large value has a lane of its own, in which it is written in steps while small keys that come
 * meanwhile wait in theirs. Owner thread only.
 */
final class Staging implements Cut.Taker {
    private final SnapshotPlan plan;
    private final SavedEntries entries;
    private final Pipeline pipeline;
    private final Lane small;

    /** Large values, of which the first one is being written. */
    private final ArrayDeque<Large> larges = new ArrayDeque<>();

    /** Long strings that the threads of the snapshot read, each as often as it was given out. */
    private final List<Long> pinned = new ArrayList<>();

    private int selected = -1;
    private long keys;
    private long skipped;
    private Throwable failure;

    /** A large value with its lane. */
    private record Large(SavedEntries.LargeEntry entry, Lane lane) {}

    Staging(SnapshotPlan plan, SavedEntries entries, Pipeline pipeline) {
        this.plan = plan;
        this.entries = entries;
        this.pipeline = pipeline;
        this.small = new Lane(pipeline, plan);
        small.open();
    }

    /** What is written to before the keys. */
    RdbOutput head() {
        return small.out();
    }

    @Override
    public void take(int db, long entry) {
        if (failure != null || !isWanted(entry)) {
            return;
        }
        try {
            String problem = entries.problem(entry);
            if (problem == null) {
                write(db, entry);
            } else if (plan.skipsUnknown()) {
                skipped++;
            } else {
                failure = new RdbException(RdbException.Reason.UNKNOWN_TYPE, problem);
            }
        } catch (RdbException | RuntimeException | OutOfMemoryError e) {
            failure = e;
        }
    }

    private boolean isWanted(long entry) {
        return plan.slots() == null
                || plan.slots().test(HashSlot.of(entries.key(entry), entries.keyLength(entry)));
    }

    private void write(int db, long entry) throws RdbException {
        if (entries.isLarge(entry)) {
            writeLarge(db, entry);
        } else {
            if (db != selected || small.isAtStart()) {
                // Between two pieces a large value of another database may come to stand.
                Frame.select(small.out(), db);
                selected = db;
            }
            int longString = entries.longString(entry);
            if (longString > 0) {
                small.addString(pin(small.out(), entry), longString);
            } else {
                entries.write(small.out(), db, entry);
            }
            small.countKey();
            if (small.isFull() || pipeline.keyDelayMicros() > 0) {
                small.seal();
            }
        }
        keys++;
    }

    private long pin(RdbOutput out, long entry) {
        long address = entries.pinString(out, entry);
        pinned.add(address);
        return address;
    }

    private void writeLarge(int db, long entry) throws RdbException {
        Lane lane = new Lane(pipeline, plan);
        Frame.select(lane.out(), db);
        SavedEntries.LargeEntry large = entries.beginLarge(lane.out(), db, entry);
        lane.countKey();
        if (larges.isEmpty()) {
            small.close();
            lane.open();
        }
        larges.add(new Large(large, lane));
    }

    // ---- large values ----

    /** Whether a large value is being written. */
    boolean hasLarge() {
        return !larges.isEmpty();
    }

    /** Writes the next part of a large value. */
    void stepLarge() {
        Large large = larges.peek();
        try {
            boolean more = large.entry() != null && large.entry().walk().step();
            if (large.lane().isFull() || !more) {
                large.lane().seal();
            }
            if (!more) {
                largeEnds();
            }
        } catch (RdbException | RuntimeException | OutOfMemoryError e) {
            failure = e;
        }
    }

    private void largeEnds() {
        Large ended = larges.remove();
        if (ended.entry() != null) {
            ended.entry().end();
        }
        Lane next = larges.isEmpty() ? small : larges.peek().lane();
        next.open();
    }

    /** Strings that the threads of the snapshot have read; the caller lets go of them. */
    List<Long> pinned() {
        return pinned;
    }

    /** Hands over what is gathered; no large value is being written. */
    void seal() {
        small.seal();
    }

    /** Lets go of the values that are being written. */
    void end() {
        for (Large large : larges) {
            if (large.entry() != null) {
                large.entry().end();
            }
        }
        larges.clear();
    }

    // ---- figures ----

    long keys() {
        return keys;
    }

    long skipped() {
        return skipped;
    }

    /** Bytes that wait for a large value to be written before them. */
    long waitingBytes() {
        long sum = small.waitingBytes();
        for (Large large : larges) {
            sum += large.lane().waitingBytes();
        }
        return sum;
    }

    /** Why a key could not be written; null as long as all could. */
    Throwable failure() {
        return failure;
    }
}
