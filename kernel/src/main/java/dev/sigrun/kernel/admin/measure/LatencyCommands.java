// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.measure;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.measure.LatencyEvent;
import dev.sigrun.kernel.measure.LatencyMonitor;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.reply.ReplyWriter;
import java.util.Collection;

/**
 * {@code LATENCY}: what the latency monitor has kept, in numbers and in words. Owner thread only.
 */
final class LatencyCommands {
    private final AdminContext context;
    private final LatencyMonitor monitor;

    LatencyCommands(AdminContext context) {
        this.context = context;
        this.monitor = context.store().latency();
    }

    void register(MeasureCommands commands) {
        Command latency = commands.container("latency");
        commands.add(latency, onEveryNode(spec("doctor", 2)), this::doctor);
        commands.add(latency, onEveryNode(spec("graph", 3)), this::graph);
        commands.add(latency, onEveryNode(spec("history", 3)), this::history);
        commands.add(latency, onEveryNode(spec("latest", 2)), this::latest);
        commands.add(
                latency,
                spec("reset", -2).tips("request_policy:all_nodes", "response_policy:agg_sum"),
                this::reset);
        commands.add(
                latency,
                onEveryNode(spec("histogram", -2)),
                new LatencyHistograms(context.registry().table())::write);
        commands.help(
                latency,
                "DOCTOR",
                "    Say in words what held the server up and what may be done about it.",
                "GRAPH <event>",
                "    Draw the samples of an event.",
                "HISTORY <event>",
                "    Show the samples of an event, each with its Unix time and milliseconds.",
                "LATEST",
                "    Show the newest sample of each event, its worst, the sum and the number.",
                "RESET [<event> ...]",
                "    Forget the samples of some events, or of all.",
                "HISTOGRAM [<command> ...]",
                "    Show for some commands, or for all, how many calls took at most how long.");
    }

    private static CommandSpec.Builder spec(String name, int arity) {
        return MeasureCommands.spec(name, arity).flags(CommandFlag.NOSCRIPT);
    }

    private static CommandSpec.Builder onEveryNode(CommandSpec.Builder spec) {
        return spec.tips(
                "nondeterministic_output", "request_policy:all_nodes", "response_policy:special");
    }

    private void doctor(CommandContext command) {
        command.reply().verbatim("txt", new LatencyDoctor(context).examine());
    }

    private void graph(CommandContext command) throws CommandException {
        String name = command.args().bytes(2).text();
        LatencyEvent event = monitor.event(name);
        if (event == null) {
            throw CommandException.of("No samples available for event '" + name + "'");
        }
        long now = context.clock().unixMillis() / 1000;
        command.reply().verbatim("txt", LatencyGraph.draw(event, now));
    }

    private void history(CommandContext command) {
        LatencyEvent event = monitor.event(command.args().bytes(2).text());
        ReplyWriter reply = command.reply();
        int count = event == null ? 0 : event.samples();
        reply.array(count);
        for (int i = 0; i < count; i++) {
            reply.array(2);
            reply.integer(event.seconds(i));
            reply.integer(event.millis(i));
        }
    }

    private void latest(CommandContext command) {
        Collection<LatencyEvent> events = monitor.events();
        ReplyWriter reply = command.reply();
        reply.array(events.size());
        for (LatencyEvent event : events) {
            int last = event.samples() - 1;
            reply.array(6);
            reply.bulk(event.name());
            reply.integer(event.seconds(last));
            reply.integer(event.millis(last));
            reply.integer(event.worstMillis());
            reply.integer(event.sumMillis());
            reply.integer(event.count());
        }
    }

    private void reset(CommandContext command) {
        Args args = command.args();
        int forgotten = args.count() == 2 ? monitor.reset() : 0;
        for (int i = 2; i < args.count(); i++) {
            forgotten += monitor.reset(args.bytes(i).text()) ? 1 : 0;
        }
        command.reply().integer(forgotten);
    }
}
