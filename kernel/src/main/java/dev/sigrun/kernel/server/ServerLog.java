// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Writes log records in the lines that Valkey writes and tools read; see {@link LogLine}. A log
 * file is opened for each record, so that it can be rotated by renaming. Any thread.
 */
final class ServerLog extends Handler {
    private static final Logger ROOT = Logger.getLogger("");

    /** The JDK tells of every certificate that it sees. */
    private static final Logger SECURITY = Logger.getLogger("jdk.event.security");

    private final OutputStream standardOutput;
    private Path file;
    private volatile LogLine line = new LogLine("legacy", "legacy");

    private ServerLog(OutputStream standardOutput) {
        this.standardOutput = standardOutput;
    }

    /** Takes over the process's logging. */
    static ServerLog install(OutputStream standardOutput) {
        LogManager.getLogManager().reset();
        ServerLog log = new ServerLog(standardOutput);
        ROOT.addHandler(log);
        ROOT.setLevel(Level.INFO);
        SECURITY.setLevel(Level.INFO);
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

    /** Chooses the form of the lines. */
    void form(LogLine newLine) {
        line = newLine;
    }

    @Override
    public void publish(LogRecord record) {
        // What Netty finds worth telling its developers is of no use to an operator.
        if (record.getLevel().intValue() < Level.INFO.intValue()
                && String.valueOf(record.getLoggerName()).startsWith("io.netty")) {
            return;
        }
        write(line.of(record).getBytes(StandardCharsets.UTF_8));
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
