// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.base.Link;
import dev.sigrun.kernel.command.Condition;
import dev.sigrun.kernel.config.ReplicationParameters;
import dev.sigrun.kernel.config.value.ReplicaOf;
import dev.sigrun.kernel.replication.History;
import dev.sigrun.kernel.replication.Replication;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replica that this server is, when it is one: whom it follows, how far that is, and what
 * happens next. The parts do the talking; here is what it means. Owner thread only.
 */
public final class Follower {
    static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final long TICK_MILLIS = 1000;

    /** Where the stream can be continued: what is left of a link that was up. */
    private record Cached(String id, long offset, int db) {}

    private final FollowerParts parts;
    private final Clock clock;
    private final Replication replication;
    private final Standing standing;
    private final UpstreamView view;
    private Failover failover;
    private String host;
    private int port;
    private LinkState state = LinkState.NONE;
    private MainChannel main;
    private DualChannel dual;
    private FullSync sync;
    private AppliedStream stream;
    private StreamBuffer buffer = new StreamBuffer();
    private Cached cached;
    private String primaryId;
    private long primaryOffset;
    private boolean acknowledges;
    private long keptBytesMax;
    private long lastTransferMillis;
    private long downSinceMillis;

    /** Follows nobody yet. */
    public Follower(FollowerParts parts) {
        this.parts = parts;
        this.clock = parts.clock();
        this.replication = parts.replication();
        this.standing = new Standing(parts, this);
        this.view = new UpstreamView(this, clock);
    }

    /** Begins to look after itself, and follows whom the configuration names. */
    public void begin() {
        ReplicaOf.Primary configured = parts.config().value(ReplicationParameters.REPLICAOF);
        if (!configured.isNone() && host == null) {
            become(configured.host(), configured.port());
            state = LinkState.CONNECT;
            settle();
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
        cached = new Cached(id, offset, db);
    }

    /** Says who hands the role over. */
    void failover(Failover takes) {
        failover = takes;
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
        leaveStream(true);
        become(newHost, newPort);
        if (endWaits) {
            standing.endWaits();
        }
        abandon();
        if (wasPrimary) {
            discardCached();
            LOG.info(
                    "Before turning into a replica, using my own primary parameters to synthesize a"
                            + " cached primary: I may be able to synchronize with the new primary"
                            + " with just a partial transfer.");
            History history = replication.history();
            cached = new Cached(history.id(), history.offset(), -1);
        }
        LOG.info("Connecting to PRIMARY {}:{}", host, port);
        connect();
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
        leaveStream(false);
        discardCached();
        abandon();
        History history = replication.history();
        history.shift(parts.server().newId());
        LOG.info(
                "Setting secondary replication ID to {}, valid up to offset: {}. New replication ID"
                        + " is {}",
                history.secondId(),
                history.secondOffset(),
                history.id());
        replication.downstream().disconnectAll();
        state = LinkState.NONE;
        parts.config().store(ReplicationParameters.REPLICAOF, ReplicaOf.Primary.NONE);
        replication.follow(null);
        downSinceMillis = 0;
        standing.roleChanged();
        parts.server().resumeFile();
    }

    // ---- the link ----

    private void connect() {
        state = LinkState.CONNECTING;
        lastTransferMillis = clock.unixMillis();
        main = new MainChannel(this, standing.introduction());
        main.open(parts.links(), host, port, standing.timeoutMillis());
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

    /** What to ask the primary for. */
    byte[] psync() {
        if (dual != null) {
            return dual.psync();
        }
        boolean takeOver = failover != null && failover.isInProgress();
        if (cached != null) {
            LOG.info(
                    "Trying a partial resynchronization (request {}:{}).",
                    cached.id(),
                    cached.offset() + 1);
            return Requests.psync(cached.id(), cached.offset() + 1, takeOver);
        }
        LOG.info("Partial resynchronization not possible (no cached primary)");
        return Requests.psync("?", -1, takeOver);
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
        } else if (dual != null) {
            dual.mainLost();
        } else if (state == LinkState.TRANSFER) {
            // Once all data is here, the link is missed when that has been loaded.
            dataLost();
        } else if (state == LinkState.CONNECTING || state == LinkState.HANDSHAKE) {
            if (state == LinkState.CONNECTING) {
                LOG.warn("Error condition on socket for SYNC: {}", reason);
            } else if (reason != null) {
                LOG.warn("Failed to read response from the server: {}", reason);
            }
            retryLater();
        }
    }

    /** The connection is gone that data is to come over. */
    void dataLost() {
        if (sync != null && !sync.isReceived()) {
            sync.linkLost();
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
        LOG.info("Reconnecting to PRIMARY {}:{} after failure", host, port);
        connect();
    }

    /** Gives up what is under way before the stream comes. */
    private void abandon() {
        if (dual != null) {
            dual.abort();
            dual = null;
        }
        if (sync != null) {
            sync.stop();
            sync = null;
        }
        if (main != null) {
            main.close();
            main = null;
        }
        buffer = new StreamBuffer();
        if (state != LinkState.NONE && host != null) {
            state = LinkState.CONNECT;
        }
    }

    // ---- what the primary has answered ----

    /** The primary has answered to {@code PSYNC}. */
    void answered(PsyncReply reply) {
        if (dual != null) {
            dual.answered(reply);
            return;
        }
        if (failover != null && failover.isInProgress() && !failover.answered(reply.kind())) {
            return;
        }
        switch (reply.kind()) {
            case CONTINUE -> goOn(reply);
            case FULL -> takeAll(reply);
            case DUAL_CHANNEL -> {
                main.hold();
                dual = new DualChannel(this, standing.introduction());
                dual.open(host, port, standing.timeoutMillis());
            }
            case LATER -> {
                LOG.info(
                        "Primary is currently unable to PSYNC but should be in the future: {}",
                        reply.line());
                retryLater();
            }
            default -> {
                if (reply.line().startsWith("-ERR")) {
                    LOG.info(
                            "Primary does not support PSYNC or is in error state (reply: {})",
                            reply.line());
                } else {
                    LOG.warn("Unexpected reply to PSYNC from primary: {}", reply.line());
                }
                LOG.info("Retrying with SYNC...");
                main.send(Requests.SYNC);
                takeAll(null, -1);
            }
        }
    }

    /** The rest of the stream follows. */
    private void goOn(PsyncReply reply) {
        if (cached == null) {
            LOG.warn("Unexpected reply to PSYNC from primary: {}", reply.line());
            retryLater();
            return;
        }
        LOG.info("Successful partial resynchronization with primary.");
        if (reply.id() != null && !reply.id().equals(cached.id())) {
            LOG.info("Primary replication ID changed to {}", reply.id());
            replication.history().shift(reply.id());
            replication.downstream().disconnectAll();
        }
        int db = cached.db();
        cached = null;
        acknowledges = true;
        replication.backlog().create();
        up(db);
        LOG.info("PRIMARY <-> REPLICA sync: Primary accepted a Partial Resynchronization.");
    }

    private void takeAll(PsyncReply reply) {
        if (reply.id() == null) {
            LOG.warn("Primary replied with wrong +FULLRESYNC syntax.");
        } else {
            LOG.info("Full resync from primary: {}:{}", reply.id(), reply.offset());
        }
        takeAll(reply.id(), reply.offset());
    }

    /** All data follows over the main connection. */
    private void takeAll(String id, long offset) {
        state = LinkState.TRANSFER;
        main.take(expect(main.link(), id, offset, new MainOutcome()), buffer);
        settle();
    }

    private final class MainOutcome implements FullSync.Outcome {
        @Override
        public void attaching() {
            attach();
        }

        @Override
        public void synced(int streamDb) {
            synchronised(streamDb);
        }

        @Override
        public void failed() {
            retryNow();
        }
    }

    /**
     * All data is about to come.
     *
     * @param id the history that it stands in; null when the primary does not know such
     * @param offset where it stands; -1 when the primary does not know
     */
    FullSync expect(Link link, String id, long offset, FullSync.Outcome outcome) {
        primaryId = id;
        primaryOffset = offset;
        acknowledges = offset >= 0;
        sync = new FullSync(parts, link, replication.history().id().equals(id), outcome);
        return sync;
    }

    /** The stream comes already, and is kept until the data is there. */
    void keepStream() {
        state = LinkState.TRANSFER;
        main.take(buffer, standing.keptBytesMax());
        settle();
    }

    /** The data is about to be another: nobody can go on from the old. */
    void attach() {
        discardCached();
        replication.downstream().disconnectAll();
        replication.backlog().free();
        parts.store().ownExpiries().clear();
    }

    private void discardCached() {
        if (cached != null) {
            LOG.info("Discarding previously cached primary state.");
            cached = null;
        }
    }

    /** All data is there. */
    void synchronised(int streamDb) {
        boolean isDual = dual != null;
        Path snapshot = sync.settleFile(parts.server().fileTakesSnapshot());
        sync = null;
        dual = null;
        keptBytesMax = Math.max(keptBytesMax, buffer.bytesMax());
        String id = primaryId == null ? parts.server().newId() : primaryId;
        replication.history().adopt(id, Math.max(primaryOffset, 0));
        replication.backlog().create();
        boolean isLinkGone = main.isGone();
        up(streamDb);
        acknowledge();
        LOG.info("PRIMARY <-> REPLICA sync: Finished with success");
        if (isDual) {
            DualChannel.caughtUp();
        }
        parts.server().restartFile(snapshot);
        if (isLinkGone) {
            streamLost(true);
        }
    }

    // ---- the stream ----

    private void up(int db) {
        state = LinkState.CONNECTED;
        downSinceMillis = 0;
        stream = new AppliedStream(parts, main.link(), db, buffer, this::streamLost);
        buffer = new StreamBuffer();
        main.take(stream);
        stream.runLater();
        settle();
    }

    private void streamLost(boolean mayContinue) {
        if (stream == null) {
            return;
        }
        LOG.info("Connection with primary lost.");
        leaveStream(mayContinue);
        downSinceMillis = clock.unixMillis();
        LOG.info("Reconnecting to PRIMARY {}:{}", host, port);
        connect();
    }

    /**
     * Leaves the stream, if there is one.
     *
     * @param mayContinue whether one may come back to it
     */
    private void leaveStream(boolean mayContinue) {
        if (stream == null) {
            return;
        }
        if (mayContinue && acknowledges) {
            LOG.info("Caching the disconnected primary state.");
            History history = replication.history();
            cached = new Cached(history.id(), history.offset(), stream.db());
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

    private void tick() {
        if (host == null) {
            return;
        }
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
            LOG.info("Connecting to PRIMARY {}:{}", host, port);
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

    LinkState state() {
        return state;
    }

    /** The main connection; null for none. */
    MainChannel main() {
        return main;
    }

    /** The taking over of all data; null for none. */
    FullSync sync() {
        return sync;
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
        if (stream != null) {
            return replication.history().offset();
        }
        return cached == null ? 1 : cached.offset();
    }

    /** The database that the stream has selected; -1 when nobody knows. */
    int db() {
        if (stream != null) {
            return stream.db();
        }
        return cached == null ? -1 : cached.db();
    }

    /** Bytes of the stream that are kept until the data is there. */
    long keptBytes() {
        return buffer.bytes();
    }

    /** The most there ever were of {@link #keptBytes}. */
    long keptBytesMax() {
        return Math.max(keptBytesMax, buffer.bytesMax());
    }
}
