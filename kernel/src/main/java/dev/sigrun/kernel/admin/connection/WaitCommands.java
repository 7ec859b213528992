// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import static dev.sigrun.spi.command.CommandFlag.BLOCKING;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;

/** WAIT and WAITAOF: a client waits until others have what it wrote. Owner thread only. */
final class WaitCommands {
    private static final String[] TO_ALL_SHARDS = {
        "request_policy:all_shards", "response_policy:agg_min"
    };
    private static final CommandException NOT_A_FLAG =
            CommandException.of("value is out of range, value must between 0 and 1");
    private static final CommandException NOT_POSITIVE =
            CommandException.of("value is out of range, must be positive");
    private static final CommandException WAIT_ON_REPLICA =
            CommandException.of(
                    "WAIT cannot be used with replica instances. Please also note that if a replica"
                            + " is configured to be writable (which is not the default) writes to"
                            + " replicas are just local and are not propagated.");
    private static final CommandException WAITAOF_ON_REPLICA =
            CommandException.of(
                    "WAITAOF cannot be used with replica instances. Please also note that writes to"
                            + " replicas are just local and are not propagated.");

    private final AdminContext admin;

    WaitCommands(AdminContext admin) {
        this.admin = admin;
    }

    void register(Registry registry) {
        Specs.add(
                registry,
                Specs.connection("wait", 3, BLOCKING).tips(TO_ALL_SHARDS),
                this::waitForReplicas);
        Specs.add(
                registry,
                Specs.connection("waitaof", 4, BLOCKING).tips(TO_ALL_SHARDS),
                this::waitForFiles);
    }

    private void waitForReplicas(Execution execution) throws CommandException {
        if (admin.replication().isReplica()) {
            throw WAIT_ON_REPLICA;
        }
        Args args = execution.args();
        long replicas = args.longAt(1);
        long deadline = Arguments.deadlineMillis(args, 2, execution.nowMillis());
        admin.primary().acknowledgements().awaitReplicas(execution, replicas, deadline);
    }

    private void waitForFiles(Execution execution) throws CommandException {
        Args args = execution.args();
        long local = args.longAt(1);
        if (local < 0 || local > 1) {
            throw NOT_A_FLAG;
        }
        long replicas = args.longAt(2, 0, Long.MAX_VALUE, NOT_POSITIVE);
        long deadline = Arguments.deadlineMillis(args, 3, execution.nowMillis());
        if (admin.replication().isReplica()) {
            throw WAITAOF_ON_REPLICA;
        }
        admin.primary().acknowledgements().awaitFiles(execution, local == 1, replicas, deadline);
    }
}
