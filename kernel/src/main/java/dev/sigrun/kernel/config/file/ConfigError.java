// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.file;

/**
 * The server cannot start with this configuration. The report is what Valkey would print, for tools
 * and people look for it.
 */
public final class ConfigError extends Exception {
    private static final long serialVersionUID = 1L;
    private static final String BANNER = "\n*** FATAL CONFIG FILE ERROR (Version 9.1.2) ***\n";

    private final boolean logLine;

    private ConfigError(String report, boolean logLine) {
        super(report, null, false, false);
        this.logLine = logLine;
    }

    /** A mistake in a line of a file, or in the command line's options, which count as lines. */
    static ConfigError at(Directive directive, String reason) {
        return new ConfigError(
                BANNER
                        + "Reading the configuration file, at line "
                        + directive.line()
                        + "\n>>> '"
                        + directive.text()
                        + "'\n"
                        + reason
                        + "\n",
                false);
    }

    /** A mistake that shows only once all lines are read. */
    static ConfigError afterAll(String reason) {
        return new ConfigError(BANNER + reason + "\n", false);
    }

    static ConfigError unreadable(String file, String reason) {
        return new ConfigError(
                "Fatal error, can't open config file '" + file + "': " + reason, true);
    }

    /** The text to print on standard error, or to log where {@link #isLogLine} says so. */
    public String report() {
        return getMessage();
    }

    /** Whether the report is a line for the log, at level warning. */
    public boolean isLogLine() {
        return logLine;
    }
}
