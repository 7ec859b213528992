// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.CommandWatch;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.LongParameter;
import dev.sigrun.kernel.config.MonitoringParameters;
import dev.sigrun.kernel.config.OwnParameters;
import dev.sigrun.kernel.config.Parameter;
import dev.sigrun.kernel.measure.CommandLog;

/**
 * Tells the command logs and the latency monitor what the configuration says. Owner thread only.
 */
final class WatchSettings {
    private final Config config;
    private final AdminContext context;
    private final CommandWatch watch;

    WatchSettings(AdminContext context) {
        this.context = context;
        this.config = context.config();
        this.watch = context.dispatcher().watch();
        watch.redaction().sensitiveParameters(config::isSensitive);
    }

    /** What {@link #apply} looks at. */
    static Parameter[] parameters() {
        return new Parameter[] {
            MonitoringParameters.COMMANDLOG_EXECUTION_SLOWER_THAN,
            MonitoringParameters.COMMANDLOG_SLOW_EXECUTION_MAX_LEN,
            MonitoringParameters.COMMANDLOG_REQUEST_LARGER_THAN,
            MonitoringParameters.COMMANDLOG_LARGE_REQUEST_MAX_LEN,
            MonitoringParameters.COMMANDLOG_REPLY_LARGER_THAN,
            MonitoringParameters.COMMANDLOG_LARGE_REPLY_MAX_LEN,
            MonitoringParameters.LATENCY_MONITOR_THRESHOLD,
            OwnParameters.BUSY_WARNING_THRESHOLD,
        };
    }

    void apply() {
        configure(
                watch.slow(),
                MonitoringParameters.COMMANDLOG_EXECUTION_SLOWER_THAN,
                MonitoringParameters.COMMANDLOG_SLOW_EXECUTION_MAX_LEN);
        configure(
                watch.largeRequests(),
                MonitoringParameters.COMMANDLOG_REQUEST_LARGER_THAN,
                MonitoringParameters.COMMANDLOG_LARGE_REQUEST_MAX_LEN);
        configure(
                watch.largeReplies(),
                MonitoringParameters.COMMANDLOG_REPLY_LARGER_THAN,
                MonitoringParameters.COMMANDLOG_LARGE_REPLY_MAX_LEN);
        context.store()
                .latency()
                .threshold(config.longValue(MonitoringParameters.LATENCY_MONITOR_THRESHOLD));
        watch.configured(config.longValue(OwnParameters.BUSY_WARNING_THRESHOLD));
    }

    private void configure(CommandLog log, LongParameter threshold, LongParameter length) {
        log.configure(config.longValue(threshold), config.longValue(length));
    }
}
