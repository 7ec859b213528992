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
    /**
     * How long the walk holds the owner at a time, between two looks for what clients have sent.
     * Where commands take most of the time it takes a quarter, so that it comes to an end.
     */
    private static final long SLICE_NANOS_MIN = 100_000;

    private static final long SLICE_NANOS_MAX = 250_000;
    private static final int OTHERS_SHARE = 3;

    /** The walk rests while so much waits to be written; what changes ahead of it does not. */
    private static final long PENDING_BYTES_MAX = 4 << 20;

    private static final long PENDING_PIECES_MAX = 128;
    private static final long REST_MILLIS = 1;

    private final Store store;
    private final Owner owner;
    private final Clock clock;
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
    private long sliceEndNanos;
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
        this.done = done;
        startMillis = clock.unixMillis();
        startNanos = clock.nanos();
        sliceEndNanos = startNanos;
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
        long begin = clock.nanos();
        long others = (begin - sliceEndNanos) / OTHERS_SHARE;
        long end = begin + Math.clamp(others, SLICE_NANOS_MIN, SLICE_NANOS_MAX);
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
            sliceEndNanos = clock.nanos();
            owner.after(mayGoOn() ? 0 : REST_MILLIS, slice);
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

    void keyDelayMicros(int micros) {
        pipeline.keyDelayMicros(micros);
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
}
