// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server.metrics;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Turns the text of {@code INFO} into metrics: fields of Valkey under the names that redis_exporter
 * gives them, this server's own and those of plugins as {@code sigrun_}. For one text.
 */
final class InfoMetrics {
    private static final String COMMAND = "cmdstat_";
    private static final String ERROR = "errorstat_";
    private static final String LATENCY = "latency_percentiles_usec_";
    private static final String DATABASE = "db";
    private static final String MODULE = "module";
    private static final String SPIKE = "latency_spike_";
    private static final String PERCENTILES = "redis_latency_percentiles_usec";

    /** Sections whose fields have names in the table or none at all. */
    private static final Set<String> BUILT_IN =
            Set.of(
                    "Server",
                    "TLS",
                    "Clients",
                    "Memory",
                    "Persistence",
                    "Stats",
                    "Replication",
                    "CPU",
                    "Cluster",
                    "Cluster Info",
                    "Scripting Engines",
                    FigureText.SECTION);

    private final Families out;
    private final Map<String, String> fields = new HashMap<>();
    private final Map<String, Map<String, String>> commands = new HashMap<>();
    private String section = "";

    InfoMetrics(Families out) {
        this.out = out;
    }

    void write(String info) {
        info.lines().forEach(this::line);
        String mode = field("server_mode", field("redis_mode", ""));
        out.gauge(
                "redis_instance_info",
                "1",
                "role",
                field("role", ""),
                "redis_version",
                field("redis_version", ""),
                "redis_build_id",
                field("redis_build_id", ""),
                "redis_mode",
                mode,
                "os",
                field("os", ""),
                "maxmemory_policy",
                field("maxmemory_policy", ""),
                "tcp_port",
                field("tcp_port", ""),
                "run_id",
                field("run_id", ""),
                "process_id",
                field("process_id", ""));
    }

    private String field(String name, String absent) {
        return fields.getOrDefault(name, absent);
    }

    private void line(String line) {
        if (line.startsWith("# ")) {
            section = line.substring(2);
            return;
        }
        int colon = line.indexOf(':');
        if (colon > 0) {
            String name = line.substring(0, colon);
            String value = line.substring(colon + 1);
            switch (kind(name)) {
                case COMMAND -> command(name.substring(COMMAND.length()), value);
                case ERROR -> error(name.substring(ERROR.length()), value);
                case LATENCY -> latency(name.substring(LATENCY.length()), value);
                case DATABASE -> database(name, value);
                case MODULE -> module(value);
                default -> plain(name, value);
            }
        }
    }

    /** What begins the names of a kind of lines; nothing for those of a plain field. */
    private String kind(String name) {
        return switch (section) {
            case "Commandstats" -> name.startsWith(COMMAND) ? COMMAND : "";
            case "Errorstats" -> name.startsWith(ERROR) ? ERROR : "";
            case "Latencystats" -> name.startsWith(LATENCY) ? LATENCY : "";
            case "Keyspace" -> name.startsWith(DATABASE) ? DATABASE : "";
            case "Modules" -> name.equals(MODULE) ? MODULE : "";
            default -> "";
        };
    }

    private void plain(String name, String value) {
        fields.put(name, value);
        if (name.startsWith(SPIKE)) {
            spike(name.substring(SPIKE.length()), value);
            return;
        }
        String number = number(value);
        if (number == null) {
            return;
        }
        String gauge = MetricNames.gauge(name);
        String counter = MetricNames.counter(name);
        if (gauge != null) {
            out.gauge("redis_" + gauge, number);
        } else if (counter != null) {
            out.counter("redis_" + counter, number);
        } else if (name.startsWith("sigrun_")) {
            out.gauge(safe(name), number);
        } else if (!BUILT_IN.contains(section)) {
            // Two plugins may have fields of the same name.
            out.gauge("sigrun_" + safe(name), number, "section", section);
        }
        if (name.equals("maxmemory") || name.equals("maxclients")) {
            out.gauge("redis_config_" + name, number);
        }
    }

    private static String safe(String name) {
        return name.replaceAll("[^a-zA-Z0-9_]", "_");
    }

    /** A value as a number; null when it is none. */
    private static String number(String value) {
        return switch (value) {
            case "ok" -> "1";
            case "err", "fail" -> "0";
            default -> isNumber(value) ? value : null;
        };
    }

    private static boolean isNumber(String value) {
        int points = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean isDigit = c >= '0' && c <= '9';
            points += c == '.' ? 1 : 0;
            if (!isDigit && c != '.' && !(c == '-' && i == 0)) {
                return false;
            }
        }
        return points <= 1
                && !value.isEmpty()
                && Character.isDigit(value.charAt(value.length() - 1));
    }

    /** The parts of a value like {@code a=1,b=2}. */
    private static Map<String, String> parts(String value) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : value.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        return parts;
    }

    private static String seconds(String number, double unit) {
        return Double.toString(Double.parseDouble(number) / unit);
    }

    private void command(String command, String value) {
        Map<String, String> parts = parts(value);
        commands.put(command, parts);
        out.counter("redis_commands_total", parts.get("calls"), "cmd", command);
        out.counter(
                "redis_commands_duration_seconds_total",
                seconds(parts.get("usec"), 1e6),
                "cmd",
                command);
        out.counter(
                "redis_commands_rejected_calls_total", parts.get("rejected_calls"), "cmd", command);
        out.counter("redis_commands_failed_calls_total", parts.get("failed_calls"), "cmd", command);
    }

    private void error(String code, String value) {
        out.counter("redis_errors_total", parts(value).get("count"), "err", code);
    }

    private void latency(String command, String value) {
        parts(value)
                .forEach((percentile, micros) -> {
                    BigDecimal percent = new BigDecimal(percentile.substring(1));
                    String quantile = percent.movePointLeft(2).stripTrailingZeros().toPlainString();
                    out.summary(PERCENTILES, "", micros, "cmd", command, "quantile", quantile);
                });
        Map<String, String> statistics = commands.get(command);
        if (statistics != null) {
            out.summary(PERCENTILES, "_sum", statistics.get("usec"), "cmd", command);
            out.summary(PERCENTILES, "_count", statistics.get("calls"), "cmd", command);
        }
    }

    private void database(String name, String value) {
        Map<String, String> parts = parts(value);
        out.gauge("redis_db_keys", parts.get("keys"), "db", name);
        out.gauge("redis_db_keys_expiring", parts.get("expires"), "db", name);
        out.gauge("redis_db_avg_ttl_seconds", seconds(parts.get("avg_ttl"), 1e3), "db", name);
    }

    private void module(String value) {
        Map<String, String> parts = parts(value);
        out.gauge(
                "redis_module_info",
                "1",
                "name",
                parts.getOrDefault("name", ""),
                "ver",
                parts.getOrDefault("ver", ""));
    }

    private void spike(String event, String value) {
        Map<String, String> parts = parts(value);
        out.gauge("redis_latency_spike_last", parts.get("last"), "event_name", event);
        out.gauge(
                "redis_latency_spike_duration_seconds",
                seconds(parts.get("millis"), 1e3),
                "event_name",
                event);
    }
}
