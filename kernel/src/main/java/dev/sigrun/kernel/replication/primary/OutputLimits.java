// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.primary;

import dev.sigrun.kernel.command.ServerStats;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.ConnectionParameters;
import dev.sigrun.kernel.config.ReplicationParameters;
import dev.sigrun.kernel.config.value.BufferLimits.Limit;

/**
 * How much may wait for a replica: what {@code client-output-buffer-limit} says for the class, but
 * never less than the backlog, which is kept in any case. Owner thread only.
 */
final class OutputLimits {
    private final Config config;
    private final ServerStats stats;

    OutputLimits(Config config, ServerStats stats) {
        this.config = config;
        this.stats = stats;
    }

    /** Whether too much waits for a replica, or much for too long. */
    boolean areReached(Replica replica, long nowMillis) {
        Limit limit = config.value(ConnectionParameters.CLIENT_OUTPUT_BUFFER_LIMIT).replica();
        long backlog = config.longValue(ReplicationParameters.REPL_BACKLOG_SIZE);
        long held = replica.heldBytes();
        if (limit.hardBytes() > 0 && held >= Math.max(limit.hardBytes(), backlog)) {
            return true;
        }
        if (limit.softBytes() == 0 || held < Math.max(limit.softBytes(), backlog)) {
            replica.overLimitSince = 0;
            return false;
        }
        if (replica.overLimitSince == 0) {
            replica.overLimitSince = nowMillis;
        }
        return nowMillis / 1000 - replica.overLimitSince / 1000 > limit.softSeconds();
    }

    /** Takes note that a replica was closed. */
    void count() {
        stats.outputLimitDisconnections++;
    }
}
