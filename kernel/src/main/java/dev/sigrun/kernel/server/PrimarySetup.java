// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.base.DaemonThreads;
import dev.sigrun.kernel.config.PersistenceParameters;
import dev.sigrun.kernel.persist.Persistence;
import dev.sigrun.kernel.persist.aof.Aof;
import dev.sigrun.kernel.rdb.RdbOutput;
import dev.sigrun.kernel.replication.primary.Primary;
import dev.sigrun.kernel.replication.primary.Snapshooting;
import dev.sigrun.kernel.snapshot.SnapshotEnd;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Gives the primary that this server may be what it needs of the others. Owner thread only. */
final class PrimarySetup implements Snapshooting {
    private final AdminContext context;
    private final Persistence persistence;
    private final Primary primary;
    private boolean isSavingForReplicas;

    PrimarySetup(AdminContext context, Persistence persistence, Seeds seeds) {
        this.context = context;
        this.persistence = persistence;
        primary =
                new Primary(
                        context.replication(),
                        context.dispatcher(),
                        context.config(),
                        context.owner(),
                        context.clock(),
                        new DaemonThreads(),
                        persistence.snapshots(),
                        this,
                        () -> seeds.hexadecimal(40));
        context.primary(primary);
        Aof aof = context.aof();
        primary.acknowledgements()
                .file(() -> aof.state() != Aof.State.OFF, aof::fsyncedOffset, aof::whenSynced);
        context.config()
                .onChange(
                        PersistenceParameters.APPENDONLY,
                        () -> context.owner().execute(primary.acknowledgements()::changed));
        primary.register(context.registry());
    }

    Primary primary() {
        return primary;
    }

    @Override
    public void writeHead(RdbOutput out, boolean withFunctions) {
        if (withFunctions) {
            persistence.head().write(out);
        } else {
            persistence.head().writeWithoutLibraries(out);
        }
    }

    @Override
    public boolean isBusy() {
        return persistence.saving().isBusy();
    }

    @Override
    public boolean isSaving() {
        return isSavingForReplicas;
    }

    @Override
    public boolean save(Consumer<SnapshotEnd> done) {
        isSavingForReplicas = true;
        persistence
                .saving()
                .begin(end -> {
                    isSavingForReplicas = false;
                    done.accept(end);
                });
        return true;
    }

    @Override
    public void cancelSave() {
        if (!persistence.saving().hasRules()) {
            persistence.saving().cancel();
        }
    }

    @Override
    public Path file() {
        return persistence.saving().file();
    }

    @Override
    public boolean isFileTemporary() {
        return context.config().booleanValue(PersistenceParameters.RDB_DEL_SYNC_FILES)
                && !persistence.saving().hasRules()
                && !context.config().booleanValue(PersistenceParameters.APPENDONLY);
    }
}
