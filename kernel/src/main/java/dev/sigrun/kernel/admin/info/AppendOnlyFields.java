// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

import dev.sigrun.kernel.persist.aof.Aof;

/** What {@code INFO} says of the append-only file. Owner thread only. */
final class AppendOnlyFields {
    private AppendOnlyFields() {}

    static void write(InfoText out, Aof aof) {
        out.field("aof_enabled", aof.state() == Aof.State.OFF ? 0 : 1);
        out.field("aof_rewrite_in_progress", aof.isRewriting() ? 1 : 0);
        out.field("aof_rewrite_scheduled", aof.isRewriteScheduled() ? 1 : 0);
        out.field("aof_last_rewrite_time_sec", aof.lastRewriteSeconds());
        out.field("aof_current_rewrite_time_sec", aof.currentRewriteSeconds());
        out.field("aof_last_bgrewrite_status", aof.hasRewriteFailed() ? "err" : "ok");
        out.field("aof_rewrites", aof.rewrites());
        out.field("aof_rewrites_consecutive_failures", aof.rewriteFailures());
        out.field("aof_last_write_status", aof.isWriteOk() ? "ok" : "err");
        out.field("aof_last_cow_size", 0);
    }

    /** What is only shown while the file is wanted. */
    static void writeSizes(InfoText out, Aof aof, boolean isWanted) {
        if (isWanted) {
            out.field("aof_current_size", aof.currentBytes());
            out.field("aof_base_size", aof.baseBytes());
            out.field("aof_pending_rewrite", aof.isRewriteScheduled() ? 1 : 0);
            out.field("aof_buffer_length", aof.bufferBytes());
            out.field("aof_pending_bio_fsync", aof.pendingSyncs());
            out.field("aof_delayed_fsync", aof.delayedSyncs());
        }
    }
}
