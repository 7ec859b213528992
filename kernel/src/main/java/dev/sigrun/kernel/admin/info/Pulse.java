// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.RateSampler;
import dev.sigrun.kernel.command.ServerStats;
import dev.sigrun.kernel.measure.OwnerLoad;

/**
 * Looks at the server from time to time: at what is highest then and at what happens in a second.
 * Owner thread only.
 */
final class Pulse {
    static final long PERIOD_MILLIS = 100;
    private static final long CLIENTS_AGE_MILLIS_MAX = 1000;

    private final AdminContext context;
    private final ClientUsage usage;
    private final RateSampler cycles = new RateSampler();
    private final RateSampler busyMicros = new RateSampler();

    Pulse(AdminContext context, ClientUsage usage) {
        this.context = context;
        this.usage = usage;
    }

    void beat() {
        if (context.toggles().cronPaused) {
            return;
        }
        long now = context.clock().unixMillis();
        long clients = usage.refresh(now, CLIENTS_AGE_MILLIS_MAX).memoryBytes();
        ServerStats stats = context.stats();
        stats.memoryPeakBytes =
                Math.max(stats.memoryPeakBytes, context.store().usedBytes() + clients);
        cycles.sample(now, cycles());
        busyMicros.sample(now, busyMicros());
    }

    /** Time that commands have taken since the counters were zeroed. */
    long commandMicros() {
        return context.registry().table().micros();
    }

    /** Time that commands and periodic work have taken since the counters were zeroed. */
    long busyMicros() {
        return commandMicros() + load().cronNanos() / 1000;
    }

    /** Batches of requests, and rounds of periodic work. */
    long cycles() {
        return context.stats().batches + load().cronCycles();
    }

    private OwnerLoad load() {
        return context.dispatcher().watch().load();
    }

    /** Cycles a second, a moving average. */
    long cyclesPerSecond() {
        return cycles.perSecond();
    }

    /** Microseconds that a cycle took lately. */
    long microsPerCycle() {
        long perSecond = cycles.perSecond();
        return perSecond == 0 ? 0 : busyMicros.perSecond() / perSecond;
    }
}
