// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.primary;

import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.OwnParameters;
import dev.sigrun.kernel.config.PersistenceParameters;
import dev.sigrun.kernel.config.ReplicationParameters;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.replication.Replication;
import dev.sigrun.kernel.snapshot.Snapshot;
import dev.sigrun.kernel.snapshot.SnapshotEnd;
import dev.sigrun.kernel.snapshot.SnapshotPlan;
import dev.sigrun.kernel.snapshot.Snapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins the snapshots that replicas wait for: one for all that want the same, straight to them or
 * by way of the server's file. Owner thread only.
 */
final class FullSyncs {
    private static final Logger LOG = LoggerFactory.getLogger(FullSyncs.class);

    private final Replicas replicas;
    private final Replication replication;
    private final Snapshots snapshots;
    private final Snapshooting saving;
    private final Config config;
    private final Owner owner;
    private final Background background;
    private final Supplier<String> marks;
    private final List<FileTransfer> fileTransfers = new ArrayList<>();
    private SocketTransfer socketTransfer;
    private Snapshot socketSnapshot;
    private boolean hasSaved;

    FullSyncs(
            Replicas replicas,
            Snapshots snapshots,
            Snapshooting saving,
            Config config,
            Owner owner,
            Background background,
            Supplier<String> marks) {
        this.replicas = replicas;
        this.replication = replicas.replication();
        this.snapshots = snapshots;
        this.saving = saving;
        this.config = config;
        this.owner = owner;
        this.background = background;
        this.marks = marks;
    }

    /** Whether a snapshot goes straight to replicas now. */
    boolean isStreaming() {
        return socketTransfer != null;
    }

    // ---- a replica asks ----

    /** A replica needs all data: it joins what is under way, or waits, or a snapshot begins. */
    void request(Replica replica) {
        if (saving.isSaving()) {
            join(replica);
        } else if (isStreaming()) {
            LOG.info("Current BGSAVE has socket target. Waiting for next BGSAVE for SYNC");
        } else if (config.booleanValue(ReplicationParameters.REPL_DISKLESS_SYNC)
                && replica.announced.endsByMark
                && config.longValue(ReplicationParameters.REPL_DISKLESS_SYNC_DELAY) > 0) {
            LOG.info("Delay next BGSAVE for diskless SYNC");
        } else if (saving.isBusy()) {
            LOG.info(
                    "No BGSAVE in progress, but another BG operation is active. BGSAVE for"
                            + " replication delayed");
        } else {
            begin(List.of(replica));
        }
    }

    /** The snapshot that is being saved does for a second replica if it was begun for a first. */
    private void join(Replica replica) {
        for (Replica other : replicas.all()) {
            boolean hasStream = !other.announced.snapshotOnly || replica.announced.snapshotOnly;
            if (other.state() == State.SNAPSHOT && hasStream) {
                if (replica.announced.canWhat(other.announced) && doesForBoth(other, replica)) {
                    if (!replica.announced.snapshotOnly) {
                        replica.cursor(replication.backlog().cursor(other.initialOffset + 1));
                    }
                    prepare(replica, other.initialOffset);
                    LOG.info("Waiting for end of BGSAVE for SYNC");
                    return;
                }
                break;
            }
        }
        LOG.info(
                "Can't attach the replica to the current BGSAVE. Waiting for next BGSAVE for SYNC");
    }

    /** Begins a snapshot if somebody waits for one, and has for long enough. */
    void beginIfDue() {
        if (saving.isBusy() || isStreaming()) {
            return;
        }
        List<Replica> waiting = new ArrayList<>();
        long idleMillis = 0;
        for (Replica replica : replicas.all()) {
            if (replica.state() != State.WAIT_SNAPSHOT
                    || !waiting.isEmpty() && !doesForBoth(waiting.getFirst(), replica)) {
                continue;
            }
            waiting.add(replica);
            idleMillis = Math.max(idleMillis, replicas.nowMillis() - replica.askedMillis);
        }
        long enough = config.longValue(ReplicationParameters.REPL_DISKLESS_SYNC_MAX_REPLICAS);
        long delay = config.longValue(ReplicationParameters.REPL_DISKLESS_SYNC_DELAY);
        boolean isDue =
                !config.booleanValue(ReplicationParameters.REPL_DISKLESS_SYNC)
                        || enough > 0 && waiting.size() >= enough
                        || idleMillis >= delay * 1000;
        if (!waiting.isEmpty() && isDue) {
            begin(waiting);
        }
    }

    private static boolean doesForBoth(Replica one, Replica other) {
        return one.announced.wantsSame(other.announced)
                && one.announced.rdbVersion() == other.announced.rdbVersion();
    }

    // ---- it begins ----

    private void begin(List<Replica> waiting) {
        Announced first = waiting.getFirst().announced;
        boolean allFindEnd = waiting.stream().allMatch(each -> each.announced.endsByMark);
        boolean toSockets =
                allFindEnd
                        && (config.booleanValue(ReplicationParameters.REPL_DISKLESS_SYNC)
                                || first.isFiltered()
                                || first.rdbVersion() != newest());
        LOG.info(
                "Starting BGSAVE for SYNC with target: {} using: {}",
                toSockets ? "replicas sockets" : "disk",
                first.isSnapshotChannel ? "dual-channel" : "normal sync");
        boolean isBegun = toSockets ? beginToSockets(waiting) : beginToFile(waiting);
        if (!isBegun) {
            LOG.warn("BGSAVE for replication failed");
            for (Replica replica : waiting) {
                replica.send("-ERR BGSAVE failed, replication can't continue\r\n");
                replica.finish();
            }
        }
    }

    private static int newest() {
        Announced anybody = new Announced();
        return anybody.rdbVersion();
    }

    private boolean beginToSockets(List<Replica> waiting) {
        long cut = replication.history().offset();
        Announced first = waiting.getFirst().announced;
        boolean skipsChecksum = waiting.stream().allMatch(FullSyncs::needsNoChecksum);
        for (Replica replica : waiting) {
            if (first.isSnapshotChannel) {
                announceEnd(replica, cut);
            } else if (!first.snapshotOnly || !replica.announced.snapshotOnly) {
                replica.cursor(replication.backlog().cursor(cut + 1));
            }
            prepare(replica, cut);
        }
        LOG.info(
                "Background RDB transfer started by pid {} to {}{}",
                ProcessHandle.current().pid(),
                first.isSnapshotChannel
                        ? "direct socket to replica"
                        : "pipe through parent process",
                skipsChecksum ? " while skipping RDB checksum for this transfer" : "");
        socketTransfer = new SocketTransfer(owner, waiting, marks.get());
        socketTransfer.begin();
        socketSnapshot =
                snapshots.begin(
                        "snapshot for replicas",
                        plan(first, skipsChecksum),
                        socketTransfer,
                        this::streamed);
        return true;
    }

    private static boolean needsNoChecksum(Replica replica) {
        return replica.announced.skipsChecksum && replica.session().transport().isEncrypted();
    }

    private SnapshotPlan plan(Announced wanted, boolean skipsChecksum) {
        int version = wanted.rdbVersion();
        boolean withFunctions = !wanted.withoutFunctions;
        return new SnapshotPlan(
                version,
                config.booleanValue(PersistenceParameters.RDBCOMPRESSION),
                config.booleanValue(PersistenceParameters.RDBCHECKSUM) && !skipsChecksum,
                out -> saving.writeHead(out, withFunctions),
                config.choice(OwnParameters.REPLICA_UNKNOWN_TYPE_POLICY).equals("skip"),
                wanted.withoutKeys ? slot -> false : null,
                config.intValue(PersistenceParameters.RDB_KEY_SAVE_DELAY));
    }

    /** The stream goes by another connection, which is told by this one where it begins. */
    private void announceEnd(Replica replica, long cut) {
        LOG.info(
                "<Dual Channel> Sending to replica {} RDB end offset {} and client-id {}",
                replica.name(),
                cut,
                replica.id());
        replica.send(
                "$ENDOFF:"
                        + cut
                        + " "
                        + replication.history().id()
                        + " "
                        + replication.feed().db()
                        + " "
                        + replica.id()
                        + "\r\n");
        replica.cursor(replication.backlog().cursor(cut + 1));
        replicas.awaited().await(replica);
    }

    /** A replica gets a snapshot that was cut at an offset. */
    private void prepare(Replica replica, long cut) {
        replica.initialOffset = cut;
        replica.hasAckedEarly = false;
        replica.state(State.SNAPSHOT);
        replication.feed().forgetDatabase();
        if (!replica.isOld) {
            replica.send("+FULLRESYNC " + replication.history().id() + " " + cut + "\r\n");
        }
    }

    // ---- it ends ----

    private void streamed(SnapshotEnd end) {
        List<Replica> served = List.copyOf(socketTransfer.replicas());
        socketTransfer = null;
        socketSnapshot = null;
        if (!end.isComplete()) {
            LOG.warn("Background RDB transfer error", end.cancelled() ? null : end.failure());
            failed(served);
        } else {
            LOG.info(
                    "Diskless rdb transfer, done reading from pipe, {} replicas still up.",
                    served.size());
            LOG.info("Background RDB transfer terminated with success");
            if (end.keysSkipped() > 0) {
                LOG.warn(
                        "{} keys were left out, since these replicas do not know their types",
                        end.keysSkipped());
            }
            for (Replica replica : served) {
                LOG.info(
                        "Streamed RDB transfer with replica {} succeeded (socket). Waiting for"
                                + " REPLCONF ACK from replica to enable streaming",
                        replica.name());
                replica.startsOnAck = true;
                replicas.putOnline(replica);
                if (replica.hasAckedEarly && replica.state() == State.ONLINE) {
                    replicas.startStream(replica);
                }
            }
        }
        beginIfDue();
    }

    private void failed(List<Replica> served) {
        for (Replica replica : served) {
            LOG.warn("SYNC failed. BGSAVE child returned an error");
            replicas.drop(replica);
        }
    }

    private boolean beginToFile(List<Replica> waiting) {
        if (!saving.save(this::saved)) {
            return false;
        }
        hasSaved = true;
        long cut = replication.history().offset();
        for (Replica replica : waiting) {
            if (!replica.announced.snapshotOnly) {
                replica.cursor(replication.backlog().cursor(cut + 1));
            }
            prepare(replica, cut);
        }
        return true;
    }

    /** The server's file is written: all who waited for it get it. */
    private void saved(SnapshotEnd end) {
        List<Replica> served = new ArrayList<>();
        for (Replica replica : replicas.all()) {
            if (replica.state() == State.SNAPSHOT) {
                served.add(replica);
            }
        }
        if (!end.isComplete()) {
            failed(served);
        } else if (!served.isEmpty()) {
            served.forEach(replica -> replica.state(State.SEND_FILE));
            FileTransfer transfer = new FileTransfer(owner, served, saving.file(), this::fileSent);
            fileTransfers.add(transfer);
            background.run("snapshot to replicas", transfer);
        }
        beginIfDue();
    }

    private void fileSent(FileTransfer transfer, String failure) {
        fileTransfers.remove(transfer);
        for (Replica replica : List.copyOf(transfer.replicas())) {
            if (failure != null) {
                LOG.warn("SYNC failed. Can't open DB after BGSAVE: {}", failure);
                replicas.drop(replica);
            } else {
                replicas.putOnline(replica);
                if (replica.state() == State.ONLINE) {
                    replicas.startStream(replica);
                }
            }
        }
    }

    /** A replica has gone; a snapshot that nobody wants any more ends. */
    void left(Replica replica) {
        fileTransfers.forEach(transfer -> transfer.left(replica));
        if (socketTransfer != null && socketTransfer.left(replica)) {
            LOG.info("Diskless rdb transfer, last replica dropped, killing fork child.");
            if (socketSnapshot != null) {
                socketSnapshot.cancel();
            }
        } else if (replica.state() == State.SNAPSHOT && saving.isSaving() && nobodyAwaitsFile()) {
            saving.cancelSave();
        }
    }

    private boolean nobodyAwaitsFile() {
        return replicas.all().stream().noneMatch(each -> each.state() == State.SNAPSHOT);
    }

    /** Whether the server's file was written for replicas and none of them needs it any more. */
    boolean isFileUnused() {
        boolean unused =
                hasSaved
                        && replicas.all().stream()
                                .noneMatch(each ->
                                        each.state() == State.WAIT_SNAPSHOT
                                                || each.state() == State.SNAPSHOT
                                                || each.state() == State.SEND_FILE);
        hasSaved &= !unused;
        return unused;
    }
}
