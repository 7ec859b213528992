// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.command.Condition;
import dev.sigrun.kernel.replication.History;
import dev.sigrun.kernel.replication.Replication;
import org.slf4j.Logger;

/**
 * The link to the primary that this server follows, from the first attempt to connect until it is
 * left, and what of it is executed. Owner thread only.
 */
final class PrimaryLink {
    private static final Logger LOG = Follower.LOG;

    private final Follower follower;
    private final FollowerParts parts;
    private final Clock clock;
    private final Replication replication;
    private final Standing standing;
    private final Resynchronisation resync;
    private LinkState state = LinkState.NONE;
    private MainChannel main;
    private AppliedStream stream;
    private boolean acknowledges;
    private long lastTransferMillis;
    private long downSinceMillis;

    /** There is none yet. */
    PrimaryLink(Follower follower, Standing standing) {
        this.follower = follower;
        this.parts = follower.parts();
        this.clock = parts.clock();
        this.replication = parts.replication();
        this.standing = standing;
        this.resync = new Resynchronisation(this, follower, standing);
    }

    /** How it comes to have what the primary has. */
    Resynchronisation resync() {
        return resync;
    }

    FollowerParts parts() {
        return parts;
    }

    LinkState state() {
        return state;
    }

    /** The main connection; null for none. */
    MainChannel main() {
        return main;
    }

    /** The stream; null for none. */
    AppliedStream stream() {
        return stream;
    }

    /** When something of the data came last, in Unix milliseconds. */
    long lastTransferMillis() {
        return lastTransferMillis;
    }

    /** When the link was lost, in Unix milliseconds; 0 when it never was. */
    long downSinceMillis() {
        return downSinceMillis;
    }

    /** Offset up to which the stream was executed, as it is shown. */
    long offset() {
        return stream != null ? replication.history().offset() : resync.offset();
    }

    /** The database that the stream has selected; -1 when nobody knows. */
    int db() {
        return stream != null ? stream.db() : resync.db();
    }

    /** Says whether the primary wants to know how far the stream was executed. */
    void acknowledges(boolean yes) {
        acknowledges = yes;
    }

    // ---- it begins ----

    /** There is to be one, with the next tick. */
    void wanted() {
        state = LinkState.CONNECT;
        settle();
    }

    /** There is to be none any more. */
    void unwanted() {
        state = LinkState.NONE;
        downSinceMillis = 0;
    }

    /** Begins to connect. */
    void connect() {
        state = LinkState.CONNECTING;
        lastTransferMillis = clock.unixMillis();
        main = new MainChannel(this, standing.introduction());
        main.open(parts.links(), follower.host(), follower.port(), standing.timeoutMillis());
        LOG.info("PRIMARY <-> REPLICA sync started");
        settle();
    }

    /** The connection is there. */
    void connected() {
        state = LinkState.HANDSHAKE;
        settle();
    }

    /** Something has come, over whichever connection. */
    void received(int bytes) {
        parts.dispatcher().stats().replicationBytesIn += bytes;
        lastTransferMillis = clock.unixMillis();
    }

    /** Data comes, and perhaps the stream behind it. */
    void transferring() {
        state = LinkState.TRANSFER;
        settle();
    }

    /**
     * The link is of no use.
     *
     * @param reason why it ended by itself; null when this side does not want it, and the log says
     *     why
     */
    void mainLost(String reason) {
        if (state == LinkState.CONNECTED) {
            streamLost(true);
        } else if (resync.isDual()) {
            resync.mainLost();
        } else if (state == LinkState.TRANSFER) {
            // Once all data is here, the link is missed when that has been loaded.
            resync.dataLost();
        } else if (state == LinkState.CONNECTING || state == LinkState.HANDSHAKE) {
            if (state == LinkState.CONNECTING) {
                LOG.warn("Error condition on socket for SYNC: {}", reason);
            } else if (reason != null) {
                LOG.warn("Failed to read response from the server: {}", reason);
            }
            retryLater();
        }
    }

    /** Gives up what is under way, until the next tick. */
    void retryLater() {
        abandon();
        settle();
    }

    /** Gives up what is under way, and tries again at once. */
    void retryNow() {
        abandon();
        LOG.info("Reconnecting to PRIMARY {}:{} after failure", follower.host(), follower.port());
        connect();
    }

    /** Gives up what is under way before the stream comes. */
    void abandon() {
        resync.abandon();
        if (main != null) {
            main.close();
            main = null;
        }
        if (state != LinkState.NONE && follower.isFollowing()) {
            state = LinkState.CONNECT;
        }
    }

    // ---- the stream ----

    /**
     * The stream comes.
     *
     * @param db the database that it has selected; -1 when it will say so
     * @param kept what has come of it already
     */
    void up(int db, StreamBuffer kept) {
        state = LinkState.CONNECTED;
        downSinceMillis = 0;
        stream = new AppliedStream(parts, main.link(), db, kept, this::streamLost);
        main.take(stream);
        stream.runLater();
        settle();
    }

    /** There is no stream any more. */
    void streamLost(boolean mayContinue) {
        if (stream == null) {
            return;
        }
        LOG.info("Connection with primary lost.");
        leaveStream(mayContinue);
        downSinceMillis = clock.unixMillis();
        LOG.info("Reconnecting to PRIMARY {}:{}", follower.host(), follower.port());
        connect();
    }

    /**
     * Leaves the stream, if there is one.
     *
     * @param mayContinue whether one may come back to it
     */
    void leaveStream(boolean mayContinue) {
        if (stream == null) {
            return;
        }
        if (mayContinue && acknowledges) {
            LOG.info("Caching the disconnected primary state.");
            History history = replication.history();
            resync.remember(history.id(), history.offset(), stream.db());
        }
        stream.close();
        stream = null;
        main.close();
        main = null;
        state = LinkState.CONNECT;
    }

    /** Tells the primary how far the stream was executed, if there is one that wants to know. */
    void acknowledge() {
        if (stream != null && acknowledges) {
            stream.acknowledge();
        }
    }

    // ---- from time to time ----

    /** Some time has passed. */
    void tick() {
        FullSync sync = resync.sync();
        if (sync != null) {
            if (sync.isLoading()) {
                main.send(Requests.NEWLINE);
                received(0);
            }
            lastTransferMillis = Math.max(lastTransferMillis, sync.lastIoMillis());
        }
        endWhatIsSilent(clock.unixMillis(), standing.timeoutMillis());
        boolean isFree = parts.dispatcher().condition().loading() == Condition.Loading.NONE;
        if (state == LinkState.CONNECT && isFree) {
            LOG.info("Connecting to PRIMARY {}:{}", follower.host(), follower.port());
            connect();
        }
        acknowledge();
    }

    private void endWhatIsSilent(long nowMillis, long timeoutMillis) {
        if (state == LinkState.CONNECTED) {
            if (nowMillis - stream.lastIoMillis() > timeoutMillis) {
                LOG.warn("PRIMARY timeout: no data nor PING received...");
                streamLost(true);
            }
        } else if (state != LinkState.CONNECT && nowMillis - lastTransferMillis > timeoutMillis) {
            if (state == LinkState.TRANSFER) {
                LOG.warn(
                        "Timeout receiving bulk data from PRIMARY... If the problem persists try to"
                                + " set the 'repl-timeout' parameter in valkey.conf to a larger"
                                + " value.");
            } else {
                LOG.warn("Timeout connecting to the PRIMARY...");
            }
            retryNow();
        }
    }

    private void settle() {
        standing.settle();
        replication.downstream().changed();
    }
}
