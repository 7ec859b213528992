// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

import dev.sigrun.kernel.admin.AdminContext;

/** What is on disk: so far nothing, so most of this never changes. Owner thread only. */
final class PersistenceSection implements Section {
    private final AdminContext context;

    PersistenceSection(AdminContext context) {
        this.context = context;
    }

    @Override
    public void write(InfoText out) {
        out.section("Persistence");
        out.field("loading", 0);
        out.field("async_loading", 0);
        out.field("current_cow_peak", 0);
        out.field("current_cow_size", 0);
        out.field("current_cow_size_age", 0);
        out.ratio("current_fork_perc", 0);
        out.field("current_save_keys_processed", 0);
        out.field("current_save_keys_total", 0);
        out.field("rdb_changes_since_last_save", context.store().stats().dirty);
        out.field("rdb_bgsave_in_progress", 0);
        out.field("rdb_last_save_time", context.facts().startedMillis() / 1000);
        out.field("rdb_last_bgsave_status", "ok");
        out.field("rdb_last_bgsave_time_sec", -1);
        out.field("rdb_current_bgsave_time_sec", -1);
        out.field("rdb_saves", 0);
        out.field("rdb_last_cow_size", 0);
        out.field("rdb_last_load_keys_expired", 0);
        out.field("rdb_last_load_keys_loaded", 0);
        writeAppendOnly(out);
        out.field("module_fork_in_progress", 0);
        out.field("module_fork_last_cow_size", 0);
        out.field("slot_migration_fork_in_progress", 0);
    }

    private static void writeAppendOnly(InfoText out) {
        out.field("aof_enabled", 0);
        out.field("aof_rewrite_in_progress", 0);
        out.field("aof_rewrite_scheduled", 0);
        out.field("aof_last_rewrite_time_sec", -1);
        out.field("aof_current_rewrite_time_sec", -1);
        out.field("aof_last_bgrewrite_status", "ok");
        out.field("aof_rewrites", 0);
        out.field("aof_rewrites_consecutive_failures", 0);
        out.field("aof_last_write_status", "ok");
        out.field("aof_last_cow_size", 0);
    }
}
