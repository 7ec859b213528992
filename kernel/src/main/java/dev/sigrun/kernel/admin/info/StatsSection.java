// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

import dev.sigrun.kernel.acl.AclLog;
import dev.sigrun.kernel.acl.Denial;
import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.IoFacts;
import dev.sigrun.kernel.command.ServerStats;
import dev.sigrun.kernel.measure.OwnerLoad;
import dev.sigrun.kernel.pubsub.Kind;
import dev.sigrun.kernel.replication.primary.Replicas;
import dev.sigrun.kernel.script.Scripts;
import dev.sigrun.kernel.store.StoreStats;

/**
 * What the server has done. Owner thread only.
 *
 * <p>Deviation: a cycle of the event loop is a batch of requests that came with one read, or a
 * round of periodic work, and its time that of the commands or the work in it.
 */
final class StatsSection implements Section {
    private final AdminContext context;
    private final Pulse pulse;

    StatsSection(AdminContext context, Pulse pulse) {
        this.context = context;
        this.pulse = pulse;
    }

    @Override
    public void write(InfoText out) {
        ServerStats stats = context.stats();
        out.section("Stats");
        writeTraffic(out, stats);
        writeKeyspace(out, context.store().stats(), stats.evictedClients, context.scripts());
        writeAbsent(out, stats);
        out.field("unexpected_error_replies", stats.internalErrors);
        out.field("total_error_replies", stats.errorReplies);
        out.field("dump_payload_sanitizations", 0);
        writeLoops(out, stats);
        writeDenied(out);
        writeLoad(out, context.dispatcher().watch().load());
    }

    /** How long others had to wait for the owner lately, and for what. */
    private static void writeLoad(InfoText out, OwnerLoad load) {
        out.field("sigrun_owner_lag_usec", load.lagNanos() / 1000);
        out.field("sigrun_owner_lag_max_usec", load.lagMaxNanos() / 1000);
        out.field("sigrun_longest_command", load.longestCommand());
        out.field("sigrun_longest_command_usec", load.longestCommandNanos() / 1000);
    }

    private void writeTraffic(InfoText out, ServerStats stats) {
        long in = context.actions().bytesIn() - stats.bytesInBefore;
        long sent = context.actions().bytesOut() - stats.bytesOutBefore;
        out.field("total_connections_received", stats.connectionsReceived);
        out.field("total_commands_processed", stats.commandsProcessed);
        out.field("instantaneous_ops_per_sec", stats.operations.perSecond());
        out.field("total_net_input_bytes", in + stats.replicationBytesIn);
        out.field("total_net_output_bytes", sent);
        out.field("total_net_repl_input_bytes", stats.replicationBytesIn);
        out.field("total_net_repl_output_bytes", stats.replicationBytesOut);
        out.field("total_net_cluster_slot_import_bytes", 0);
        out.field("total_net_cluster_slot_export_bytes", 0);
        out.ratio("instantaneous_input_kbps", stats.input.perSecond() / 1024.0);
        out.ratio("instantaneous_output_kbps", stats.output.perSecond() / 1024.0);
        out.ratio("instantaneous_input_repl_kbps", 0);
        out.ratio("instantaneous_output_repl_kbps", 0);
        out.field("rejected_connections", stats.connectionsRejected);
        Replicas replicas = context.primary().replicas();
        out.field("sync_full", replicas.fullCount());
        out.field("sync_partial_ok", replicas.partialCount());
        out.field("sync_partial_err", replicas.refusedPartialCount());
    }

    private static void writeKeyspace(
            InfoText out, StoreStats store, long evictedClients, Scripts scripts) {
        out.field("expired_keys", store.expiredKeys);
        out.field("expired_fields", store.expiredFields);
        out.ratio("expired_stale_perc", store.expiredStalePercent);
        out.ratio("expired_keys_with_volatile_items_stale_perc", 0);
        out.field("expired_time_cap_reached_count", store.expiredTimeCapReached);
        out.field("expire_cycle_cpu_milliseconds", store.expiryNanos / 1_000_000);
        out.field("evicted_keys", store.evictedKeys);
        out.field("evicted_clients", evictedClients);
        out.field("evicted_scripts", scripts.evictedScripts());
        out.field("total_eviction_exceeded_time", 0);
        out.field("current_eviction_exceeded_time", 0);
        out.field("keyspace_hits", store.keyspaceHits);
        out.field("keyspace_misses", store.keyspaceMisses);
    }

    /** Who listens, among what this server does not have yet or never will, such as forks. */
    private void writeAbsent(InfoText out, ServerStats stats) {
        out.field("pubsub_channels", context.dispatcher().audience().pubSub().count(Kind.CHANNEL));
        out.field("pubsub_patterns", context.dispatcher().audience().pubSub().count(Kind.PATTERN));
        out.field(
                "pubsubshard_channels", context.dispatcher().audience().pubSub().count(Kind.SHARD));
        out.field("latest_fork_usec", 0);
        out.field("total_forks", 0);
        out.field("migrate_cached_sockets", stats.migrateCachedSockets);
        out.field("slave_expires_tracked_keys", context.store().ownExpiries().size());
        out.field("active_defrag_hits", 0);
        out.field("active_defrag_misses", 0);
        out.field("active_defrag_key_hits", 0);
        out.field("active_defrag_key_misses", 0);
        out.field("total_active_defrag_time", 0);
        out.field("current_active_defrag_time", 0);
        out.field("tracking_total_keys", context.dispatcher().audience().tracking().keys());
        out.field("tracking_total_items", context.dispatcher().audience().tracking().items());
        out.field("tracking_total_prefixes", context.dispatcher().audience().tracking().prefixes());
    }

    private void writeLoops(InfoText out, ServerStats stats) {
        IoFacts io = context.actions().io();
        out.field("total_reads_processed", io.reads());
        out.field("total_writes_processed", io.writes());
        out.field("io_threaded_reads_processed", io.threadReads());
        out.field("io_threaded_writes_processed", io.threadWrites());
        out.field("io_threaded_freed_objects", 0);
        out.field("io_threaded_accept_processed", 0);
        out.field("io_threaded_poll_processed", 0);
        out.field("io_threaded_total_prefetch_batches", stats.prefetchBatches);
        out.field("io_threaded_total_prefetch_entries", stats.prefetchEntries);
        out.field("client_query_buffer_limit_disconnections", stats.queryLimitDisconnections);
        out.field("client_output_buffer_limit_disconnections", stats.outputLimitDisconnections);
        out.field("reply_buffer_shrinks", 0);
        out.field("reply_buffer_expands", 0);
        out.field("eventloop_cycles", pulse.cycles());
        out.field("eventloop_duration_sum", pulse.busyMicros());
        out.field("eventloop_duration_cmd_sum", pulse.commandMicros());
        out.field("instantaneous_eventloop_cycles_per_sec", pulse.cyclesPerSecond());
        out.field("instantaneous_eventloop_duration_usec", pulse.microsPerCycle());
    }

    private void writeDenied(InfoText out) {
        AclLog denied = context.access().log();
        out.field("acl_access_denied_auth", denied.count(Denial.AUTH));
        out.field("acl_access_denied_cmd", denied.count(Denial.COMMAND));
        out.field("acl_access_denied_key", denied.count(Denial.KEY));
        out.field("acl_access_denied_channel", denied.count(Denial.CHANNEL));
        out.field("acl_access_denied_tls_cert", denied.count(Denial.CERTIFICATE));
        out.field("acl_access_denied_db", denied.count(Denial.DATABASE));
    }
}
