// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.primary;

import static dev.sigrun.spi.command.CommandFlag.ADMIN;
import static dev.sigrun.spi.command.CommandFlag.ALLOW_BUSY;
import static dev.sigrun.spi.command.CommandFlag.LOADING;
import static dev.sigrun.spi.command.CommandFlag.NOSCRIPT;
import static dev.sigrun.spi.command.CommandFlag.NO_ASYNC_LOADING;
import static dev.sigrun.spi.command.CommandFlag.NO_MULTI;
import static dev.sigrun.spi.command.CommandFlag.STALE;

import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.ReplicationParameters;
import dev.sigrun.kernel.replication.ClientSummary;
import dev.sigrun.kernel.replication.Replication;
import dev.sigrun.kernel.replication.Replication.FailoverState;
import dev.sigrun.kernel.replication.Upstream;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandSpec;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code SYNC} and {@code PSYNC}: a client becomes a replica. Owner thread only. */
final class SyncCommands {
    private static final Logger LOG = LoggerFactory.getLogger(SyncCommands.class);
    private static final String DOCS = "dev/sigrun/kernel/command/replication.json";
    private static final CommandException NOT_FROM_PRIMARY =
            CommandException.of("PSYNC FAILOVER can't be sent to a master.");
    private static final CommandException OTHER_HISTORY =
            CommandException.of("PSYNC FAILOVER replid must match my replid.");
    private static final CommandException FAILING_OVER =
            new CommandException("NOMASTERLINK", "Can't SYNC while failing over");
    private static final CommandException NO_LINK =
            new CommandException("NOMASTERLINK", "Can't SYNC while not connected with my master");
    private static final CommandException PENDING =
            CommandException.of("SYNC and PSYNC are invalid with pending output");
    private static final CommandException NEEDS_EOF =
            CommandException.of("Filtered replica requires EOF capability");

    private final Replicas replicas;
    private final Replication replication;
    private final FullSyncs fullSyncs;
    private final Config config;
    private final Supplier<String> ids;

    /**
     * Makes them.
     *
     * @param ids gives names for histories
     */
    SyncCommands(Replicas replicas, FullSyncs fullSyncs, Config config, Supplier<String> ids) {
        this.replicas = replicas;
        this.replication = replicas.replication();
        this.fullSyncs = fullSyncs;
        this.config = config;
        this.ids = ids;
    }

    void register(Registry registry) {
        registry.add(
                Registry.KERNEL,
                CommandSpec.command("sync", 1)
                        .flags(NO_ASYNC_LOADING, ADMIN, NO_MULTI, NOSCRIPT)
                        .docs(DOCS)
                        .build(),
                command -> sync((Execution) command));
        registry.add(
                Registry.KERNEL,
                CommandSpec.command("psync", -3)
                        .flags(NO_ASYNC_LOADING, ADMIN, NO_MULTI, NOSCRIPT)
                        .docs(DOCS)
                        .build(),
                command -> psync((Execution) command));
        ReplconfCommand replconf = new ReplconfCommand(replicas, config);
        registry.add(
                Registry.KERNEL,
                CommandSpec.command("replconf", -1)
                        .flags(ADMIN, NOSCRIPT, LOADING, STALE, ALLOW_BUSY)
                        .docs(DOCS)
                        .build(),
                command -> replconf.run((Execution) command));
    }

    private void sync(Execution execution) throws CommandException {
        Session session = execution.session();
        if (session.isReplica()) {
            return; // It is one already, and anything said would become part of the stream.
        }
        Replica replica = replicas.of(session);
        check(execution, replica);
        LOG.info("Replica {} asks for synchronization", replica.name());
        replica.isOld = true;
        begin(replica);
    }

    private void psync(Execution execution) throws CommandException {
        Session session = execution.session();
        if (session.isReplica()) {
            return;
        }
        Args args = execution.args();
        Replica replica = replicas.of(session);
        String id = args.bytes(1).text();
        if (args.count() > 3 && args.is(3, "failover")) {
            takeOver(session, id);
        }
        check(execution, replica);
        LOG.info("Replica {} asks for synchronization", replica.name());
        long offset = offset(args, replica);
        if (continues(replica, id, offset)) {
            replicas.countPartial();
            return;
        }
        if (!id.startsWith("?")) {
            replicas.countRefusedPartial();
        }
        if (replica.announced.isDualChannel) {
            LOG.info(
                    "<Dual Channel> Replica {} is capable of dual channel synchronization, and"
                            + " partial sync isn't possible. Full sync will continue with dedicated"
                            + " RDB channel.",
                    replica.name());
            execution.reply().simple("DUALCHANNELSYNC");
            return;
        }
        begin(replica);
    }

    private static long offset(Args args, Replica replica) throws CommandException {
        try {
            return args.longAt(2);
        } catch (CommandException e) {
            LOG.warn("Replica {} asks for synchronization but with a wrong offset", replica.name());
            throw e;
        }
    }

    /** The primary hands its part over to this server. */
    private void takeOver(Session session, String id) throws CommandException {
        LOG.info("Failover request received for replid {}.", id);
        Upstream upstream = replication.upstream();
        if (upstream == null) {
            throw NOT_FROM_PRIMARY;
        }
        if (!id.equalsIgnoreCase(replication.history().id())) {
            throw OTHER_HISTORY;
        }
        upstream.takeOver();
        LOG.info("PRIMARY MODE enabled (failover request from '{}')", ClientSummary.of(session));
    }

    private void check(Execution execution, Replica replica) throws CommandException {
        if (replication.failover() != FailoverState.NO_FAILOVER) {
            throw FAILING_OVER;
        }
        if (replication.isReplica() && !replication.upstream().isUp()) {
            throw NO_LINK;
        }
        boolean hasReply = execution.replyBuffer().used() > 0;
        if (hasReply || execution.session().transport().outputBytes() > 0) {
            throw PENDING;
        }
        if (replica.announced.isFiltered() && !replica.announced.endsByMark) {
            throw NEEDS_EOF;
        }
    }

    // ---- going on with the stream ----

    private boolean continues(Replica replica, String id, long offset) {
        if (!replication.history().continues(id, offset)) {
            explainOtherHistory(replica, id, offset);
            return false;
        }
        if (!replication.backlog().holds(offset)) {
            explainLack(replica, id, offset);
            return false;
        }
        long snapshotClient = replica.announced.snapshotClient;
        boolean isSecond = snapshotClient != 0 && replicas.awaited().of(snapshotClient) != null;
        replica.cursor(replication.backlog().cursor(offset));
        replicas.enter(replica, isSecond ? State.LOADING : State.ONLINE);
        if (isSecond) {
            replicas.awaited().came(snapshotClient);
        }
        replica.send(
                replica.announced.takesNewId
                        ? "+CONTINUE " + replication.history().id() + "\r\n"
                        : "+CONTINUE\r\n");
        LOG.info(
                "Partial resynchronization request from {} accepted. Sending {} bytes of backlog"
                        + " starting from offset {}.",
                replica.name(),
                replication.history().offset() + 1 - offset,
                offset);
        replica.startStream();
        replicas.countGood();
        return true;
    }

    private void explainOtherHistory(Replica replica, String id, long offset) {
        String first = replication.history().id();
        String second = replication.history().secondId();
        if (id.startsWith("?")) {
            LOG.info("Full resync requested by replica {}", replica.name());
        } else if (!id.equalsIgnoreCase(second)) {
            LOG.info(
                    "Partial resynchronization not accepted: Replication ID mismatch (Replica asked"
                            + " for '{}', my replication IDs are '{}' and '{}')",
                    id,
                    first,
                    second);
        } else {
            LOG.info(
                    "Partial resynchronization not accepted: Requested offset for second ID was {},"
                            + " but I can reply up to {}",
                    offset,
                    replication.history().secondOffset());
        }
    }

    private void explainLack(Replica replica, String id, long offset) {
        if (!replication.backlog().isPresent()) {
            LOG.info(
                    "Unable to partial resync with replica {} for lack of backlog (Replica request"
                            + " was: {}:{}).",
                    replica.name(),
                    id,
                    offset);
        } else {
            LOG.info(
                    "Unable to partial resync with replica {} for lack of backlog (Replica request"
                            + " was {}:{}, and I can only reply with the range [{}, {}]).",
                    replica.name(),
                    id,
                    offset,
                    replication.backlog().firstOffset(),
                    replication.history().offset() + 1);
        }
        if (offset > replication.history().offset()) {
            LOG.warn(
                    "Warning: replica {} tried to PSYNC with an offset ({}) that is greater than"
                            + " the primary replication offset ({})",
                    replica.name(),
                    offset,
                    replication.history().offset());
        }
    }

    // ---- getting everything ----

    private void begin(Replica replica) {
        replicas.countFull();
        if (config.booleanValue(ReplicationParameters.REPL_DISABLE_TCP_NODELAY)) {
            replica.session().transport().sendsAtOnce(false);
        }
        replica.askedMillis = replicas.nowMillis();
        replicas.enter(replica, State.WAIT_SNAPSHOT);
        if (replicas.count() == 1 && !replication.backlog().isPresent()) {
            // What was written before cannot be had from here, so nobody may ask for it.
            replication.history().fresh(ids.get());
            replication.backlog().create();
            LOG.info(
                    "Replication backlog created, my new replication IDs are '{}' and '{}'",
                    replication.history().id(),
                    replication.history().secondId());
        }
        fullSyncs.request(replica);
    }
}
