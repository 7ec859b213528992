// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.command.Condition;
import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.load.Load;
import dev.sigrun.kernel.load.LoadPlan;
import dev.sigrun.kernel.load.Loads;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.persist.LoadingState;
import dev.sigrun.kernel.persist.StartupData;
import dev.sigrun.kernel.store.Store;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Loads what the files of an append-only file say, one time after the other. Owner thread only. */
final class AofLoading {
    private final AofFolder folder;
    private final Config config;
    private final Owner owner;
    private final Background background;
    private final Clock clock;
    private final Dispatcher dispatcher;
    private final Loads loads;
    private final AppendBuffer buffer;
    private final AofFeed feed;
    private final AofFigures figures;

    AofLoading(
            AofFolder folder,
            Config config,
            Owner owner,
            Background background,
            Clock clock,
            Dispatcher dispatcher,
            Loads loads,
            AppendBuffer buffer,
            AofFeed feed,
            AofFigures figures) {
        this.folder = folder;
        this.config = config;
        this.owner = owner;
        this.background = background;
        this.clock = clock;
        this.dispatcher = dispatcher;
        this.loads = loads;
        this.buffer = buffer;
        this.feed = feed;
        this.figures = figures;
    }

    /** Begins; see {@link Aof#load}. */
    Load begin(Supplier<LoadPlan> plan, Consumer<StartupData.Outcome> done) {
        AofLoader loader =
                new AofLoader(
                        folder,
                        config,
                        owner,
                        background,
                        clock,
                        dispatcher,
                        loads,
                        plan,
                        outcome -> loaded(outcome, done));
        loader.begin();
        return loader;
    }

    private void loaded(AofLoader.End outcome, Consumer<StartupData.Outcome> done) {
        figures.settle(outcome.bytes(), buffer.end());
        figures.base(outcome.baseBytes());
        done.accept(outcome.outcome());
    }

    /** Begins anew, with all in the files that has happened; see {@link Aof#reload}. */
    void again(Store store, LoadingState loading, Supplier<LoadPlan> plan, Consumer<Boolean> done) {
        boolean wasActive = feed.isActive();
        feed.active(false);
        for (int i = 0; i < store.databaseCount(); i++) {
            store.flush(i, false);
        }
        loading.begin(Condition.Loading.IN_PLACE, null);
        Load load =
                begin(
                        plan,
                        outcome -> {
                            loading.end();
                            feed.active(wasActive);
                            store.stats().dirty = 0;
                            done.accept(outcome != StartupData.Outcome.FAILED);
                        });
        loading.begin(Condition.Loading.IN_PLACE, load);
    }
}
