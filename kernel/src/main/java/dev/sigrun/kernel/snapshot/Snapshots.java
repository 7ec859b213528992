// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.snapshot;

import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.store.Store;
import java.util.function.Consumer;

/** Makes snapshots, one at a time. Owner thread only. */
public final class Snapshots {
    private final Store store;
    private final Owner owner;
    private final Background background;
    private final Clock clock;

    /** Makes them of one store. */
    public Snapshots(Store store, Owner owner, Background background, Clock clock) {
        this.store = store;
        this.owner = owner;
        this.background = background;
        this.clock = clock;
    }

    /** The snapshot that is being written, or null. */
    public Snapshot active() {
        return null;
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
        throw new UnsupportedOperationException(name + store + owner + background + clock);
    }

    /** Writes all data now, on the owner, while nothing else happens. */
    public SnapshotEnd write(SnapshotPlan plan, SnapshotSink sink) {
        throw new UnsupportedOperationException(plan.toString() + sink);
    }
}
