// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.primary;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.command.Condition;
import dev.sigrun.kernel.command.ReplyGate;
import dev.sigrun.kernel.command.ServerStats;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.command.Sessions;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.ReplicationParameters;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.replication.Cursor;
import dev.sigrun.kernel.replication.Downstream;
import dev.sigrun.kernel.replication.Replication;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everybody who follows this server, in the order in which they came. Owner thread only. */
public final class Replicas implements Downstream {
    private static final Logger LOG = LoggerFactory.getLogger(Replicas.class);

    /** How long the snapshot's connection may be gone before that of the stream is there. */
    private static final long GRACE_SECONDS = 60;

    private final Replication replication;
    private final Condition condition;
    private final Sessions sessions;
    private final ServerStats stats;
    private final Config config;
    private final Clock clock;
    private final Owner owner;
    private final OutputLimits limits;
    private final StreamHold hold;
    private final List<Replica> all = new ArrayList<>();

    /** Those whose snapshot goes by another connection than the stream will, by client. */
    private final Map<Long, Replica> awaitingStream = new LinkedHashMap<>();

    private final Runnable turnEnded = this::turnEnded;
    private Acknowledgements acknowledgements;
    private FullSyncs fullSyncs;
    private boolean isFeedDue;
    private long graceSeconds = GRACE_SECONDS;
    private long noneSinceMillis;
    private int goodCount;
    private long statFull;
    private long statPartialOk;
    private long statPartialRefused;

    /** What is shown of a replica. */
    public record Facts(
            String host, int port, String state, long offset, long lagSeconds, String type) {}

    Replicas(
            Replication replication,
            Condition condition,
            Sessions sessions,
            ServerStats stats,
            Config config,
            Clock clock,
            Owner owner,
            OutputLimits limits,
            ReplyGate gate) {
        this.replication = replication;
        this.condition = condition;
        this.sessions = sessions;
        this.stats = stats;
        this.config = config;
        this.clock = clock;
        this.owner = owner;
        this.limits = limits;
        this.hold = new StreamHold(gate, owner, this::feed);
        this.noneSinceMillis = clock.unixMillis();
        replication.downstream(this);
        replication.feed().listener(this::fed);
    }

    /** Adds what is made later, and knows this. */
    void complete(Acknowledgements acks, FullSyncs syncs) {
        acknowledgements = acks;
        fullSyncs = syncs;
    }

    Replication replication() {
        return replication;
    }

    long nowMillis() {
        return clock.unixMillis();
    }

    // ---- who there is ----

    /** What a client has said of itself; it is asked for the first time. */
    Replica of(Session session) {
        if (session.peer() instanceof Replica known) {
            return known;
        }
        Replica fresh = new Replica(this, session);
        session.peer(fresh);
        return fresh;
    }

    /** All of them, in whatever state. */
    List<Replica> all() {
        return all;
    }

    /** A client has become a replica. */
    void enter(Replica replica, State state) {
        replica.state(state);
        replica.ackMillis = nowMillis();
        replica.tookMillis = nowMillis();
        all.add(replica);
        replica.session().transport().stream(replica);
    }

    @Override
    public int count() {
        return all.size();
    }

    @Override
    public List<Follower> followers() {
        return all.stream().map(Replica::follower).toList();
    }

    /** Since when there is nobody, in Unix milliseconds. */
    long noneSinceMillis() {
        return noneSinceMillis;
    }

    /** The connection of one has ended. */
    void gone(Replica replica) {
        if (!replica.isReplica()) {
            return;
        }
        if (awaitingStream.containsKey(replica.id()) && replica.overSince == 0) {
            // Its cursor is what the other connection will go on from.
            replica.overSince = nowMillis();
            fullSyncs.left(replica);
            return;
        }
        forget(replica);
    }

    private void forget(Replica replica) {
        awaitingStream.remove(replica.id());
        replica.closeCursor();
        trimBacklog();
        if (all.remove(replica) && all.isEmpty()) {
            noneSinceMillis = nowMillis();
        }
        fullSyncs.left(replica);
        countGood();
    }

    /** What a replica alone has kept may be much, and goes in several turns. */
    private void trimBacklog() {
        if (replication.backlog().trim()) {
            owner.execute(this::trimBacklog);
        }
    }

    /** Ends the connection to one. */
    void drop(Replica replica) {
        awaitingStream.remove(replica.id());
        if (replica.isGone()) {
            forget(replica);
        } else {
            sessions.kill(replica.session());
        }
    }

    @Override
    public void disconnectAll() {
        List.copyOf(all).forEach(this::drop);
    }

    @Override
    public void changed() {
        noneSinceNow();
        settle();
    }

    /** From now on counts for how long there is nobody. */
    void noneSinceNow() {
        noneSinceMillis = nowMillis();
    }

    /** Looks again at what depends on how far replicas are. */
    void settle() {
        countGood();
        acknowledgements.changed();
    }

    /** What is shown of each. */
    public List<Facts> facts() {
        List<Facts> facts = new ArrayList<>();
        for (Replica replica : all) {
            long lag = (nowMillis() - replica.ackMillis) / 1000;
            boolean isOnline = replica.state() == State.ONLINE;
            String type =
                    replica.announced.isSnapshotChannel
                            ? "rdb-channel"
                            : replica.state() == State.LOADING ? "main-channel" : "replica";
            facts.add(
                    new Facts(
                            replica.host(),
                            replica.announced.port,
                            replica.state().text(),
                            replica.ackOffset,
                            isOnline ? lag : 0,
                            type));
        }
        return facts;
    }

    // ---- two connections ----

    /** Keeps the stream for the other connection of a replica. */
    void awaitStream(Replica replica) {
        awaitingStream.put(replica.id(), replica);
        replica.isAttached = replication.backlog().heldBytes() > 0;
        LOG.debug(
                "<Dual Channel> Add rdb replica {} to waiting psync, with cid {}, {} ",
                replica.name(),
                replica.id(),
                replica.isAttached ? "tracking repl-backlog tail" : "no repl-backlog to track");
    }

    /** There is something now that is kept for those who found nothing when they came. */
    private void attachAwaiting() {
        for (Replica replica : awaitingStream.values()) {
            if (!replica.isAttached) {
                replica.isAttached = true;
                LOG.debug(
                        "<Dual Channel> Attach replica rdb client {} to repl buf block",
                        replica.id());
            }
        }
    }

    /** The replica whose snapshot goes by the connection of a client; null for none. */
    Replica awaitingStream(long clientId) {
        return awaitingStream.get(clientId);
    }

    /** The connection of the stream is there. */
    void streamCame(long clientId) {
        Replica replica = awaitingStream.remove(clientId);
        if (replica != null) {
            replica.closeCursor();
            if (replica.isGone()) {
                forget(replica);
            } else if (replica.state() == State.SNAPSHOT_SENT) {
                replica.finish();
            }
        }
    }

    /** How many streams are kept for a second connection. */
    public int awaitingStreams() {
        return awaitingStream.size();
    }

    /** Whether a replica's stream is kept for its second connection. */
    boolean awaitsStream(Replica replica) {
        return awaitingStream.get(replica.id()) == replica;
    }

    /** Sets how long a stream is kept without any connection of its replica. */
    public void graceSeconds(long seconds) {
        graceSeconds = seconds;
    }

    /** Ends what has been kept for too long. */
    void endGrace() {
        for (Replica replica : List.copyOf(awaitingStream.values())) {
            long seconds = (nowMillis() - replica.overSince) / 1000;
            if (replica.overSince != 0 && seconds > graceSeconds) {
                LOG.info(
                        "<Dual Channel> Replica main channel failed to establish PSYNC within the"
                                + " grace period ({} seconds). Freeing RDB client {}.",
                        seconds,
                        replica.id());
                drop(replica);
            }
        }
    }

    // ---- what they are sent ----

    private void fed() {
        hold.grown(replication.history().offset());
        if (!awaitingStream.isEmpty()) {
            attachAwaiting();
        }
        if (!isFeedDue) {
            isFeedDue = true;
            owner.execute(turnEnded);
        }
    }

    /** Once a turn, however much came. */
    private void turnEnded() {
        isFeedDue = false;
        hold.turnEnded(replication.history().offset());
        feed();
    }

    private void feed() {
        for (int i = all.size() - 1; i >= 0; i--) {
            Replica replica = all.get(i);
            replica.more();
            if (limits.areReached(replica, clock.unixMillis())) {
                dropForSize(replica);
            }
        }
        for (Replica replica : List.copyOf(awaitingStream.values())) {
            if (replica.isGone() && limits.areReached(replica, clock.unixMillis())) {
                dropForSize(replica);
            }
        }
    }

    /** Bytes of the stream that may be sent of those that a replica has not been sent. */
    long sendable(Cursor cursor) {
        return hold.sendable(cursor.offset(), cursor.waitingBytes());
    }

    private void dropForSize(Replica replica) {
        LOG.warn(
                "Client {} scheduled to be closed ASAP for overcoming of output buffer limits.",
                sessions.describe(replica.session()));
        limits.count();
        drop(replica);
    }

    /** Looks at those again who have too much to take. */
    void checkLimits() {
        feed();
    }

    /** Bytes of memory beyond the backlog's own size that replicas keep. */
    public long bufferBytes() {
        long most = 0;
        for (Replica replica : all) {
            most = Math.max(most, replica.heldBytes());
        }
        return most;
    }

    // ---- who has acknowledged ----

    /** A replica has said how far it is. */
    void acknowledged(Replica replica, long offset, long fileOffset) {
        replica.ackOffset = Math.max(replica.ackOffset, offset);
        replica.fileOffset = Math.max(replica.fileOffset, fileOffset);
        replica.ackMillis = nowMillis();
        replica.hasAckedEarly = replica.state() == State.SNAPSHOT;
        if (replica.startsOnAck && replica.state() == State.ONLINE) {
            startStream(replica);
        }
        if (replica.state() == State.LOADING) {
            putOnline(replica);
        }
        countGood();
        acknowledgements.changed();
    }

    /** A replica has all data. */
    void putOnline(Replica replica) {
        replica.ackMillis = nowMillis();
        if (replica.announced.snapshotOnly) {
            replica.state(State.SNAPSHOT_SENT);
            LOG.info(
                    "RDB transfer completed, rdb only replica ({}) should be disconnected asap",
                    replica.name());
            if (!awaitsStream(replica)) {
                replica.finish();
            } else {
                replica.overSince = nowMillis();
            }
            return;
        }
        replica.state(State.ONLINE);
        countGood();
        LOG.info("Synchronization with replica {} succeeded", replica.name());
    }

    /** A replica gets the stream from now on. */
    void startStream(Replica replica) {
        if (replication.history().offset() == 0) {
            replication.feed().ping();
        }
        replica.startStream();
    }

    /** How many have acknowledged the stream up to an offset. */
    int countAcknowledged(long offset) {
        int count = 0;
        for (int i = 0; i < all.size(); i++) {
            Replica replica = all.get(i);
            if (replica.state() == State.ONLINE && replica.ackOffset >= offset) {
                count++;
            }
        }
        return count;
    }

    /** How many have the stream up to an offset safe on their disks. */
    int countSafe(long offset) {
        int count = 0;
        for (int i = 0; i < all.size(); i++) {
            Replica replica = all.get(i);
            if (replica.state() == State.ONLINE && replica.fileOffset >= offset) {
                count++;
            }
        }
        return count;
    }

    /** Finds out anew how many are near enough for writes to be safe. */
    void countGood() {
        long wanted = config.longValue(ReplicationParameters.MIN_REPLICAS_TO_WRITE);
        long lagMax = config.longValue(ReplicationParameters.MIN_REPLICAS_MAX_LAG);
        if (wanted == 0 || lagMax == 0) {
            condition.fewReplicas(false);
            return;
        }
        int good = 0;
        for (Replica replica : all) {
            long lag = nowMillis() / 1000 - replica.ackMillis / 1000;
            if (replica.state() == State.ONLINE && lag <= lagMax) {
                good++;
            }
        }
        goodCount = good;
        condition.fewReplicas(good < wanted && !replication.isReplica());
    }

    /** How many are near enough for writes to be safe, as it was last counted. */
    public int goodCount() {
        return goodCount;
    }

    // ---- counts ----

    /** Full synchronisations that were begun. */
    public long fullCount() {
        return statFull;
    }

    /** Replicas that could go on with the stream. */
    public long partialCount() {
        return statPartialOk;
    }

    /** Replicas that wanted to go on with the stream and could not. */
    public long refusedPartialCount() {
        return statPartialRefused;
    }

    void countSent(long bytes) {
        stats.replicationBytesOut += bytes;
    }

    void countFull() {
        statFull++;
    }

    void countPartial() {
        statPartialOk++;
    }

    void countRefusedPartial() {
        statPartialRefused++;
    }

    /** Zeroes the counts. */
    public void resetCounts() {
        statFull = 0;
        statPartialOk = 0;
        statPartialRefused = 0;
    }
}
