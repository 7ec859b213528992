// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.config.ClusterParameters;
import dev.sigrun.kernel.plugin.PluginInfo;
import dev.sigrun.kernel.store.Database;

/** The sections that take a few lines each. Owner thread only. */
final class SmallSections {
    private final AdminContext context;
    private final Pulse pulse;

    SmallSections(AdminContext context, Pulse pulse) {
        this.context = context;
        this.pulse = pulse;
    }

    void tls(InfoText out) {
        out.section("TLS");
        for (String certificate : new String[] {"server_cert", "client_cert", "ca_cert"}) {
            out.field("tls_" + certificate + "_serial", "none");
            out.field("tls_" + certificate + "_expires_in_seconds", 0);
        }
    }

    void modules(InfoText out) {
        out.section("Modules");
        for (PluginInfo plugin : context.plugins().list()) {
            out.part("module:name=").safe(plugin.name());
            out.part(",ver=").part(plugin.number());
            out.part(",api=1,filters=0,usedby=[],using=[],options=[]").endLine();
        }
    }

    void cluster(InfoText out) {
        boolean clustered = context.config().booleanValue(ClusterParameters.CLUSTER_ENABLED);
        out.section("Cluster");
        out.field("cluster_enabled", clustered ? 1 : 0);
    }

    void clusterInfo(InfoText out) {
        out.section("Cluster Info");
    }

    void scriptingEngines(InfoText out) {
        out.section("Scripting Engines");
        out.field("engines_count", 0);
        out.field("engines_total_used_memory", 0);
        out.field("engines_total_memory_overhead", 0);
    }

    void keyspace(InfoText out) {
        out.section("Keyspace");
        for (int i = 0; i < context.store().databaseCount(); i++) {
            Database db = context.store().database(i);
            if (db.size() > 0) {
                out.part("db").part(i).part(":keys=").part(db.size());
                out.part(",expires=").part(db.volatileKeys());
                out.part(",avg_ttl=").part(db.averageTtlMillis());
                out.part(",keys_with_volatile_items=").part(db.keysWithVolatileItems()).endLine();
            }
        }
    }

    void debug(InfoText out) {
        out.section("Debug");
        out.field("eventloop_duration_aof_sum", 0);
        out.field("eventloop_duration_cron_sum", context.store().stats().expiryNanos / 1000);
        out.field("eventloop_duration_max", pulse.microsPerCycle());
        out.field("eventloop_cmd_per_cycle_max", 0);
        out.field("io_threaded_reads_pending", 0);
        out.field("io_threaded_writes_pending", 0);
    }
}
