// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.primary;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.command.Condition;
import dev.sigrun.kernel.command.ReplyGate;
import dev.sigrun.kernel.command.ServerStats;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.command.Sessions;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.replication.Cursor;
import dev.sigrun.kernel.replication.Downstream;
import dev.sigrun.kernel.replication.Replication;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everybody who follows this server, in the order in which they came. Owner thread only. */
public final class Replicas implements Downstream {
    private static final Logger LOG = LoggerFactory.getLogger(Replicas.class);

    private final Replication replication;
    private final Sessions sessions;
    private final ServerStats stats;
    private final Clock clock;
    private final Owner owner;
    private final OutputLimits limits;
    private final StreamHold hold;
    private final GoodReplicas good;
    private final AwaitedStreams awaited;
    private final List<Replica> all = new ArrayList<>();

    private final Runnable turnEnded = this::turnEnded;
    private Acknowledgements acknowledgements;
    private FullSyncs fullSyncs;
    private boolean isFeedDue;
    private long noneSinceMillis;
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
        this.good = new GoodReplicas(this, config, condition);
        this.awaited = new AwaitedStreams(this, replication.backlog());
        this.sessions = sessions;
        this.stats = stats;
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
        if (awaited.contains(replica) && replica.overSince == 0) {
            // Its cursor is what the other connection will go on from.
            replica.overSince = nowMillis();
            fullSyncs.left(replica);
            return;
        }
        forget(replica);
    }

    /** One is needed no more in any way. */
    void forget(Replica replica) {
        awaited.remove(replica);
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
        awaited.remove(replica);
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

    /** Those whose stream goes by another connection than their snapshot. */
    AwaitedStreams awaited() {
        return awaited;
    }

    /** How many streams are kept for a second connection. */
    public int awaitingStreams() {
        return awaited.count();
    }

    /** Sets how long a stream is kept without any connection of its replica. */
    public void graceSeconds(long seconds) {
        awaited.graceSeconds(seconds);
    }

    // ---- what they are sent ----

    private void fed() {
        hold.grown(replication.history().offset());
        awaited.fed();
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
        for (Replica replica : awaited.all()) {
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
            if (!awaited.contains(replica)) {
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

    /** Finds out anew how many are near enough for writes to be safe. */
    void countGood() {
        good.settle();
    }

    /** How many are near enough for writes to be safe, as it was last counted. */
    public int goodCount() {
        return good.count();
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
