// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.LOADING;
import static dev.sigrun.spi.command.CommandFlag.NOSCRIPT;
import static dev.sigrun.spi.command.CommandFlag.STALE;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.replication.Downstream;
import dev.sigrun.kernel.replication.Replication;
import dev.sigrun.kernel.replication.Upstream;
import dev.sigrun.spi.reply.ReplyWriter;
import java.util.List;

/** TIME, ROLE and LASTSAVE: facts in a few numbers. Owner thread only. */
final class StateCommands {
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final AdminContext admin;

    StateCommands(AdminContext admin) {
        this.admin = admin;
    }

    void register(Registry registry) {
        Specs.add(
                registry,
                Specs.spec("time", 1, LOADING, STALE, FAST).tips("nondeterministic_output"),
                this::time);
        Specs.add(
                registry,
                Specs.spec("role", 1, NOSCRIPT, LOADING, STALE, FAST)
                        .categories("admin", "dangerous"),
                this::role);
        Specs.add(
                registry,
                Specs.spec("lastsave", 1, LOADING, STALE, FAST)
                        .categories("admin", "dangerous")
                        .tips("nondeterministic_output"),
                this::lastSave);
    }

    private void time(Execution execution) {
        // While a script runs its time stands still.
        boolean frozen = execution.session().isInScript();
        long micros = frozen ? execution.nowMillis() * 1000 : admin.clock().unixMicros();
        execution.reply().array(2);
        execution.reply().bulk(micros / MICROS_PER_SECOND);
        execution.reply().bulk(micros % MICROS_PER_SECOND);
    }

    private void role(Execution execution) {
        Replication replication = admin.replication();
        ReplyWriter reply = execution.reply();
        if (replication.isReplica()) {
            Upstream primary = replication.upstream();
            reply.array(5);
            reply.bulk("slave");
            reply.bulk(primary.host());
            reply.integer(primary.port());
            reply.bulk(primary.state());
            reply.integer(primary.isUp() ? primary.offset() : -1);
            return;
        }
        List<Downstream.Follower> online =
                replication.downstream().followers().stream()
                        .filter(Downstream.Follower::isOnline)
                        .toList();
        reply.array(3);
        reply.bulk("master");
        reply.integer(replication.history().offset());
        reply.array(online.size());
        for (Downstream.Follower each : online) {
            reply.array(3);
            reply.bulk(each.host());
            reply.bulk(Integer.toString(each.port()));
            reply.bulk(Long.toString(each.offset()));
        }
    }

    /** As on Valkey, a server that has not saved yet names its start. */
    private void lastSave(Execution execution) {
        execution.reply().integer(admin.persistence().saving().lastSaveSeconds());
    }
}
