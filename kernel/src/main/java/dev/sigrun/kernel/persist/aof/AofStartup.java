// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.command.Condition;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.PersistenceParameters;
import dev.sigrun.kernel.load.Load;
import dev.sigrun.kernel.persist.LoadPlans;
import dev.sigrun.kernel.persist.LoadingState;
import dev.sigrun.kernel.persist.StartupData;
import java.util.function.Consumer;

/**
 * The append-only file at the start: its data is loaded in the place of the last snapshot, then
 * effects are written to it, and only then may clients change something. Owner thread only.
 */
public final class AofStartup implements StartupData {
    private final Aof aof;
    private final Config config;
    private final LoadingState loading;
    private final LoadPlans plans;

    /** For one server. */
    public AofStartup(Aof aof, Config config, LoadingState loading, LoadPlans plans) {
        this.aof = aof;
        this.config = config;
        this.loading = loading;
        this.plans = plans;
    }

    @Override
    public boolean isWanted() {
        return config.booleanValue(PersistenceParameters.APPENDONLY);
    }

    @Override
    public void load(Consumer<Outcome> done) {
        loading.begin(Condition.Loading.IN_PLACE, null);
        Load load = aof.load(plans::plan, outcome -> loaded(outcome, done));
        loading.begin(Condition.Loading.IN_PLACE, load);
    }

    private void loaded(Outcome outcome, Consumer<Outcome> done) {
        if (outcome == Outcome.FAILED) {
            // The server ends, and nobody may take what has been loaded for the data until then.
            done.accept(Outcome.FAILED);
            return;
        }
        aof.open(isOpen -> {
            if (isOpen) {
                loading.end();
            }
            done.accept(isOpen ? outcome : Outcome.FAILED);
        });
    }
}
