// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.snapshot;

import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.store.Cut;
import dev.sigrun.kernel.store.Database;
import dev.sigrun.kernel.store.SavedEntries;
import dev.sigrun.kernel.store.Store;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/** A snapshot that is written while commands go on. Owner thread only. */
final class SnapshotRun implements Snapshot {
    /** How long the walk may hold the owner at a time. */
    private static final long SLICE_NANOS = 200_000;

    /** Time from the end of one slice to the next. */
    private static final long PAUSE_MILLIS = 1;

    /** The walk rests while so much waits to be written; what changes ahead of it does not. */
    private static final long PENDING_BYTES_MAX = 8 << 20;

    private static final long PENDING_PIECES_MAX = 256;

    private final Store store;
    private final Owner owner;
    private final Clock clock;
    private final SnapshotPlan plan;
    private final Pipeline pipeline;
    private final Staging staging;
    private final Cut cut;
    private final Consumer<SnapshotEnd> done;
    private final Runnable slice = this::slice;
    private final long startMillis;
    private final long startNanos;
    private final long keysTotal;
    private Throwable failure;
    private long aheadBytesMax;
    private boolean walked;
    private boolean cancelled;

    SnapshotRun(
            Store store,
            Owner owner,
            Clock clock,
            SnapshotPlan plan,
            SavedEntries entries,
            SnapshotSink sink,
            Consumer<SnapshotEnd> done) {
        this.store = store;
        this.owner = owner;
        this.clock = clock;
        this.plan = plan;
        this.done = done;
        startMillis = clock.unixMillis();
        startNanos = clock.nanos();
        pipeline = new Pipeline(plan, sink, () -> owner.execute(this::ended));
        staging = new Staging(plan, entries, pipeline);
        Frame.head(staging.head(), store, plan);
        keysTotal = keys(store);
        cut = store.cut(staging);
    }

    private static long keys(Store store) {
        long sum = 0;
        for (int db = 0; db < store.databaseCount(); db++) {
            Database database = store.database(db);
            sum += database.size();
        }
        return sum;
    }

    void start(String name, Background background) {
        pipeline.start(name, background);
        owner.execute(slice);
    }

    private void slice() {
        if (walked) {
            return;
        }
        aheadBytesMax = Math.max(aheadBytesMax, aheadBytes());
        if (pipeline.failure() != null || staging.failure() != null) {
            // The thread that writes ends by itself, or must be told.
            failure = staging.failure();
            stop();
            return;
        }
        long end = clock.nanos() + SLICE_NANOS;
        boolean more = true;
        while (more && mayGoOn() && clock.nanos() - end < 0) {
            if (staging.hasLarge()) {
                staging.stepLarge();
                more = staging.failure() == null;
            } else {
                more = cut.walk();
            }
        }
        if (more || (staging.hasLarge() && staging.failure() == null)) {
            owner.after(PAUSE_MILLIS, slice);
        } else {
            letGo();
            failure = staging.failure();
            staging.seal();
            if (failure == null) {
                pipeline.end();
            } else {
                pipeline.cancel();
            }
        }
    }

    private boolean mayGoOn() {
        return pipeline.pendingBytes() < PENDING_BYTES_MAX
                && pipeline.pendingPieces() < PENDING_PIECES_MAX;
    }

    private void letGo() {
        if (!walked) {
            walked = true;
            cut.end();
            staging.end();
        }
    }

    private void stop() {
        letGo();
        pipeline.cancel();
    }

    private void ended() {
        letGo();
        staging.pinned().forEach(store::releaseString);
        staging.pinned().clear();
        Throwable why = failure == null ? pipeline.failure() : failure;
        if (cancelled && why == null) {
            why = new CancellationException("the snapshot was cancelled");
        }
        done.accept(
                new SnapshotEnd(
                        why,
                        cancelled,
                        staging.keys(),
                        staging.skipped(),
                        pipeline.bytesWritten(),
                        (clock.nanos() - startNanos) / 1_000_000,
                        aheadBytesMax));
    }

    @Override
    public void cancel() {
        cancelled = true;
        stop();
    }

    @Override
    public long keysTotal() {
        return keysTotal;
    }

    @Override
    public long keysDone() {
        return pipeline.keysWritten();
    }

    @Override
    public long bytesWritten() {
        return pipeline.bytesWritten();
    }

    @Override
    public long aheadBytes() {
        return pipeline.pendingBytes()
                + staging.waitingBytes()
                + cut.keysTouched() * Long.BYTES * 2;
    }

    @Override
    public long startMillis() {
        return startMillis;
    }

    @Override
    public String toString() {
        return "snapshot of " + keysTotal + " keys in RDB version " + plan.rdbVersion() + store;
    }
}
