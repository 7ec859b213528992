// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Pause;
import dev.sigrun.kernel.command.WatchedKeys;
import dev.sigrun.kernel.config.ConnectionParameters;

/** How many clients there are and what they wait for. Owner thread only. */
final class ClientsSection implements Section {
    private static final long USAGE_AGE_MILLIS_MAX = 100;

    private final AdminContext context;
    private final ClientUsage usage;

    ClientsSection(AdminContext context, ClientUsage usage) {
        this.context = context;
        this.usage = usage;
    }

    @Override
    public void write(InfoText out) {
        long now = context.store().nowMillis();
        WatchedKeys watchedKeys = context.dispatcher().transactions().watchedKeys();
        usage.refresh(now, USAGE_AGE_MILLIS_MAX);
        out.section("Clients");
        int replicas = context.replication().downstream().count();
        out.field("connected_clients", context.sessions().size() - replicas);
        out.field("cluster_connections", 0);
        out.field("maxclients", context.config().longValue(ConnectionParameters.MAXCLIENTS));
        out.field("client_recent_max_input_buffer", usage.inputBytesMax());
        out.field("client_recent_max_output_buffer", usage.outputBytesMax());
        out.field("blocked_clients", context.sessions().blocked());
        out.field("tracking_clients", context.dispatcher().audience().tracking().clients());
        out.field("pubsub_clients", context.dispatcher().audience().pubSub().subscribing());
        out.field("watching_clients", watchedKeys.clients());
        out.field("clients_in_timeout_table", context.sessions().deadlines());
        out.field("total_watched_keys", watchedKeys.keys());
        out.field("total_blocking_keys", context.dispatcher().waits().keys());
        out.field("total_blocking_keys_on_nokey", context.dispatcher().waits().keysWaitedGone());
        Pause pause = context.dispatcher().pause();
        boolean paused = pause.isActive(now);
        out.field("paused_reason", pause.reason(now));
        out.field("paused_actions", !paused ? "none" : pause.isAll(now) ? "all" : "write");
        long until = pause.untilMillis() == 0 ? Long.MAX_VALUE : pause.untilMillis();
        out.field("paused_timeout_milliseconds", paused ? until - now : 0);
    }
}
