// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

final class LogLineTest {
    private static final String PID = Long.toString(ProcessHandle.current().pid());

    private static LogRecord record(Level level, String text) {
        LogRecord record = new LogRecord(level, text);
        record.setInstant(Instant.ofEpochMilli(1_700_000_000_123L));
        return record;
    }

    private static String line(String format, String timeFormat, Level level, String text) {
        return new LogLine(format, timeFormat).of(record(level, text));
    }

    @Test
    void levelsHaveMarksAndNames() {
        String[] marks = {" . x\n", " - x\n", " * x\n", " # x\n"};
        String[] names = {"debug", "info", "notice", "warning"};
        Level[] levels = {Level.FINEST, Level.FINE, Level.INFO, Level.SEVERE};
        for (int i = 0; i < levels.length; i++) {
            String legacy = line("legacy", "milliseconds", levels[i], "x");
            assertEquals(PID + ":M 1700000000123" + marks[i], legacy);
            String logfmt = line("logfmt", "milliseconds", levels[i], "x");
            assertTrue(logfmt.contains(" level=" + names[i] + " "), logfmt);
        }
    }

    @Test
    void logfmtHasNoQuotesAndNoLinesInItsText() {
        assertEquals(
                "pid="
                        + PID
                        + " role=primary timestamp=\"1700000000123\" level=notice"
                        + " message=\"a 'b'  c\\d\"\n",
                line("logfmt", "milliseconds", Level.INFO, "a \"b\"\r\nc\\d"));
    }

    @Test
    void jsonIsEscaped() {
        assertEquals(
                "{\"pid\":"
                        + PID
                        + ",\"role\":\"primary\",\"timestamp\":\"1700000000123\","
                        + "\"level\":\"warning\",\"message\":"
                        + "\"a \\\"b\\\" \\\\ \\r\\n\\t\\f\\b \\u0001\\u001f \u00e9\"}\n",
                line(
                        "json",
                        "milliseconds",
                        Level.WARNING,
                        "a \"b\" \\ \r\n\t\f\b \u0001\u001f \u00e9"));
    }

    @Test
    void timesHaveValkeysForms() {
        String legacy = line("legacy", "legacy", Level.INFO, "x");
        assertTrue(
                legacy.matches("\\d+:M \\d\\d \\w{3} 2023 \\d\\d:\\d\\d:\\d\\d\\.123 \\* x\n"),
                legacy);
        String iso = line("legacy", "iso8601", Level.INFO, "x");
        assertTrue(
                iso.matches(
                        "\\d+:M 2023-11-1\\dT\\d\\d:\\d\\d:\\d\\d\\.123[+-]\\d\\d:\\d\\d \\* x\n"),
                iso);
    }

    @Test
    void aFaultsStackFollowsTheText() {
        LogRecord record = record(Level.SEVERE, "broken");
        record.setThrown(new IllegalStateException("for the test"));
        String legacy = new LogLine("legacy", "legacy").of(record);
        assertTrue(legacy.contains(" # broken\njava.lang.IllegalStateException: for"), legacy);
        String json = new LogLine("json", "legacy").of(record);
        assertEquals(1, json.lines().count());
    }
}
