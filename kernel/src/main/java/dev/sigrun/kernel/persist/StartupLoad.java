// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.command.Condition;
import dev.sigrun.kernel.load.Load;
import dev.sigrun.kernel.load.LoadEnd;
import dev.sigrun.kernel.load.LoadFacts;
import dev.sigrun.kernel.load.LoadPlan;
import dev.sigrun.kernel.load.LoadSource;
import dev.sigrun.kernel.load.Loads;
import dev.sigrun.kernel.load.read.LoadFailure;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads at start what was saved before. Owner thread only. */
public final class StartupLoad {
    private static final Logger LOG = LoggerFactory.getLogger(StartupLoad.class);

    private final Persistence persistence;
    private final Loads loads;
    private final Clock clock;
    private BooleanSupplier isReplica = () -> false;
    private Consumer<LoadFacts> history = _ -> {};
    private StartupData instead;
    private long beginNanos;

    StartupLoad(Persistence persistence, Loads loads, Clock clock) {
        this.persistence = persistence;
        this.loads = loads;
        this.clock = clock;
    }

    /**
     * Says how replication goes on from what is loaded.
     *
     * @param replica whether this server follows a primary, whose keys it must not expire
     * @param restore takes what the file says of where its data stands, when that is complete
     */
    public void replication(BooleanSupplier replica, Consumer<LoadFacts> restore) {
        isReplica = replica;
        history = restore;
    }

    /** Says what is loaded in the place of the last snapshot, if it is wanted. */
    public void instead(StartupData other) {
        instead = other;
    }

    /**
     * Loads whatever there is. When that is of no use, clients hear until the server's end that
     * data is being loaded.
     *
     * @param done hears whether the server may serve
     */
    public void begin(Consumer<Boolean> done) {
        beginNanos = clock.nanos();
        LeftFiles.remove(persistence.saving().file().toAbsolutePath().getParent());
        if (instead != null && instead.isWanted()) {
            instead.load(outcome -> {
                if (outcome == StartupData.Outcome.LOADED) {
                    LOG.info("DB loaded from append only file: {} seconds", elapsed());
                }
                done.accept(outcome != StartupData.Outcome.FAILED);
            });
            return;
        }
        LoadPlan plan = persistence.plans().plan();
        if (isReplica.getAsBoolean()) {
            plan = plan.on(LoadPlan.Expired.KEEP);
        }
        persistence.loading().begin(Condition.Loading.IN_PLACE, null);
        Load load =
                loads.begin(
                        plan,
                        LoadSource.file(persistence.saving().file()),
                        end -> ended(end, done));
        persistence.loading().begin(Condition.Loading.IN_PLACE, load);
    }

    private String elapsed() {
        return String.format(Locale.ROOT, "%.3f", (clock.nanos() - beginNanos) / 1e9);
    }

    private void ended(LoadEnd end, Consumer<Boolean> done) {
        persistence.loading().count(end);
        if (end.isComplete()) {
            persistence.loading().end();
            LOG.info("DB loaded from disk: {} seconds", elapsed());
            LoadFacts facts = end.facts();
            if (facts.replicationId() != null
                    && facts.replicationOffset() != -1
                    && facts.streamDatabase() != -1) {
                history.accept(facts);
            }
            done.accept(true);
            return;
        }
        if (end.failure().kind() == LoadFailure.Kind.MISSING) {
            persistence.loading().end();
            done.accept(true);
            return;
        }
        if (end.failure().kind() != LoadFailure.Kind.CANCELLED) {
            LOG.warn("Terminating server after rdb file reading failure.");
            LOG.warn("{} is of no use: {}", persistence.saving().file(), end.failure());
            LOG.warn("Fatal error loading the DB, check server logs. Exiting.");
        }
        // Whoever asks before the end must not take what has been loaded for the data.
        done.accept(false);
    }
}
