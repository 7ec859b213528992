// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import static dev.sigrun.kernel.config.BooleanParameter.flag;
import static dev.sigrun.kernel.config.EnumParameter.choice;
import static dev.sigrun.kernel.config.LongParameter.number;
import static dev.sigrun.kernel.config.TextParameter.text;
import static dev.sigrun.kernel.config.Trait.HIDDEN;
import static dev.sigrun.kernel.config.Trait.HONOURED;
import static dev.sigrun.kernel.config.Trait.IMMUTABLE;
import static dev.sigrun.kernel.config.Trait.MEANINGLESS;
import static dev.sigrun.kernel.config.Trait.UNSIGNED;
import static dev.sigrun.kernel.config.ValueParameter.value;

import dev.sigrun.kernel.config.value.EventClasses;
import dev.sigrun.kernel.config.value.Percentiles;
import java.util.List;

/** Logs, latency, notifications and what else an operator looks at. */
public final class MonitoringParameters {
    public static final BooleanParameter SYSLOG_ENABLED =
            flag("syslog-enabled", false, IMMUTABLE, MEANINGLESS);
    public static final BooleanParameter CRASH_LOG_ENABLED =
            flag("crash-log-enabled", true, MEANINGLESS);
    public static final BooleanParameter CRASH_MEMCHECK_ENABLED =
            flag("crash-memcheck-enabled", true, MEANINGLESS);
    public static final BooleanParameter LATENCY_TRACKING =
            flag("latency-tracking", true, HONOURED);
    public static final BooleanParameter HIDE_USER_DATA_FROM_LOG =
            flag("hide-user-data-from-log", true, MEANINGLESS);
    public static final TextParameter SYSLOG_IDENT =
            text("syslog-ident", "valkey", IMMUTABLE, MEANINGLESS);
    public static final TextParameter LOGFILE = text("logfile", "", HONOURED, IMMUTABLE);
    public static final TextParameter DEBUG_CONTEXT = text("debug-context", "", HIDDEN);
    public static final EnumParameter SYSLOG_FACILITY =
            choice(
                    "syslog-facility",
                    "user local0 local1 local2 local3 local4 local5 local6 local7",
                    "local0",
                    IMMUTABLE,
                    MEANINGLESS);
    public static final EnumParameter LOGLEVEL =
            choice("loglevel", "debug verbose notice warning nothing", "notice", HONOURED);
    public static final EnumParameter LOG_FORMAT =
            choice("log-format", "legacy logfmt json", "legacy", HONOURED);
    public static final EnumParameter LOG_TIMESTAMP_FORMAT =
            choice("log-timestamp-format", "legacy iso8601 milliseconds", "legacy", HONOURED);
    public static final LongParameter WATCHDOG_PERIOD =
            number("watchdog-period", 0, MEANINGLESS, HIDDEN);
    public static final LongParameter COMMANDLOG_SLOW_EXECUTION_MAX_LEN =
            number("commandlog-slow-execution-max-len slowlog-max-len", 128, UNSIGNED, HONOURED)
                    .between(0, Long.MAX_VALUE);
    public static final LongParameter COMMANDLOG_LARGE_REQUEST_MAX_LEN =
            number("commandlog-large-request-max-len", 128, UNSIGNED, HONOURED)
                    .between(0, Long.MAX_VALUE);
    public static final LongParameter COMMANDLOG_LARGE_REPLY_MAX_LEN =
            number("commandlog-large-reply-max-len", 128, UNSIGNED, HONOURED)
                    .between(0, Long.MAX_VALUE);
    public static final LongParameter ACLLOG_MAX_LEN =
            number("acllog-max-len", 128, UNSIGNED, HONOURED).between(0, Long.MAX_VALUE);
    public static final LongParameter COMMANDLOG_EXECUTION_SLOWER_THAN =
            number("commandlog-execution-slower-than slowlog-log-slower-than", 10000, HONOURED)
                    .between(-1, Long.MAX_VALUE);
    public static final LongParameter COMMANDLOG_REQUEST_LARGER_THAN =
            number("commandlog-request-larger-than", 1L << 20, HONOURED)
                    .between(-1, Long.MAX_VALUE);
    public static final LongParameter COMMANDLOG_REPLY_LARGER_THAN =
            number("commandlog-reply-larger-than", 1L << 20, HONOURED).between(-1, Long.MAX_VALUE);
    public static final LongParameter LATENCY_MONITOR_THRESHOLD =
            number("latency-monitor-threshold", 0, HONOURED).between(0, Long.MAX_VALUE);
    public static final LongParameter TRACKING_TABLE_MAX_KEYS =
            number("tracking-table-max-keys", 1000000, UNSIGNED, HONOURED)
                    .between(0, Long.MAX_VALUE);
    public static final ValueParameter<Integer> NOTIFY_KEYSPACE_EVENTS =
            value("notify-keyspace-events", new EventClasses(), HONOURED);
    public static final ValueParameter<List<Double>> LATENCY_TRACKING_INFO_PERCENTILES =
            value("latency-tracking-info-percentiles", new Percentiles(), HONOURED);

    private MonitoringParameters() {}

    static Parameter[] all() {
        return new Parameter[] {
            SYSLOG_ENABLED,
            CRASH_LOG_ENABLED,
            CRASH_MEMCHECK_ENABLED,
            LATENCY_TRACKING,
            HIDE_USER_DATA_FROM_LOG,
            SYSLOG_IDENT,
            LOGFILE,
            DEBUG_CONTEXT,
            SYSLOG_FACILITY,
            LOGLEVEL,
            LOG_FORMAT,
            LOG_TIMESTAMP_FORMAT,
            WATCHDOG_PERIOD,
            COMMANDLOG_SLOW_EXECUTION_MAX_LEN,
            COMMANDLOG_LARGE_REQUEST_MAX_LEN,
            COMMANDLOG_LARGE_REPLY_MAX_LEN,
            ACLLOG_MAX_LEN,
            COMMANDLOG_EXECUTION_SLOWER_THAN,
            COMMANDLOG_REQUEST_LARGER_THAN,
            COMMANDLOG_REPLY_LARGER_THAN,
            LATENCY_MONITOR_THRESHOLD,
            TRACKING_TABLE_MAX_KEYS,
            NOTIFY_KEYSPACE_EVENTS,
            LATENCY_TRACKING_INFO_PERCENTILES,
        };
    }
}
