// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * Something that a plugin's code threw, as text.
 *
 * <p>The throwable itself is not kept: its class may be the plugin's, and its stack trace refers to
 * the plugin's classes, so either would keep the class loader alive. Even printing it runs the
 * plugin's code, which may fail once more.
 */
final class Fault extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int CAUSES_MAX = 8;
    private static final int SENTENCE_CHARS_MAX = 2000;
    private static final int TRACE_CHARS_MAX = 16 << 10;

    private final String trace;

    private Fault(String sentence, String trace) {
        super(sentence, null, false, false);
        this.trace = trace;
    }

    /** The text of a throwable. */
    static Fault of(Throwable thrown) {
        try {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            String all = trace.toString();
            return new Fault(
                    sentence(thrown), all.substring(0, Math.min(all.length(), TRACE_CHARS_MAX)));
        } catch (Throwable again) {
            return new Fault(thrown.getClass().getName() + " that cannot be printed", "");
        }
    }

    /** The stack trace. */
    String trace() {
        return trace;
    }

    private static String sentence(Throwable thrown) {
        StringBuilder out = new StringBuilder();
        Throwable at = thrown;
        for (int depth = 0; at != null && depth < CAUSES_MAX; depth++) {
            out.append(depth == 0 ? "" : ", because of ").append(one(at));
            at = at.getCause();
        }
        String all = out.toString().replaceAll("\\p{Cntrl}+", " ");
        return all.substring(0, Math.min(all.length(), SENTENCE_CHARS_MAX));
    }

    private static String one(Throwable thrown) {
        String message = thrown.getMessage();
        boolean missing =
                thrown instanceof NoClassDefFoundError || thrown instanceof ClassNotFoundException;
        if (missing && message != null && message.indexOf(' ') < 0) {
            return "class "
                    + message.replace('/', '.')
                    + " is neither in the plugin nor visible to it (plugins see the JDK,"
                    + " dev.sigrun.spi, dev.sigrun.memory and the API of slf4j)";
        }
        String name = thrown.getClass().getName();
        return message == null || message.isEmpty() ? name : name + ": " + message;
    }
}
