// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server.metrics;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.info.InfoCommand;
import dev.sigrun.kernel.command.CommandWatch;
import dev.sigrun.kernel.measure.LatencyEvent;
import dev.sigrun.kernel.measure.LoggedCommand;

/**
 * Says all that there is to say of the server: what {@code INFO} shows, and behind it, in the same
 * form, what other commands show. Owner thread only.
 */
final class FigureText {
    /** The title of what is not in {@code INFO}. */
    static final String SECTION = "Figures";

    private final AdminContext context;
    private final InfoCommand info;

    FigureText(AdminContext context, InfoCommand info) {
        this.context = context;
        this.info = info;
    }

    String write() {
        StringBuilder text = new StringBuilder(info.everything());
        text.append("\r\n# ").append(SECTION).append("\r\n");
        CommandWatch watch = context.dispatcher().watch();
        int slow = watch.slow().length();
        field(text, "slowlog_length", slow);
        field(text, "commandlog_slow_length", slow);
        field(text, "commandlog_large_request_length", watch.largeRequests().length());
        field(text, "commandlog_large_reply_length", watch.largeReplies().length());
        if (slow > 0) {
            LoggedCommand last = watch.slow().newest().next();
            field(text, "slowlog_last_id", last.id());
            text.append("last_slow_execution_duration_seconds:")
                    .append(last.value() / 1e6)
                    .append("\r\n");
        }
        for (LatencyEvent event : context.store().latency().events()) {
            int newest = event.samples() - 1;
            text.append("latency_spike_").append(event.name());
            text.append(":last=").append(event.seconds(newest));
            text.append(",millis=").append(event.millis(newest)).append("\r\n");
        }
        return text.toString();
    }

    private static void field(StringBuilder text, String name, long value) {
        text.append(name).append(':').append(value).append("\r\n");
    }
}
