// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects what is logged as an error, by whatever thread. Any thread. */
final class ErrorWatch extends Handler {
    private static final Logger ROOT = Logger.getLogger("");

    private final List<String> errors = new ArrayList<>();

    private ErrorWatch() {
        setLevel(Level.SEVERE);
    }

    static ErrorWatch begin() {
        ErrorWatch watch = new ErrorWatch();
        ROOT.addHandler(watch);
        return watch;
    }

    /** What was logged since this was asked last. */
    synchronized List<String> take() {
        List<String> taken = List.copyOf(errors);
        errors.clear();
        return taken;
    }

    @Override
    public synchronized void publish(LogRecord record) {
        if (!isLoggable(record)) {
            return;
        }
        StringWriter text = new StringWriter();
        text.append(record.getMessage());
        if (record.getThrown() != null) {
            text.append('\n');
            record.getThrown().printStackTrace(new PrintWriter(text));
        }
        errors.add(text.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ROOT.removeHandler(this);
    }
}
