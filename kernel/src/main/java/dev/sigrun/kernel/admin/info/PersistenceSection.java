// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Condition;
import dev.sigrun.kernel.config.PersistenceParameters;
import dev.sigrun.kernel.persist.LoadingState;
import dev.sigrun.kernel.persist.Persistence;
import dev.sigrun.kernel.persist.Saving;
import dev.sigrun.kernel.snapshot.Snapshot;

/** What is on disk, on its way there, or on its way back. Owner thread only. */
final class PersistenceSection implements Section {
    private final AdminContext context;

    PersistenceSection(AdminContext context) {
        this.context = context;
    }

    @Override
    public void write(InfoText out) {
        out.section("Persistence");
        Persistence data = context.persistence();
        Saving saving = data.saving();
        Condition.Loading how = data.loading().how();
        Snapshot active = saving.active();
        out.field("loading", how == Condition.Loading.IN_PLACE ? 1 : 0);
        out.field("async_loading", how == Condition.Loading.BESIDE ? 1 : 0);
        out.field("current_cow_peak", active == null ? 0 : active.aheadBytes());
        out.field("current_cow_size", active == null ? 0 : active.aheadBytes());
        out.field("current_cow_size_age", 0);
        out.ratio(
                "current_fork_perc",
                active == null || active.keysTotal() == 0
                        ? 0
                        : active.keysDone() * 100.0 / active.keysTotal());
        out.field("current_save_keys_processed", active == null ? 0 : active.keysDone());
        out.field("current_save_keys_total", active == null ? 0 : active.keysTotal());
        out.field("rdb_changes_since_last_save", context.store().stats().dirty);
        out.field("rdb_bgsave_in_progress", saving.isUnderWay() ? 1 : 0);
        out.field("rdb_last_save_time", saving.lastSaveSeconds());
        out.field("rdb_last_bgsave_status", saving.hasFailed() ? "err" : "ok");
        out.field("rdb_last_bgsave_time_sec", saving.lastDurationSeconds());
        out.field("rdb_current_bgsave_time_sec", saving.durationSeconds());
        out.field("rdb_saves", saving.saves());
        out.field("rdb_last_cow_size", saving.lastAheadBytes());
        out.field("rdb_last_load_keys_expired", data.loading().keysExpired());
        out.field("rdb_last_load_keys_loaded", data.loading().keysLoaded());
        AppendOnlyFields.write(out, context.aof());
        out.field("module_fork_in_progress", 0);
        out.field("module_fork_last_cow_size", 0);
        out.field("slot_migration_fork_in_progress", 0);
        boolean isWanted = context.config().booleanValue(PersistenceParameters.APPENDONLY);
        AppendOnlyFields.writeSizes(out, context.aof().figures(), isWanted);
        if (data.loading().isLoading()) {
            writeLoading(out, data.loading());
        }
    }

    private static void writeLoading(InfoText out, LoadingState loading) {
        out.field("loading_start_time", loading.startSeconds());
        out.field("loading_total_bytes", loading.totalBytes());
        out.field("loading_rdb_used_mem", loading.usedMemory());
        out.field("loading_loaded_bytes", loading.loadedBytes());
        out.ratio("loading_loaded_perc", loading.percent());
        out.field("loading_eta_seconds", loading.etaSeconds());
    }
}
