// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.Check;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.store.Store;
import java.util.function.Consumer;

/** Loads data, from one source at a time. Owner thread only. */
public final class Loads {
    private final Store store;
    private final Owner owner;
    private final Background background;
    private final Clock clock;
    private ActiveLoad active;

    /** Loads into one store. */
    public Loads(Store store, Owner owner, Background background, Clock clock) {
        this.store = store;
        this.owner = owner;
        this.background = background;
        this.clock = clock;
    }

    /** What is being loaded, or null. */
    public Load active() {
        return active;
    }

    /**
     * Begins to load; commands are served meanwhile, so whoever begins says before what may be
     * done. Nothing may be under way.
     *
     * @param done hears on the owner, in a later turn, exactly once, how it ended
     */
    public Load begin(LoadPlan plan, LoadSource source, Consumer<LoadEnd> done) {
        Check.that(active == null, "one load at a time");
        Consumer<LoadEnd> ended =
                end -> {
                    active = null;
                    done.accept(end);
                };
        active = new ActiveLoad(plan, source, ended, store, owner, clock);
        active.begin(background);
        return active;
    }

    /** Loads all of it now, on the owner, while nothing else happens. */
    public LoadEnd run(LoadPlan plan, LoadSource source) {
        Check.that(active == null, "one load at a time");
        active = new ActiveLoad(plan, source, _ -> {}, store, owner, clock);
        try {
            return active.run(background);
        } finally {
            active = null;
        }
    }
}
