// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.primary;

import dev.sigrun.kernel.command.Condition;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.ReplicationParameters;

/**
 * Whether there are enough replicas near enough for writes to be safe, as {@code
 * min-replicas-to-write} and {@code min-replicas-max-lag} want it. Owner thread only.
 */
final class GoodReplicas {
    private final Replicas replicas;
    private final Config config;
    private final Condition condition;
    private int count;

    GoodReplicas(Replicas replicas, Config config, Condition condition) {
        this.replicas = replicas;
        this.config = config;
        this.condition = condition;
    }

    /** Finds out anew how many there are, and whether clients may write. */
    void settle() {
        long wanted = config.longValue(ReplicationParameters.MIN_REPLICAS_TO_WRITE);
        long lagMax = config.longValue(ReplicationParameters.MIN_REPLICAS_MAX_LAG);
        if (wanted == 0 || lagMax == 0) {
            condition.fewReplicas(false);
            return;
        }
        int good = 0;
        for (Replica replica : replicas.all()) {
            long lag = replicas.nowMillis() / 1000 - replica.ackMillis / 1000;
            if (replica.state() == State.ONLINE && lag <= lagMax) {
                good++;
            }
        }
        count = good;
        condition.fewReplicas(good < wanted && !replicas.replication().isReplica());
    }

    /** How many there were when they were last counted. */
    int count() {
        return count;
    }
}
