// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import dev.sigrun.kernel.acl.User;
import dev.sigrun.kernel.base.Link;
import dev.sigrun.kernel.command.Replay;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.config.ReplicationParameters;
import dev.sigrun.kernel.replication.History;
import dev.sigrun.kernel.replication.ReplicationFeed;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandFlag;
import java.io.ByteArrayOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream of a primary, which is executed as it comes and relayed to those who follow this
 * server. It holds the owner for a slice at a time; when more comes than that, the primary is not
 * read from for a while. Owner thread only.
 *
 * <p>What stands between {@code MULTI} and {@code EXEC} counts as executed when all of it is:
 * whoever goes on from the offset must see the whole transaction.
 */
final class AppliedStream {
    private static final Logger LOG = LoggerFactory.getLogger(AppliedStream.class);
    private static final long SLICE_NANOS = 300_000;
    private static final int COMMANDS_PER_LOOK = 8;
    private static final long WAITING_BYTES_MAX = 1 << 20;
    private static final long SCRIPT_LOOK_MILLIS = 10;

    /** Is told that a stream cannot go on. */
    @FunctionalInterface
    interface Lost {
        /**
         * It cannot.
         *
         * @param mayContinue whether it is worth while to ask for the rest of it
         */
        void lost(boolean mayContinue);
    }

    private final FollowerParts parts;
    private final Link link;
    private final History history;
    private final ReplicationFeed feed;
    private final StreamBuffer waiting;
    private final Lost lost;
    private final PrimaryTransport transport;
    private final Session session;
    private final Replay replay;
    private final ByteArrayOutputStream inTransaction = new ByteArrayOutputStream();
    private long lastIoMillis;
    private boolean mayReplicateMore = true;
    private boolean runsLater;
    private boolean closed;

    /**
     * Begins where the history stands.
     *
     * @param db the database that the stream has selected; -1 when it will say so
     * @param waiting what has come already
     * @param lost is told when the stream cannot go on
     */
    AppliedStream(FollowerParts parts, Link link, int db, StreamBuffer waiting, Lost lost) {
        this.parts = parts;
        this.link = link;
        this.waiting = waiting;
        this.lost = lost;
        history = parts.replication().history();
        feed = parts.replication().feed();
        transport = new PrimaryTransport(link, parts.dispatcher().reply());
        long now = parts.clock().unixMillis();
        session = new Session(parts.dispatcher().sessions().nextId(), transport, now);
        transport.stream(this);
        session.replicated(true);
        session.authenticated(true, User.UNRESTRICTED);
        if (db >= 0 && db < parts.store().databaseCount()) {
            session.db(db);
        }
        parts.dispatcher().sessions().add(session);
        replay = new Replay(parts.dispatcher(), session, 1, this::failed);
        replay.tap(this::executed);
        lastIoMillis = now;
    }

    /** The database that the stream has selected. */
    int db() {
        return session.db();
    }

    /** When something came last, in Unix milliseconds. */
    long lastIoMillis() {
        return lastIoMillis;
    }

    /** Bytes that have come and do not count as executed. */
    long waitingBytes() {
        return replay.waitingBytes() + waiting.bytes() + inTransaction.size();
    }

    /** Takes bytes from a position on. */
    void take(Bytes content, int from) {
        lastIoMillis = parts.clock().unixMillis();
        session.bytesIn += content.length() - from;
        if (waiting.isEmpty() && !runsLater && !session.isBlocked()) {
            replay.feed(content.address() + from, content.length() - from);
            run();
        } else {
            waiting.add(content, from);
            throttle();
        }
    }

    /** Goes on in a later turn. */
    void runLater() {
        if (!runsLater && !closed) {
            runsLater = true;
            parts.owner().execute(this::runAgain);
        }
    }

    private void runAgain() {
        runsLater = false;
        run();
    }

    private void run() {
        if (closed) {
            return;
        }
        if (parts.server().isScriptRunning()) {
            // The script belongs to a command that is under way: one does not begin within another.
            if (!runsLater) {
                runsLater = true;
                parts.owner().after(SCRIPT_LOOK_MILLIS, this::runAgain);
            }
            throttle();
            return;
        }
        boolean more = slice();
        if (closed) {
            return;
        }
        if (session.isClosing()) {
            end(true);
        } else if (replay.error() != null) {
            LOG.warn("Protocol error ({}) from primary", replay.error());
            end(false);
        } else {
            if (more) {
                runLater();
            }
            throttle();
        }
    }

    /** Executes for a while; says whether there is more that can be executed. */
    private boolean slice() {
        long end = parts.clock().nanos() + SLICE_NANOS;
        do {
            if (replay.run(COMMANDS_PER_LOOK) == 0) {
                byte[] piece = session.isBlocked() || closed ? null : waiting.poll();
                if (piece == null || replay.error() != null) {
                    return false;
                }
                replay.feed(piece, 0, piece.length);
            }
        } while (!closed && parts.clock().nanos() - end < 0);
        return !closed && !session.isBlocked();
    }

    /** A command that is not complete yet has to be read on with, however large it is. */
    private void throttle() {
        boolean isBehind = runsLater || session.isBlocked();
        boolean enough = isBehind && waiting.bytes() + replay.waitingBytes() > WAITING_BYTES_MAX;
        if (enough == mayReplicateMore) {
            mayReplicateMore = !enough;
            link.reading(mayReplicateMore);
        }
    }

    private void executed(long address, int length) {
        if (closed) {
            // The command has ended the link: who follows next continues behind or anew.
            return;
        }
        checkDisk();
        if (session.isInTransaction()) {
            byte[] bytes = new byte[length];
            Memory.copy(address, bytes, 0, length);
            inTransaction.writeBytes(bytes);
            return;
        }
        if (inTransaction.size() > 0) {
            byte[] before = inTransaction.toByteArray();
            inTransaction.reset();
            feed.relay(before, 0, before.length);
        }
        feed.relay(address, length);
    }

    /** A primary believes that what was acknowledged is as safe here as is configured. */
    private void checkDisk() {
        boolean isWritten =
                session.lastCommand() == null
                        || !session.lastCommand().spec().flags().contains(CommandFlag.WRITE)
                        || !parts.dispatcher().condition().hasDiskError();
        if (!isWritten
                && !parts.config()
                        .booleanValue(ReplicationParameters.REPLICA_IGNORE_DISK_WRITE_ERRORS)) {
            parts.server().panic("Replica was unable to write command to disk.");
        }
    }

    /** A command of the stream was answered with an error, which only the log hears of. */
    private void failed(String error) {
        String command =
                session.lastCommand() == null ? "<unknown>" : session.lastCommand().fullName();
        LOG.warn(
                "== CRITICAL == This replica is sending an error to its primary: '{}' after"
                        + " processing the command '{}'",
                error,
                command);
        parts.dispatcher().stats().internalErrors++;
        boolean panics =
                !parts.config()
                                .choice(ReplicationParameters.PROPAGATION_ERROR_BEHAVIOR)
                                .equals("ignore")
                        && parts.config().booleanValue(ReplicationParameters.REPLICA_READ_ONLY);
        if (panics) {
            parts.server().panic("This replica panicked sending an error to its primary");
        }
    }

    /** Tells the primary how far the stream was executed. */
    void acknowledge() {
        byte[] ack = Requests.ack(history.offset(), parts.server().syncedOffset());
        session.bytesOut += ack.length;
        link.send(ack);
    }

    /** Somebody has killed the session; what waits for it hears of that in a turn of its own. */
    void killed() {
        parts.owner().execute(() -> end(true));
    }

    private void end(boolean mayContinue) {
        if (!closed) {
            lost.lost(mayContinue);
        }
    }

    /** Gives everything back; the stream goes on elsewhere, or never. The link stays open. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        parts.dispatcher().sessions().remove(session);
        // A command of the stream itself may be what ends it, and its bytes lie in the replay.
        parts.owner().execute(this::free);
    }

    private void free() {
        replay.free();
        transport.free();
        waiting.clear();
    }
}
