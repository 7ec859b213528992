// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

import dev.sigrun.kernel.persist.aof.Aof;
import dev.sigrun.kernel.persist.aof.AofFigures;

/** What {@code INFO} says of the append-only file. Owner thread only. */
final class AppendOnlyFields {
    private AppendOnlyFields() {}

    static void write(InfoText out, Aof aof) {
        AofFigures figures = aof.figures();
        out.field("aof_enabled", aof.state() == Aof.State.OFF ? 0 : 1);
        out.field("aof_rewrite_in_progress", figures.isRewriting() ? 1 : 0);
        out.field("aof_rewrite_scheduled", figures.isRewriteScheduled() ? 1 : 0);
        out.field("aof_last_rewrite_time_sec", figures.lastRewriteSeconds());
        out.field("aof_current_rewrite_time_sec", figures.currentRewriteSeconds());
        out.field("aof_last_bgrewrite_status", figures.hasRewriteFailed() ? "err" : "ok");
        out.field("aof_rewrites", figures.rewrites());
        out.field("aof_rewrites_consecutive_failures", figures.rewriteFailures());
        out.field("aof_last_write_status", figures.isWriteOk() ? "ok" : "err");
        out.field("aof_last_cow_size", 0);
    }

    /** What is only shown while the file is wanted. */
    static void writeSizes(InfoText out, AofFigures figures, boolean isWanted) {
        if (isWanted) {
            out.field("aof_current_size", figures.currentBytes());
            out.field("aof_base_size", figures.baseBytes());
            out.field("aof_pending_rewrite", figures.isRewriteScheduled() ? 1 : 0);
            out.field("aof_buffer_length", figures.bufferBytes());
            out.field("aof_pending_bio_fsync", figures.pendingSyncs());
            out.field("aof_delayed_fsync", figures.delayedSyncs());
        }
    }
}
