// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.snapshot;

import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.Check;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.store.SavedEntries;
import dev.sigrun.kernel.store.Store;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Makes snapshots, one at a time. Owner thread only. */
public final class Snapshots {
    private final Store store;
    private final Owner owner;
    private final Background background;
    private final Clock clock;
    private BooleanSupplier evictsByUse = () -> false;
    private SnapshotRun active;

    /** Makes them of one store. */
    public Snapshots(Store store, Owner owner, Background background, Clock clock) {
        this.store = store;
        this.owner = owner;
        this.background = background;
        this.clock = clock;
    }

    /** Says who knows whether keys are evicted by their use, which is saved with them then. */
    public void evictsByUse(BooleanSupplier asks) {
        evictsByUse = asks;
    }

    /** Makes the pause after each key another one, for what is under way. */
    public void keyDelayMicros(int micros) {
        if (active != null) {
            active.keyDelayMicros(micros);
        }
    }

    /** The snapshot that is being written, or null. */
    public Snapshot active() {
        return active;
    }

    private SavedEntries entries(SnapshotPlan plan) {
        return new SavedEntries(store, plan.rdbVersion(), evictsByUse.getAsBoolean());
    }

    /**
     * Begins a snapshot of all data as it is now. None may be under way.
     *
     * @param name what it is for, for thread dumps
     * @param done hears on the owner, in a later turn, exactly once, how it ended; the sink has
     *     been finished or aborted by then
     */
    public Snapshot begin(
            String name, SnapshotPlan plan, SnapshotSink sink, Consumer<SnapshotEnd> done) {
        Check.that(active == null, "one snapshot is written at a time");
        SnapshotRun run =
                new SnapshotRun(
                        store,
                        owner,
                        clock,
                        plan,
                        entries(plan),
                        sink,
                        end -> {
                            active = null;
                            done.accept(end);
                        });
        active = run;
        run.start(name, background);
        return run;
    }

    /**
     * Writes all data now, on the owner, while nothing else happens. One that is under way beside
     * commands goes on afterwards: both only read.
     *
     * @return how it ended; the sink has been finished or aborted by then
     */
    public SnapshotEnd write(SnapshotPlan plan, SnapshotSink sink) {
        return new WholeSnapshot(store, clock, plan, entries(plan), sink).write();
    }
}
