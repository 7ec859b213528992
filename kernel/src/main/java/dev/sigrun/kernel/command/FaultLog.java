// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.spi.command.CommandException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;

/**
 * Logs faults of handlers, each distinct one with its stack once, so that a fault on a hot path
 * does not fill the disk. Owner thread only.
 */
final class FaultLog {
    private static final int DISTINCT_MAX = 1000;

    private final Logger log;
    private final ServerStats stats;
    private final Map<String, long[]> seen = new HashMap<>();
    private long incidents;

    FaultLog(Logger log, ServerStats stats) {
        this.log = log;
        this.stats = stats;
    }

    /**
     * Takes note of a fault.
     *
     * @return what the client is told, with the number of the incident
     */
    CommandException report(Command command, Session session, Throwable fault) {
        incidents++;
        stats.internalErrors++;
        StackTraceElement[] stack = fault.getStackTrace();
        String place = fault.getClass().getName() + (stack.length > 0 ? stack[0] : "");
        long[] times = seen.get(place);
        if (times == null && seen.size() < DISTINCT_MAX) {
            times = new long[1];
            seen.put(place, times);
            log.error(
                    "Internal error in command '{}' of '{}' for client {} (incident {})",
                    command.fullName(),
                    command.owner(),
                    session.id(),
                    incidents,
                    fault);
        }
        if (times != null) {
            times[0]++;
        }
        return CommandException.of(
                "internal error in '"
                        + command.fullName()
                        + "' (incident "
                        + incidents
                        + ", see the server's log)");
    }
}
