// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist;

import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.OwnParameters;
import dev.sigrun.kernel.config.PersistenceParameters;
import dev.sigrun.kernel.load.LoadPlan;
import dev.sigrun.kernel.load.LoadPlan.AbsentPlugins;
import dev.sigrun.kernel.load.LoadPlan.Checksum;
import dev.sigrun.kernel.load.LoadPlan.Duplicates;
import dev.sigrun.kernel.load.LoadPlan.Expired;
import dev.sigrun.kernel.load.LoadPlan.Target;
import dev.sigrun.kernel.store.Store;
import java.util.Locale;

/** How data is loaded as far as the configuration says. Owner thread only. */
public final class LoadPlans {
    private final Config config;
    private final Store store;
    private final SaveHost host;

    LoadPlans(Config config, Store store, SaveHost host) {
        this.config = config;
        this.store = store;
        this.host = host;
    }

    /** A plan for a primary that loads in place. */
    public LoadPlan plan() {
        boolean verify =
                config.booleanValue(PersistenceParameters.RDBCHECKSUM) && store.verifiesChecksums();
        String absent = config.choice(OwnParameters.PLUGIN_MISSING_POLICY);
        return new LoadPlan(
                Target.IN_PLACE,
                Duplicates.FAIL,
                Expired.DROP,
                AbsentPlugins.valueOf(absent.toUpperCase(Locale.ROOT)),
                verify ? Checksum.VERIFY : Checksum.IGNORE,
                store.hasStrictVersions(),
                () -> config.intValue(PersistenceParameters.KEY_LOAD_DELAY),
                host.loaderHooks().forLoad());
    }
}
