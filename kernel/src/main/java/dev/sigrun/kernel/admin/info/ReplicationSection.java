// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.config.ReplicationParameters;

/** Who has the same data: so far this server alone. Owner thread only. */
final class ReplicationSection implements Section {
    private static final String NO_ID = "0".repeat(40);

    private final AdminContext context;

    ReplicationSection(AdminContext context) {
        this.context = context;
    }

    @Override
    public void write(InfoText out) {
        String changed = context.toggles().replicationId;
        out.section("Replication");
        out.field("role", "master");
        out.field("connected_slaves", 0);
        if (needsReplicas()) {
            out.field("min_slaves_good_slaves", 0);
        }
        out.field("replicas_waiting_psync", 0);
        out.field("master_failover_state", "no-failover");
        out.field("master_replid", changed == null ? context.facts().replicationId() : changed);
        out.field("master_replid2", NO_ID);
        out.field("master_repl_offset", 0);
        out.field("second_repl_offset", -1);
        out.field("repl_backlog_active", 0);
        out.field(
                "repl_backlog_size",
                context.config().longValue(ReplicationParameters.REPL_BACKLOG_SIZE));
        out.field("repl_backlog_first_byte_offset", 0);
        out.field("repl_backlog_histlen", 0);
    }

    private boolean needsReplicas() {
        return context.config().longValue(ReplicationParameters.MIN_REPLICAS_TO_WRITE) != 0
                && context.config().longValue(ReplicationParameters.MIN_REPLICAS_MAX_LAG) != 0;
    }
}
