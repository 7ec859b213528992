// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.TlsFacts;
import dev.sigrun.kernel.config.ClusterParameters;
import dev.sigrun.kernel.measure.OwnerLoad;
import dev.sigrun.kernel.plugin.PluginInfo;
import dev.sigrun.kernel.script.Scripts;
import dev.sigrun.kernel.store.Database;
import java.util.List;
import java.util.Locale;

/** The sections that take a few lines each. Owner thread only. */
final class SmallSections {
    private final AdminContext context;

    SmallSections(AdminContext context) {
        this.context = context;
    }

    void tls(InfoText out) {
        out.section("TLS");
        TlsFacts facts = context.actions().tls();
        certificate(out, "server_cert", facts.server());
        certificate(out, "client_cert", facts.client());
        certificate(out, "ca_cert", facts.authority());
    }

    private void certificate(InfoText out, String name, TlsFacts.Certificate certificate) {
        long seconds = certificate.expiryUnixSeconds() - context.clock().unixMillis() / 1000;
        out.field("tls_" + name + "_serial", certificate.serial());
        out.field("tls_" + name + "_expires_in_seconds", Math.max(seconds, 0));
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
        Scripts scripts = context.scripts();
        List<String> names = scripts.engineNames();
        long total = 0;
        for (String name : names) {
            total += scripts.engineBytes(name);
        }
        out.field("engines_count", names.size());
        out.field("engines_total_used_memory", total);
        out.field("engines_total_memory_overhead", 0);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            out.part("engine_").part(i).part(":name=").safe(name);
            out.part(",module=").safe(name.toLowerCase(Locale.ROOT));
            out.part(",abi_version=4,used_memory=").part(scripts.engineBytes(name));
            out.part(",memory_overhead=0").endLine();
        }
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
        OwnerLoad load = context.dispatcher().watch().load();
        out.field("eventloop_duration_cron_sum", load.cronNanos() / 1000);
        out.field("eventloop_duration_max", load.cycleNanosMax() / 1000);
        out.field("eventloop_cmd_per_cycle_max", context.stats().batchCommandsMax);
        out.field("io_threaded_reads_pending", 0);
        out.field("io_threaded_writes_pending", 0);
    }
}
