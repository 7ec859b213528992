// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.config.BooleanParameter;
import dev.sigrun.kernel.config.LongParameter;
import dev.sigrun.kernel.config.ReplicationParameters;
import dev.sigrun.kernel.replication.Backlog;
import dev.sigrun.kernel.replication.History;
import dev.sigrun.kernel.replication.Replication;
import dev.sigrun.kernel.replication.Upstream;
import dev.sigrun.kernel.replication.primary.Replicas;

/** Who has the same data: whom this server follows and who follows it. Owner thread only. */
final class ReplicationSection implements Section {
    private final AdminContext context;

    ReplicationSection(AdminContext context) {
        this.context = context;
    }

    @Override
    public void write(InfoText out) {
        Replication replication = context.replication();
        Replicas replicas = context.primary().replicas();
        out.section("Replication");
        out.field("role", replication.isReplica() ? "slave" : "master");
        if (replication.isReplica()) {
            writeUpstream(out, replication.upstream());
        }
        out.field("connected_slaves", replicas.count());
        if (needsReplicas()) {
            out.field("min_slaves_good_slaves", replicas.goodCount());
        }
        writeReplicas(out, replicas);
        out.field("replicas_waiting_psync", replicas.awaitingStreams());
        out.field("master_failover_state", replication.failover().text());
        writeHistory(out, replication.history());
        writeBacklog(out, replication.backlog());
    }

    private void writeUpstream(InfoText out, Upstream primary) {
        out.field("master_host", primary.host());
        out.field("master_port", primary.port());
        out.field("master_link_status", primary.isUp() ? "up" : "down");
        out.field("master_last_io_seconds_ago", primary.lastIoSeconds());
        out.field("master_sync_in_progress", primary.isSyncing() ? 1 : 0);
        out.field("slave_read_repl_offset", primary.readOffset());
        out.field("slave_repl_offset", primary.offset());
        out.field("replicas_repl_buffer_size", primary.pendingBytes());
        out.field("replicas_repl_buffer_peak", primary.pendingBytesMax());
        if (primary.isSyncing()) {
            writeSync(out, primary);
        }
        if (!primary.isUp()) {
            out.field("master_link_down_since_seconds", primary.downSeconds());
        }
        out.field("slave_priority", number(ReplicationParameters.REPLICA_PRIORITY));
        out.field("slave_read_only", flag(ReplicationParameters.REPLICA_READ_ONLY));
        out.field("replica_announced", flag(ReplicationParameters.REPLICA_ANNOUNCED));
    }

    private static void writeSync(InfoText out, Upstream primary) {
        long total = primary.syncTotalBytes();
        long read = primary.syncReadBytes();
        out.field("master_sync_total_bytes", total);
        out.field("master_sync_read_bytes", read);
        out.field("master_sync_left_bytes", total - read);
        out.ratio("master_sync_perc", total == 0 ? 0 : 100.0 * read / total);
        out.field("master_sync_last_io_seconds_ago", primary.syncLastIoSeconds());
    }

    private static void writeReplicas(InfoText out, Replicas replicas) {
        int number = 0;
        for (Replicas.Facts each : replicas.facts()) {
            out.field(
                    "slave" + number,
                    "ip="
                            + each.host()
                            + ",port="
                            + each.port()
                            + ",state="
                            + each.state()
                            + ",offset="
                            + each.offset()
                            + ",lag="
                            + each.lagSeconds()
                            + ",type="
                            + each.type());
            number++;
        }
    }

    private static void writeHistory(InfoText out, History history) {
        out.field("master_replid", history.id());
        out.field("master_replid2", history.secondId());
        out.field("master_repl_offset", history.offset());
        out.field("second_repl_offset", history.secondOffset());
    }

    private static void writeBacklog(InfoText out, Backlog backlog) {
        boolean isPresent = backlog.isPresent();
        out.field("repl_backlog_active", isPresent ? 1 : 0);
        out.field("repl_backlog_size", backlog.sizeBytes());
        out.field("repl_backlog_first_byte_offset", isPresent ? backlog.firstOffset() : 0);
        out.field("repl_backlog_histlen", backlog.heldBytes());
    }

    private long number(LongParameter parameter) {
        return context.config().longValue(parameter);
    }

    private long flag(BooleanParameter parameter) {
        return context.config().booleanValue(parameter) ? 1 : 0;
    }

    private boolean needsReplicas() {
        return number(ReplicationParameters.MIN_REPLICAS_TO_WRITE) != 0
                && number(ReplicationParameters.MIN_REPLICAS_MAX_LAG) != 0;
    }
}
