// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.command.Condition;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.load.Loads;
import dev.sigrun.kernel.snapshot.Snapshots;
import dev.sigrun.kernel.store.Store;

/** All about data on disk, for those who ask or wire. Owner thread only. */
public final class Persistence {
    private final Loads loads;
    private final Snapshots snapshots;
    private final SnapshotHead head;
    private final LoadPlans plans;
    private final LoadingState loading;
    private final DiskErrors errors;
    private final Saving saving;
    private final StartupLoad startup;

    /** Wires it. */
    public Persistence(
            Config config,
            Store store,
            Clock clock,
            Condition condition,
            Loads loads,
            Snapshots snapshots,
            SaveHost host) {
        this.loads = loads;
        this.snapshots = snapshots;
        this.head = new SnapshotHead(clock, store, host);
        this.plans = new LoadPlans(config, store, host);
        this.loading = new LoadingState(condition, clock);
        this.errors = new DiskErrors(condition);
        this.saving = new Saving(config, store, clock, snapshots, head, host, errors);
        this.startup = new StartupLoad(this, loads, clock);
    }

    /** What loads data. */
    public Loads loads() {
        return loads;
    }

    /** What writes snapshots. */
    public Snapshots snapshots() {
        return snapshots;
    }

    /** What stands in snapshots before their keys. */
    public SnapshotHead head() {
        return head;
    }

    /** How data is loaded. */
    public LoadPlans plans() {
        return plans;
    }

    /** Whether data is being loaded. */
    public LoadingState loading() {
        return loading;
    }

    /** What keeps data from reaching the disk. */
    public DiskErrors errors() {
        return errors;
    }

    /** What saves data. */
    public Saving saving() {
        return saving;
    }

    /** What loads data at start. */
    public StartupLoad startup() {
        return startup;
    }

    /** Does what is due, about ten times a second. */
    public void tick() {
        saving.settle();
        saving.tick();
    }
}
