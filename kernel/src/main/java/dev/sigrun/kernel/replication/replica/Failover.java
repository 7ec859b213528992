// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import dev.sigrun.kernel.command.Pause;
import dev.sigrun.kernel.replication.Downstream;
import dev.sigrun.kernel.replication.Replication;
import dev.sigrun.kernel.replication.Replication.FailoverState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the role of the primary over to a replica: writes wait until it has everything, then this
 * server follows it and asks it to take over. No write is lost or refused. Owner thread only.
 */
final class Failover {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    /** Writes wait meanwhile, so it looks more often than what happens from time to time. */
    private static final long LOOK_MILLIS = 100;

    private final Follower follower;
    private final FollowerParts parts;
    private final Replication replication;
    private String host;
    private int port;
    private long endMillis;
    private boolean forced;
    private long begun;

    Failover(Follower follower) {
        this.follower = follower;
        this.parts = follower.parts();
        this.replication = parts.replication();
        follower.failover(this);
    }

    boolean isUnderWay() {
        return replication.failover() != FailoverState.NO_FAILOVER;
    }

    /** Whether the replica has been asked to take over, or is about to be. */
    boolean isInProgress() {
        return replication.failover() == FailoverState.FAILOVER_IN_PROGRESS;
    }

    /** A replica by its address; null when there is none. */
    Downstream.Follower find(String wantedHost, long wantedPort) {
        for (Downstream.Follower one : replication.downstream().followers()) {
            if (one.host().equalsIgnoreCase(wantedHost) && one.port() == wantedPort) {
                return one;
            }
        }
        return null;
    }

    /**
     * Begins.
     *
     * @param toHost address of the replica; null for whichever has everything first
     * @param timeoutMillis how long to wait for it; 0 for ever
     * @param force whether it takes over then although it lacks something
     */
    void begin(String toHost, int toPort, long timeoutMillis, boolean force) {
        host = toHost;
        port = toPort;
        if (host == null) {
            LOG.info("FAILOVER requested to any replica.");
        } else {
            LOG.info("FAILOVER requested to {}:{}.", host, port);
        }
        endMillis = timeoutMillis == 0 ? 0 : parts.clock().unixMillis() + timeoutMillis;
        forced = force;
        replication.failover(FailoverState.WAIT_FOR_SYNC);
        parts.dispatcher().pause().hold(Pause.Reason.FAILOVER);
        begun++;
        lookLater(begun);
    }

    private void lookLater(long of) {
        parts.owner()
                .after(
                        LOOK_MILLIS,
                        () -> {
                            if (of == begun && isUnderWay()) {
                                look();
                                lookLater(of);
                            }
                        });
    }

    /** Ends it before its time. */
    void abort(String reason) {
        if (!isUnderWay()) {
            return;
        }
        if (host == null) {
            LOG.info("FAILOVER to any replica aborted: {}", reason);
        } else {
            LOG.info("FAILOVER to {}:{} aborted: {}", host, port, reason);
        }
        if (isInProgress()) {
            follower.lead();
        }
        end(false);
    }

    private void end(boolean done) {
        endMillis = 0;
        forced = false;
        host = null;
        port = 0;
        replication.failover(FailoverState.NO_FAILOVER);
        if (done) {
            follower.standing().endWaits();
        }
        follower.standing().settle();
        parts.dispatcher().pause().release(Pause.Reason.FAILOVER);
        parts.dispatcher().pauseEnded();
    }

    /**
     * The replica has answered to the request to take over.
     *
     * @return whether it does, so that this server goes on following it
     */
    boolean answered(PsyncReply.Kind kind) {
        boolean takesOver =
                switch (kind) {
                    case FULL, CONTINUE, DUAL_CHANNEL -> true;
                    default -> false;
                };
        if (takesOver) {
            end(true);
        } else {
            abort("Failover target rejected psync request");
        }
        return takesOver;
    }

    /** Looks whether a replica has everything. */
    private void look() {
        if (replication.failover() != FailoverState.WAIT_FOR_SYNC) {
            return;
        }
        if (endMillis != 0 && endMillis <= parts.clock().unixMillis()) {
            if (forced) {
                LOG.info("FAILOVER to {}:{} time out exceeded, failing over.", host, port);
                handOver();
            } else {
                abort("Replica never caught up before timeout");
            }
            return;
        }
        Downstream.Follower complete = complete();
        if (complete != null) {
            host = complete.host();
            port = complete.port();
            LOG.info("Failover target {}:{} is synced, failing over.", host, port);
            handOver();
        }
    }

    private Downstream.Follower complete() {
        long offset = replication.history().offset();
        for (Downstream.Follower one : replication.downstream().followers()) {
            boolean isMeant =
                    host == null || one.host().equalsIgnoreCase(host) && one.port() == port;
            if (isMeant && one.offset() == offset) {
                return one;
            }
        }
        return null;
    }

    private void handOver() {
        replication.failover(FailoverState.FAILOVER_IN_PROGRESS);
        follower.follow(host, port, false);
    }
}
