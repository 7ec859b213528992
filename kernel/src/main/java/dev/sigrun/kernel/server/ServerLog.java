// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Writes log records in the lines that Valkey writes and tools read: process id, role, time, mark
 * of the level, text. A log file is opened for each record, so that it can be rotated by renaming.
 * Any thread.
 */
final class ServerLog extends Handler {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd MMM yyyy HH:mm:ss.SSS", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    private static final Logger ROOT = Logger.getLogger("");

    private final String prefix = ProcessHandle.current().pid() + ":M ";
    private final OutputStream standardOutput;
    private Path file;

    private ServerLog(OutputStream standardOutput) {
        this.standardOutput = standardOutput;
    }

    /** Takes over the process's logging. */
    static ServerLog install(OutputStream standardOutput) {
        LogManager.getLogManager().reset();
        ServerLog log = new ServerLog(standardOutput);
        ROOT.addHandler(log);
        ROOT.setLevel(Level.INFO);
        LastingLogManager.keep();
        return log;
    }

    /**
     * Chooses what is written and where.
     *
     * @param level {@code debug}, {@code verbose}, {@code notice}, {@code warning} or {@code
     *     nothing}
     * @param logFile null for standard output
     */
    synchronized void configure(String level, Path logFile) {
        file = logFile;
        ROOT.setLevel(
                switch (level) {
                    case "debug" -> Level.FINEST;
                    case "verbose" -> Level.FINE;
                    case "warning" -> Level.WARNING;
                    case "nothing" -> Level.OFF;
                    default -> Level.INFO;
                });
    }

    private static char mark(Level level) {
        int value = level.intValue();
        if (value >= Level.WARNING.intValue()) {
            return '#';
        }
        if (value >= Level.INFO.intValue()) {
            return '*';
        }
        return value >= Level.FINE.intValue() ? '-' : '.';
    }

    @Override
    public void publish(LogRecord record) {
        // What Netty finds worth telling its developers is of no use to an operator.
        if (record.getLevel().intValue() < Level.INFO.intValue()
                && String.valueOf(record.getLoggerName()).startsWith("io.netty")) {
            return;
        }
        StringBuilder line = new StringBuilder(prefix);
        line.append(TIME.format(Instant.ofEpochMilli(record.getMillis())))
                .append(' ')
                .append(mark(record.getLevel()))
                .append(' ')
                .append(record.getMessage())
                .append('\n');
        if (record.getThrown() != null) {
            StringWriter trace = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(trace));
            line.append(trace);
        }
        write(line.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Writes text without a line's head. */
    void raw(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    private synchronized void write(byte[] content) {
        try {
            if (file == null) {
                standardOutput.write(content);
                standardOutput.flush();
            } else {
                try (OutputStream out =
                        Files.newOutputStream(
                                file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                    out.write(content);
                }
            }
        } catch (IOException e) {
            // A full disk must not stop the server, and there is nowhere else to say so.
            reportError(null, e, java.util.logging.ErrorManager.WRITE_FAILURE);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
