// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.ServerFacts;
import dev.sigrun.kernel.base.ProcessStatus;
import dev.sigrun.kernel.config.ClusterParameters;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.ConnectionParameters;
import dev.sigrun.kernel.config.ServerParameters;
import java.util.List;

/** What the server is and where it runs. Owner thread only. */
final class ServerSection implements Section {
    private static final int LRU_CLOCK_MASK = (1 << 24) - 1;

    private final AdminContext context;
    private final ProcessStatus process;

    ServerSection(AdminContext context, ProcessStatus process) {
        this.context = context;
        this.process = process;
    }

    @Override
    public void write(InfoText out) {
        ServerFacts facts = context.facts();
        Config config = context.config();
        boolean clustered = config.booleanValue(ClusterParameters.CLUSTER_ENABLED);
        boolean redis = config.booleanValue(ServerParameters.EXTENDED_REDIS_COMPATIBILITY);
        out.section("Server");
        out.field("redis_version", ServerFacts.REDIS_VERSION);
        out.field("server_name", "valkey");
        out.field("valkey_version", ServerFacts.VALKEY_VERSION);
        out.field("valkey_release_stage", "ga");
        out.field("sigrun_version", ServerFacts.SIGRUN_VERSION);
        out.field("redis_git_sha1", "00000000");
        out.field("redis_git_dirty", 0);
        out.field("redis_build_id", buildId());
        out.field(redis ? "redis_mode" : "server_mode", clustered ? "cluster" : "standalone");
        out.field("os", process.operatingSystem());
        out.field("arch_bits", 64);
        out.field("monotonic_clock", "POSIX clock_gettime");
        out.field("multiplexing_api", facts.transport());
        // Valkey shows this when no GCC has built it; the field that tells more comes next.
        out.field("gcc_version", "0.0.0");
        out.field("sigrun_java_version", Runtime.version().toString());
        out.field("process_id", process.processId());
        out.field("process_supervised", "no");
        out.field("run_id", facts.runId());
        int port = context.actions().port();
        out.field("tcp_port", port != 0 ? port : context.actions().tlsPort());
        writeTimes(out);
        out.field("executable", facts.executable());
        out.field("config_file", facts.configFile() == null ? "" : facts.configFile().toString());
        out.field("io_threads_active", context.actions().io().isThreaded() ? 1 : 0);
        out.field("availability_zone", config.text(ClusterParameters.AVAILABILITY_ZONE));
        writeListeners(out);
        if (context.shutdown().isUnderWay()) {
            out.field("shutdown_in_milliseconds", context.shutdown().remainingMillis());
        }
    }

    /** Two builds of one version behave alike, so the version names the build. */
    private static String buildId() {
        String version = ServerFacts.SIGRUN_VERSION + "/" + ServerFacts.VALKEY_VERSION;
        return Long.toHexString(0x1000_0000_0000_0000L | (version.hashCode() & 0xFFFFFFFFL));
    }

    private void writeTimes(InfoText out) {
        long now = context.clock().unixMillis();
        long uptime = Math.max(now - context.facts().startedMillis(), 0) / 1000;
        int hz = context.config().intValue(ServerParameters.HZ);
        out.field("server_time_usec", context.clock().unixMicros());
        out.field("uptime_in_seconds", uptime);
        out.field("uptime_in_days", uptime / 86_400);
        out.field("hz", hz);
        out.field("configured_hz", hz);
        out.field("clients_hz", hz);
        out.field("lru_clock", (now / 1000) & LRU_CLOCK_MASK);
    }

    private void writeListeners(InfoText out) {
        Config config = context.config();
        writeListener(out, "listener0:name=tcp", context.actions().port());
        String path = config.text(ConnectionParameters.UNIXSOCKET);
        if (path != null && !path.isEmpty()) {
            out.part("listener1:name=unix,bind=").part(path).endLine();
        }
        writeListener(out, "listener2:name=tls", context.actions().tlsPort());
    }

    private void writeListener(InfoText out, String begin, int port) {
        if (port != 0) {
            out.part(begin);
            List<String> addresses = context.config().value(ConnectionParameters.BIND);
            addresses.forEach(address -> out.part(",bind=").part(address));
            out.part(",port=").part(port).endLine();
        }
    }
}
