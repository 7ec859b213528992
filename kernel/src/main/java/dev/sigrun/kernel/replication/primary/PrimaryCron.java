// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.primary;

import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.command.Pause;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.ReplicationParameters;
import dev.sigrun.kernel.replication.Replication;
import dev.sigrun.kernel.replication.Replication.FailoverState;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done for replicas once a second. Owner thread only. */
final class PrimaryCron {
    private static final Logger LOG = LoggerFactory.getLogger(PrimaryCron.class);

    private final Replicas replicas;
    private final Replication replication;
    private final FullSyncs fullSyncs;
    private final Snapshooting saving;
    private final Config config;
    private final Pause pause;
    private final Background background;
    private final Supplier<String> ids;
    private long loops;

    PrimaryCron(
            Replicas replicas,
            FullSyncs fullSyncs,
            Snapshooting saving,
            Config config,
            Pause pause,
            Background background,
            Supplier<String> ids) {
        this.replicas = replicas;
        this.replication = replicas.replication();
        this.fullSyncs = fullSyncs;
        this.saving = saving;
        this.config = config;
        this.pause = pause;
        this.background = background;
        this.ids = ids;
    }

    /** A second is over. */
    void tick() {
        ping();
        showLife();
        dropSilent();
        replicas.awaited().endGrace();
        replicas.checkLimits();
        freeBacklog();
        fullSyncs.beginIfDue();
        removeFile();
        replicas.settle();
        loops++;
    }

    private void ping() {
        long period = config.longValue(ReplicationParameters.REPL_PING_REPLICA_PERIOD);
        boolean isFailingOver =
                replication.failover() != FailoverState.NO_FAILOVER
                        && pause.isActive(replicas.nowMillis());
        if (loops % period == 0 && replicas.count() > 0 && !isFailingOver) {
            replication.feed().ping();
        }
    }

    /** Who waits for a snapshot hears that this server still works on it. */
    private void showLife() {
        for (Replica replica : replicas.all()) {
            boolean isWaiting =
                    replica.state() == State.WAIT_SNAPSHOT
                            || replica.state() == State.SNAPSHOT && !fullSyncs.isStreaming();
            if (isWaiting && !replica.hasQueue()) {
                replica.send("\n");
            }
        }
    }

    private void dropSilent() {
        long limitMillis = config.longValue(ReplicationParameters.REPL_TIMEOUT) * 1000;
        long now = replicas.nowMillis();
        for (Replica replica : List.copyOf(replicas.all())) {
            if (replica.state() == State.ONLINE
                    && !replica.isOld
                    && now - replica.ackMillis > limitMillis) {
                LOG.warn("Disconnecting timedout replica (streaming sync): {}", replica.name());
                replicas.drop(replica);
            } else if (replica.state() == State.SNAPSHOT
                    && replica.hasQueue()
                    && now - replica.tookMillis > limitMillis) {
                LOG.warn("Disconnecting timedout replica (full sync): {}", replica.name());
                replicas.drop(replica);
            }
        }
    }

    /** Without a backlog nobody can go on from here, so another history begins. */
    private void freeBacklog() {
        if (!replication.backlog().isPresent()) {
            replicas.noneSinceNow();
            return;
        }
        long seconds = config.longValue(ReplicationParameters.REPL_BACKLOG_TTL);
        boolean isIdle = replicas.count() == 0 && seconds > 0 && !replication.isReplica();
        if (isIdle && replicas.nowMillis() - replicas.noneSinceMillis() > seconds * 1000) {
            replication.history().fresh(ids.get());
            replication.backlog().free();
            LOG.info(
                    "Replication backlog freed after {} seconds without connected replicas.",
                    seconds);
        }
    }

    private void removeFile() {
        if (!saving.isFileTemporary() || !fullSyncs.isFileUnused()) {
            return;
        }
        Path file = saving.file();
        background.run("removal of a snapshot", () -> FileTransfer.remove(file));
    }
}
