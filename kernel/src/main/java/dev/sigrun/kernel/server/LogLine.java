// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Puts log lines together, in the forms that {@code log-format} and {@code log-timestamp-format}
 * name. Immutable, so any thread.
 */
final class LogLine {
    private static final DateTimeFormatter LEGACY_TIME =
            DateTimeFormatter.ofPattern("dd MMM yyyy HH:mm:ss.SSS", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    private static final DateTimeFormatter ISO_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    /** The log is the process's, and so is what its lines say of the server in it. */
    private static volatile boolean replica;

    private final long pid = ProcessHandle.current().pid();
    private final String format;
    private final String timeFormat;

    /**
     * Chooses the form.
     *
     * @param format {@code legacy}, {@code logfmt} or {@code json}
     * @param timeFormat {@code legacy}, {@code iso8601} or {@code milliseconds}
     */
    LogLine(String format, String timeFormat) {
        this.format = format;
        this.timeFormat = timeFormat;
    }

    /** Says whether the server is a replica. Any thread. */
    static void role(boolean isReplica) {
        replica = isReplica;
    }

    private static String role() {
        return replica ? "replica" : "primary";
    }

    /** Puts a line together, with its end. */
    String of(LogRecord record) {
        String message = message(record);
        StringBuilder line = new StringBuilder(message.length() + 128);
        switch (format) {
            case "logfmt" -> logfmt(line, record, message);
            case "json" -> json(line, record, message);
            default -> legacy(line, record, message);
        }
        return line.append('\n').toString();
    }

    /** The text, with the stack of the fault behind it where there is one. */
    private static String message(LogRecord record) {
        String message = String.valueOf(record.getMessage());
        if (record.getThrown() == null) {
            return message;
        }
        StringWriter trace = new StringWriter();
        record.getThrown().printStackTrace(new PrintWriter(trace));
        return message + "\n" + trace.toString().stripTrailing();
    }

    private String time(LogRecord record) {
        Instant instant = Instant.ofEpochMilli(record.getMillis());
        return switch (timeFormat) {
            case "iso8601" -> ISO_TIME.format(instant);
            case "milliseconds" -> Long.toString(record.getMillis());
            default -> LEGACY_TIME.format(instant);
        };
    }

    private void legacy(StringBuilder line, LogRecord record, String message) {
        line.append(pid).append(replica ? ":S " : ":M ").append(time(record)).append(' ');
        line.append(".-*#".charAt(rank(record.getLevel()))).append(' ').append(message);
    }

    private void logfmt(StringBuilder line, LogRecord record, String message) {
        line.append("pid=").append(pid).append(" role=").append(role());
        line.append(" timestamp=\"")
                .append(time(record))
                .append("\" level=")
                .append(name(record.getLevel()))
                .append(" message=\"");
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            line.append(c == '"' ? '\'' : c == '\n' || c == '\r' ? ' ' : c);
        }
        line.append('"');
    }

    private void json(StringBuilder line, LogRecord record, String message) {
        line.append("{\"pid\":").append(pid).append(",\"role\":\"").append(role());
        line.append("\",\"timestamp\":\"")
                .append(time(record))
                .append("\",\"level\":\"")
                .append(name(record.getLevel()));
        line.append("\",\"message\":\"");
        for (int i = 0; i < message.length(); i++) {
            quote(line, message.charAt(i));
        }
        line.append("\"}");
    }

    private static void quote(StringBuilder line, char c) {
        switch (c) {
            case '"', '\\' -> line.append('\\').append(c);
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            case '\f' -> line.append("\\f");
            case '\b' -> line.append("\\b");
            default -> {
                if (c < ' ') {
                    line.append("\\u00").append(c < 16 ? '0' : '1');
                    line.append(Character.forDigit(c % 16, 16));
                } else {
                    line.append(c);
                }
            }
        }
    }

    private static int rank(Level level) {
        int value = level.intValue();
        if (value >= Level.WARNING.intValue()) {
            return 3;
        }
        if (value >= Level.INFO.intValue()) {
            return 2;
        }
        return value >= Level.FINE.intValue() ? 1 : 0;
    }

    private static String name(Level level) {
        return switch (rank(level)) {
            case 3 -> "warning";
            case 2 -> "notice";
            case 1 -> "info";
            default -> "debug";
        };
    }
}
