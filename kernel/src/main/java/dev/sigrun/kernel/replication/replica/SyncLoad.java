// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import dev.sigrun.kernel.command.Condition;
import dev.sigrun.kernel.config.ReplicationParameters;
import dev.sigrun.kernel.load.Load;
import dev.sigrun.kernel.load.LoadEnd;
import dev.sigrun.kernel.load.LoadHooks;
import dev.sigrun.kernel.load.LoadPlan;
import dev.sigrun.kernel.load.LoadSource;
import dev.sigrun.kernel.load.read.LoadFailure;
import dev.sigrun.spi.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the data of a primary in the place of the old data or beside it, from a file or as it
 * comes. Owner thread only.
 */
final class SyncLoad {
    private static final Logger LOG = LoggerFactory.getLogger(SyncLoad.class);
    private static final long LOOK_MILLIS = 2;

    /** Hears what comes of it. */
    interface Outcome {
        /** New data takes the place of the old: nobody can continue with that any more. */
        void attaching();

        /**
         * All data is there, and the old is gone.
         *
         * @param streamDb the database that the stream has selected; -1 when it will say so
         */
        void complete(int streamDb);

        /** It came to nothing; the log says why. */
        void refused();
    }

    private final FollowerParts parts;
    private final boolean beside;
    private final boolean sameHistory;
    private final boolean fromFile;
    private final Outcome outcome;
    private final List<byte[]> libraries = new ArrayList<>();
    private Load load;
    private boolean attached;
    private boolean loading;
    private boolean ended;

    /**
     * Loads nothing yet.
     *
     * @param beside whether the old data stays until the new is complete
     * @param sameHistory whether the old data is that of the same primary at another time
     * @param fromFile whether there is a file, so that the connection's sums do not matter
     */
    SyncLoad(
            FollowerParts parts,
            boolean beside,
            boolean sameHistory,
            boolean fromFile,
            Outcome outcome) {
        this.parts = parts;
        this.beside = beside;
        this.sameHistory = sameHistory;
        this.fromFile = fromFile;
        this.outcome = outcome;
    }

    /** Whether data is being loaded. */
    boolean isUnderWay() {
        return loading;
    }

    /** Begins, as soon as nothing else is loaded. */
    void begin(LoadSource source) {
        if (ended) {
            return;
        }
        if (parts.loads().active() != null) {
            // One that was ended before its time has not heard of it yet.
            parts.owner().after(LOOK_MILLIS, () -> begin(source));
            return;
        }
        Condition.Loading how =
                beside && sameHistory ? Condition.Loading.BESIDE : Condition.Loading.IN_PLACE;
        parts.server().stopFile();
        if (!beside) {
            outcome.attaching();
        }
        LOG.info("PRIMARY <-> REPLICA sync: Loading DB in memory");
        loading = true;
        parts.server().loading(how, null);
        LoadPlan.Target target = beside ? LoadPlan.Target.BESIDE : LoadPlan.Target.IN_PLACE;
        LoadPlan plan =
                parts.server().plan().to(target).on(LoadPlan.Expired.KEEP).with(new Hooks());
        if (!fromFile && FullSync.needsNoChecksum(parts)) {
            plan = plan.on(LoadPlan.Checksum.LEFT_OUT);
        }
        load = parts.loads().begin(plan, source, this::loaded);
        parts.server().loading(how, load);
    }

    /** Hears what is in the data beside keys. */
    private final class Hooks implements LoadHooks {
        private final LoadHooks others = parts.server().plan().hooks();

        @Override
        public void accepted(int version) {
            if (!ended && !beside) {
                attached = true;
                flush();
            }
            others.accepted(version);
        }

        @Override
        public void field(String name, String value) {
            others.field(name, value);
        }

        @Override
        public void library(Bytes code) {
            // They take their place when all data is there, and then all together.
            libraries.add(code.copy());
        }
    }

    private void flush() {
        boolean lazily = parts.config().booleanValue(ReplicationParameters.REPLICA_LAZY_FLUSH);
        for (int i = 0; i < parts.store().databaseCount(); i++) {
            parts.store().flush(i, lazily);
        }
    }

    private void loaded(LoadEnd end) {
        loading = false;
        if (ended) {
            if (!end.isComplete()) {
                tellFailure();
            }
            if (attached) {
                flush();
            }
            drop(end);
            parts.server().loaded(false);
            return;
        }
        String failure =
                end.isComplete()
                        ? parts.server().replaceLibraries(libraries)
                        : end.failure().toString();
        if (failure != null) {
            refused(end, failure);
            return;
        }
        if (end.beside() != null) {
            outcome.attaching();
            LOG.info("PRIMARY <-> REPLICA sync: Swapping active DB with loaded DB");
            end.beside().exchange(true);
            LOG.info("PRIMARY <-> REPLICA sync: Discarding old DB in background");
        }
        ended = true;
        parts.store().stats().dirty++; // It is not saved under its own name.
        parts.server().loaded(true);
        outcome.complete(end.facts().streamDatabase());
    }

    private void refused(LoadEnd end, String failure) {
        LOG.warn("{}", failure);
        tellFailure();
        if (beside) {
            LOG.info("PRIMARY <-> REPLICA sync: Discarding temporary DB in background");
        } else if (!attached) {
            LOG.info(
                    end.failure() != null && isForeign(end.failure())
                            ? "PRIMARY <-> REPLICA sync: RDB version or signature incompatible, old"
                                    + " data preserved"
                            : "PRIMARY <-> REPLICA sync: Skipping flush, no new data was loaded.");
        } else {
            LOG.info("PRIMARY <-> REPLICA sync: Discarding the half-loaded data");
            flush();
        }
        drop(end);
        LOG.warn("Failed to load RDB");
        outcome.refused();
    }

    private void tellFailure() {
        LOG.warn(
                "Failed trying to load the PRIMARY synchronization DB from {}, check server logs.",
                fromFile ? "disk" : "socket");
    }

    private static boolean isForeign(LoadFailure failure) {
        return failure.kind() == LoadFailure.Kind.VERSION
                || failure.kind() == LoadFailure.Kind.SIGNATURE;
    }

    private static void drop(LoadEnd end) {
        if (end.beside() != null) {
            end.beside().drop();
        }
    }

    /** Ends it, however far it is; nothing more is heard of it. */
    void stop() {
        if (ended) {
            return;
        }
        ended = true;
        if (loading) {
            load.cancel(); // What has been loaded goes when that has ended.
        } else if (load != null) {
            parts.server().loaded(false);
        }
    }
}
