// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.primary;

import dev.sigrun.kernel.replication.Backlog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replicas whose snapshot goes by another connection than the stream will: until that one is
 * there the stream is kept for it, even when the first is over. Owner thread only.
 */
final class AwaitedStreams {
    private static final Logger LOG = LoggerFactory.getLogger(AwaitedStreams.class);

    /** How long the snapshot's connection may be gone before that of the stream is there. */
    private static final long GRACE_SECONDS = 60;

    private final Replicas replicas;
    private final Backlog backlog;

    /** By the client that gets the snapshot. */
    private final Map<Long, Replica> awaiting = new LinkedHashMap<>();

    private long graceSeconds = GRACE_SECONDS;

    AwaitedStreams(Replicas replicas, Backlog backlog) {
        this.replicas = replicas;
        this.backlog = backlog;
    }

    /** Keeps the stream for the other connection of a replica. */
    void await(Replica replica) {
        awaiting.put(replica.id(), replica);
        replica.isAttached = backlog.heldBytes() > 0;
        LOG.debug(
                "<Dual Channel> Add rdb replica {} to waiting psync, with cid {}, {} ",
                replica.name(),
                replica.id(),
                replica.isAttached ? "tracking repl-backlog tail" : "no repl-backlog to track");
    }

    /** There is something now that is kept for those who found nothing when they came. */
    void fed() {
        if (awaiting.isEmpty()) {
            return;
        }
        for (Replica replica : awaiting.values()) {
            if (!replica.isAttached) {
                replica.isAttached = true;
                LOG.debug(
                        "<Dual Channel> Attach replica rdb client {} to repl buf block",
                        replica.id());
            }
        }
    }

    /** The replica whose snapshot goes by the connection of a client; null for none. */
    Replica of(long clientId) {
        return awaiting.get(clientId);
    }

    /** Whether a replica's stream is kept for its second connection. */
    boolean contains(Replica replica) {
        return awaiting.get(replica.id()) == replica;
    }

    /** All of them. */
    List<Replica> all() {
        return List.copyOf(awaiting.values());
    }

    /** How many there are. */
    int count() {
        return awaiting.size();
    }

    /** Nothing is kept for a replica any more. */
    void remove(Replica replica) {
        awaiting.remove(replica.id());
    }

    /** The connection of the stream is there. */
    void came(long clientId) {
        Replica replica = awaiting.remove(clientId);
        if (replica != null) {
            replica.closeCursor();
            if (replica.isGone()) {
                replicas.forget(replica);
            } else if (replica.state() == State.SNAPSHOT_SENT) {
                replica.finish();
            }
        }
    }

    /** Sets how long a stream is kept without any connection of its replica. */
    void graceSeconds(long seconds) {
        graceSeconds = seconds;
    }

    /** Ends what has been kept for too long. */
    void endGrace() {
        for (Replica replica : all()) {
            long seconds = (replicas.nowMillis() - replica.overSince) / 1000;
            if (replica.overSince != 0 && seconds > graceSeconds) {
                LOG.info(
                        "<Dual Channel> Replica main channel failed to establish PSYNC within the"
                                + " grace period ({} seconds). Freeing RDB client {}.",
                        seconds,
                        replica.id());
                replicas.drop(replica);
            }
        }
    }
}
