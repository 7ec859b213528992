// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.LatencyHistogram;
import dev.sigrun.kernel.config.MonitoringParameters;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What commands have done: how often, for how long, with which errors. Owner thread only. */
final class CommandSections {
    private final AdminContext context;

    CommandSections(AdminContext context) {
        this.context = context;
    }

    void statistics(InfoText out) {
        out.section("Commandstats");
        statistics(out, context.registry().table().all());
    }

    private static void statistics(InfoText out, Collection<Command> commands) {
        for (Command command : commands) {
            long calls = command.calls();
            if (calls != 0 || command.rejectedCalls() != 0 || command.failedCalls() != 0) {
                out.part("cmdstat_").safe(command.fullName());
                out.part(":calls=").part(calls).part(",usec=").part(command.micros());
                out.part(",usec_per_call=");
                out.decimals(calls == 0 ? 0 : (double) command.micros() / calls, 2);
                out.part(",rejected_calls=").part(command.rejectedCalls());
                out.part(",failed_calls=").part(command.failedCalls()).endLine();
            }
            if (command.subcommands().size() > 0) {
                statistics(out, command.subcommands().all());
            }
        }
    }

    void errors(InfoText out) {
        out.section("Errorstats");
        for (Map.Entry<String, long[]> error : context.stats().errorsByCode().entrySet()) {
            out.part("errorstat_").safe(error.getKey());
            out.part(":count=").part(error.getValue()[0]).endLine();
        }
    }

    void latencies(InfoText out) {
        out.section("Latencystats");
        if (context.config().booleanValue(MonitoringParameters.LATENCY_TRACKING)) {
            List<Double> percentiles =
                    context.config().value(MonitoringParameters.LATENCY_TRACKING_INFO_PERCENTILES);
            String[] names =
                    context.config()
                            .print(MonitoringParameters.LATENCY_TRACKING_INFO_PERCENTILES)
                            .split(" ", -1);
            latencies(out, context.registry().table().all(), percentiles, names);
        }
    }

    private static void latencies(
            InfoText out, Collection<Command> commands, List<Double> percentiles, String[] names) {
        for (Command command : commands) {
            LatencyHistogram latency = command.latency();
            if (latency != null) {
                out.part("latency_percentiles_usec_").safe(command.fullName()).part(":");
                for (int i = 0; i < percentiles.size(); i++) {
                    out.part(i == 0 ? "p" : ",p").part(names[i]).part("=");
                    out.decimals(latency.percentileMicros(percentiles.get(i)), 3);
                }
                out.endLine();
            }
            if (command.subcommands().size() > 0) {
                latencies(out, command.subcommands().all(), percentiles, names);
            }
        }
    }
}
