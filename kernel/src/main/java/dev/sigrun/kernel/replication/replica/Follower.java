// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import dev.sigrun.kernel.config.ReplicationParameters;
import dev.sigrun.kernel.config.value.ReplicaOf;
import dev.sigrun.kernel.replication.History;
import dev.sigrun.kernel.replication.Replication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replica that this server is, when it is one: whom it follows, how far that is, and what
 * happens next. The parts do the talking; here is what it means. Owner thread only.
 */
public final class Follower {
    static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final long TICK_MILLIS = 1000;

    private final FollowerParts parts;
    private final Replication replication;
    private final Standing standing;
    private final UpstreamView view;
    private final PrimaryLink link;
    private Failover failover;
    private String host;
    private int port;

    /** Follows nobody yet. */
    public Follower(FollowerParts parts) {
        this.parts = parts;
        this.replication = parts.replication();
        this.standing = new Standing(parts, this);
        this.link = new PrimaryLink(this, standing);
        this.view = new UpstreamView(this, link, parts.clock());
    }

    /** Begins to look after itself, and follows whom the configuration names. */
    public void begin() {
        ReplicaOf.Primary configured = parts.config().value(ReplicationParameters.REPLICAOF);
        if (!configured.isNone() && host == null) {
            become(configured.host(), configured.port());
            link.wanted();
        }
        parts.owner().every(TICK_MILLIS, this::tick);
    }

    /**
     * The data that was loaded at start stands in a history: a replica may go on from there.
     *
     * @param db the database that the stream had selected; -1 when it will say so
     */
    public void restored(String id, long offset, int db) {
        replication.history().adopt(id, offset);
        replication.backlog().create();
        link.resync().remember(id, offset, db);
    }

    /** Says who hands the role over. */
    void failover(Failover takes) {
        failover = takes;
    }

    /** Whether a replica has been asked to take over, or is about to be. */
    boolean isHandingOver() {
        return failover != null && failover.isInProgress();
    }

    /** The replica that is to take over has answered; says whether it does. */
    boolean handsOverTo(PsyncReply.Kind kind) {
        return failover.answered(kind);
    }

    // ---- whom to follow ----

    /** Whether this server is a replica. */
    public boolean isFollowing() {
        return host != null;
    }

    /**
     * Follows a primary.
     *
     * @param endWaits whether clients that wait in a command are sent away
     */
    void follow(String newHost, int newPort, boolean endWaits) {
        boolean wasPrimary = host == null;
        link.leaveStream(true);
        become(newHost, newPort);
        if (endWaits) {
            standing.endWaits();
        }
        link.abandon();
        if (wasPrimary) {
            link.resync().forget();
            LOG.info(
                    "Before turning into a replica, using my own primary parameters to synthesize a"
                            + " cached primary: I may be able to synchronize with the new primary"
                            + " with just a partial transfer.");
            History history = replication.history();
            link.resync().remember(history.id(), history.offset(), -1);
        }
        LOG.info("Connecting to PRIMARY {}:{}", host, port);
        link.connect();
    }

    private void become(String newHost, int newPort) {
        host = newHost;
        port = newPort;
        ReplicaOf.Primary primary = new ReplicaOf.Primary(host, port);
        parts.config().store(ReplicationParameters.REPLICAOF, primary);
        replication.follow(view);
        standing.roleChanged();
    }

    /** Follows nobody any more: this server is a primary, whose history goes on from here. */
    void lead() {
        if (host == null) {
            return;
        }
        host = null;
        link.leaveStream(false);
        link.resync().forget();
        link.abandon();
        History history = replication.history();
        history.shift(parts.server().newId());
        LOG.info(
                "Setting secondary replication ID to {}, valid up to offset: {}. New replication ID"
                        + " is {}",
                history.secondId(),
                history.secondOffset(),
                history.id());
        replication.downstream().disconnectAll();
        link.unwanted();
        parts.config().store(ReplicationParameters.REPLICAOF, ReplicaOf.Primary.NONE);
        replication.follow(null);
        standing.roleChanged();
        parts.server().resumeFile();
    }

    private void tick() {
        if (host != null) {
            link.tick();
        }
    }

    // ---- what is shown ----

    FollowerParts parts() {
        return parts;
    }

    Standing standing() {
        return standing;
    }

    /** Address of the primary; null for none. */
    String host() {
        return host;
    }

    /** Port of the primary. */
    int port() {
        return port;
    }

    /** How far the link to the primary is. */
    LinkState state() {
        return link.state();
    }
}
