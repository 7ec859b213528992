// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.measure;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.CommandWatch;
import dev.sigrun.kernel.measure.LatencyEvent;
import dev.sigrun.kernel.measure.LatencyMonitor;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Says in words what held the server up: a line for each event, as Valkey writes it, and what may
 * be done about it on this server. Owner thread only.
 */
final class LatencyDoctor {
    private final CommandWatch watch;
    private final LatencyMonitor monitor;
    private final long nowSeconds;
    private final StringBuilder report = new StringBuilder();
    private final Set<String> advice = new LinkedHashSet<>();

    LatencyDoctor(AdminContext context) {
        this.watch = context.dispatcher().watch();
        this.monitor = context.store().latency();
        this.nowSeconds = context.clock().unixMillis() / 1000;
    }

    String examine() {
        if (monitor.events().isEmpty()) {
            return monitor.thresholdMillis() == 0
                    ? "The latency monitor is off, so there is nothing to judge. CONFIG SET"
                            + " latency-monitor-threshold <milliseconds> turns it on.\n"
                    : "Nothing held this server up for "
                            + monitor.thresholdMillis()
                            + " milliseconds or longer so far.\n";
        }
        report.append("These events held this server up:\n\n");
        int number = 1;
        for (LatencyEvent event : monitor.events()) {
            describe(number++, event);
            advise(event.name());
        }
        if (!advice.isEmpty()) {
            report.append("\nWhat may help:\n\n");
            advice.forEach(line -> report.append("- ").append(line).append('\n'));
        }
        return report.toString();
    }

    private void describe(int number, LatencyEvent event) {
        int samples = event.samples();
        long sum = 0;
        for (int i = 0; i < samples; i++) {
            sum += event.millis(i);
        }
        long average = sum / samples;
        long deviations = 0;
        for (int i = 0; i < samples; i++) {
            deviations += Math.abs(event.millis(i) - average);
        }
        long period = Math.max(nowSeconds - event.seconds(0), 1);
        report.append(
                String.format(
                        Locale.ROOT,
                        "%d. %s: %d latency spikes (average %dms, mean deviation %dms, period"
                                + " %.2f sec). Worst all time event %dms.\n",
                        number,
                        event.name(),
                        samples,
                        average,
                        deviations / samples,
                        (double) period / samples,
                        event.worstMillis()));
    }

    private void advise(String event) {
        switch (event) {
            case "command" -> {
                adviseLog();
                advice.add(
                        "COMMANDLOG GET -1 slow shows which commands took long and with what"
                                + " arguments; look for those that walk a whole large value.");
                advice.add("Large values may be cut into several keys.");
            }
            case "fast-command" ->
                    advice.add(
                            "Commands that are quick by nature were held up by something else: by"
                                    + " other work on the machine, a noisy neighbour, or the Java"
                                    + " virtual machine's collector (see the metrics of the Java"
                                    + " heap).");
            case "expire-cycle", "expire-del" ->
                    advice.add(
                            "Very large values are removed when their time is over; cut them into"
                                    + " several keys, or let lazyfree-lazy-expire be yes.");
            case "eviction-cycle" ->
                    advice.add(
                            "Much had to be evicted at once: after maxmemory was made smaller, or"
                                    + " for commands that make large values. Make the change in"
                                    + " steps.");
            case "eviction-del" ->
                    advice.add(
                            "Very large values are evicted; cut them into several keys, or let"
                                    + " lazyfree-lazy-eviction be yes.");
            default -> {
                // The line itself says what there is to say.
            }
        }
    }

    private void adviseLog() {
        long thresholdMicros = watch.slow().threshold();
        if (thresholdMicros == Long.MAX_VALUE) {
            advice.add(
                    "The log of slow commands is off; CONFIG SET commandlog-execution-slower-than "
                            + monitor.thresholdMillis() * 1000
                            + " turns it on.");
        } else if (thresholdMicros / 1000 > monitor.thresholdMillis()) {
            advice.add(
                    "The log of slow commands leaves some of these out; CONFIG SET"
                            + " commandlog-execution-slower-than "
                            + monitor.thresholdMillis() * 1000
                            + " takes them in.");
        }
    }
}
