// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.ServerFacts;
import dev.sigrun.kernel.admin.Shutdown;
import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.DaemonThreads;
import dev.sigrun.kernel.command.CommandBytes;
import dev.sigrun.kernel.config.MemoryParameters;
import dev.sigrun.kernel.config.PersistenceParameters;
import dev.sigrun.kernel.config.ReplicationParameters;
import dev.sigrun.kernel.load.LoadFacts;
import dev.sigrun.kernel.load.LoadHooks;
import dev.sigrun.kernel.load.Loads;
import dev.sigrun.kernel.persist.Persistence;
import dev.sigrun.kernel.persist.SaveHost;
import dev.sigrun.kernel.persist.StreamPosition;
import dev.sigrun.kernel.replication.History;
import dev.sigrun.kernel.snapshot.Snapshots;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.type.RdbException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Wires what saves and loads data to those who know what else belongs to it. Owner thread only. */
final class PersistenceSetup {
    private final AdminContext context;
    private final Persistence persistence;
    private BooleanSupplier rewriting = () -> false;
    private boolean feedsExpired;
    private boolean isRestored;
    private Consumer<LoadFacts> restoredReplica = _ -> {};

    PersistenceSetup(AdminContext context, Background background, Runnable exit) {
        this.context = context;
        Snapshots snapshots =
                new Snapshots(
                        context.store(),
                        context.owner(),
                        DaemonThreads.yielding(),
                        context.clock());
        snapshots.evictsByUse(this::isEvictedByUse);
        Loads loads = new Loads(context.store(), context.owner(), background, context.clock());
        SaveHost host =
                new SaveHost(
                        ServerFacts.VALKEY_VERSION,
                        this::position,
                        context.scripts()::writeLibraries,
                        Hooks::new,
                        () -> rewriting.getAsBoolean());
        persistence =
                new Persistence(
                        context.config(),
                        context.store(),
                        context.clock(),
                        context.dispatcher().condition(),
                        loads,
                        snapshots,
                        host);
        persistence.startup().replication(this::willFollow, this::restoreHistory);
        context.persistence(persistence, new Shutdown(context, exit));
    }

    Persistence persistence() {
        return persistence;
    }

    /** Says who goes on as a replica from what a file says. */
    void restoredReplica(Consumer<LoadFacts> hearer) {
        restoredReplica = hearer;
    }

    /** Says who knows whether the snapshot under way is for the append-only file. */
    void rewriting(BooleanSupplier asks) {
        rewriting = asks;
    }

    /** Begins to load what was saved before. */
    void load(Consumer<Boolean> done) {
        boolean loadsFile = !context.config().booleanValue(PersistenceParameters.APPENDONLY);
        feedsExpired = loadsFile && !willFollow();
        persistence
                .startup()
                .begin(loaded -> {
                    if (feedsExpired && !isRestored) {
                        context.replication().backlog().free();
                    }
                    feedsExpired = false;
                    done.accept(loaded);
                });
    }

    /** Ends what is under way, since nobody will need it. */
    void stop() {
        if (persistence.snapshots().active() != null) {
            persistence.snapshots().active().cancel();
        }
        if (persistence.loads().active() != null) {
            persistence.loads().active().cancel();
        }
    }

    /** Whether the configuration names a primary, which is followed once data is loaded. */
    private boolean willFollow() {
        return !context.config().value(ReplicationParameters.REPLICAOF).isNone();
    }

    private boolean isEvictedByUse() {
        String policy = context.config().choice(MemoryParameters.MAXMEMORY_POLICY);
        return policy.contains("lru") || policy.contains("lfu");
    }

    private StreamPosition position() {
        int db = context.replication().streamDb();
        History history = context.replication().history();
        return db < 0 ? null : new StreamPosition(history.id(), history.offset(), db);
    }

    /** A primary can go on serving those who followed the history that the file stands in. */
    private void restoreHistory(LoadFacts facts) {
        if (willFollow()) {
            restoredReplica.accept(facts);
            return;
        }
        context.replication().backlog().create();
        isRestored = true;
        context.replication().restore(facts.replicationId(), facts.replicationOffset());
    }

    /** Who goes on from where the file stands has the key, and must hear that it is gone. */
    private void feedExpired(int db, Bytes key) {
        boolean lazily = context.config().booleanValue(MemoryParameters.LAZYFREE_LAZY_EXPIRE);
        context.replication().backlog().create();
        context.replication().feed().feed(db, CommandBytes.of(lazily ? "UNLINK" : "DEL", key));
    }

    /** Functions that come with data. */
    private final class Hooks implements LoadHooks {
        @Override
        public void field(String name, String value) {
            if (name.equals("used-mem") && value.matches("\\d{1,18}")) {
                persistence.loading().usedMemory(Long.parseLong(value));
            }
        }

        @Override
        public void expired(int db, Bytes key) {
            if (feedsExpired) {
                feedExpired(db, key);
            }
        }

        @Override
        public void expiredField(int db, Bytes key, Bytes field) {
            if (feedsExpired) {
                context.replication().backlog().create();
                context.replication().feed().feed(db, CommandBytes.of("HDEL", key, field));
            }
        }

        @Override
        public void library(Bytes code) throws RdbException {
            try {
                context.scripts().addLibrary(code, false);
            } catch (CommandException refused) {
                throw RdbException.corrupt("Failed loading library, " + refused.getMessage());
            }
        }
    }
}
