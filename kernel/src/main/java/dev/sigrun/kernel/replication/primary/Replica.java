// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.primary;

import dev.sigrun.kernel.command.OutputSource;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.replication.Cursor;
import dev.sigrun.kernel.replication.Downstream;
import dev.sigrun.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/**
 * A connection by which a replica gets data: what it has said of itself, how far it is, and what it
 * is still to be sent: first what is in the queue, then, once it is ready for that, the stream from
 * its cursor on. Owner thread only.
 */
final class Replica implements Session.Peer, OutputSource {
    /** What it has said of itself. */
    final Announced announced = new Announced();

    private final Replicas replicas;
    private final Session session;
    private final ArrayDeque<Piece> queue = new ArrayDeque<>();
    private State state = State.NONE;
    private Cursor cursor;
    private long queuedBytes;
    private int sentOfFirst;
    private boolean isStreaming;
    private boolean isFinished;
    private boolean isGone;

    /** Whether it came by {@code SYNC}, and so acknowledges nothing. */
    boolean isOld;

    /** Whether the stream begins with its next acknowledgement. */
    boolean startsOnAck;

    /** Whether it has acknowledged its snapshot before this server knew that all of it is sent. */
    boolean hasAckedEarly;

    /** Whether the backlog has something that is kept for its second connection. */
    boolean isAttached;

    /** Offset at the cut of its snapshot. */
    long initialOffset;

    /** Offset up to which it has executed the stream. */
    long ackOffset;

    /** Offset up to which it has the stream safe on its disk. */
    long fileOffset;

    /** When it last acknowledged, in Unix milliseconds. */
    long ackMillis;

    /** When it asked to be synchronised, in Unix milliseconds. */
    long askedMillis;

    /** When its connection last took something, in Unix milliseconds. */
    long tookMillis;

    /** Since when more waits than may for long, in Unix milliseconds; 0 for not. */
    long overLimitSince;

    /** Since when its connection is over though it is still needed; 0 for not. */
    long overSince;

    Replica(Replicas replicas, Session session) {
        this.replicas = replicas;
        this.session = session;
    }

    Session session() {
        return session;
    }

    /** The number by which the connection of the stream names that of the snapshot. */
    long id() {
        return session.id();
    }

    State state() {
        return state;
    }

    void state(State next) {
        state = next;
    }

    /** Its address, as it says or as its connection shows. */
    String host() {
        if (announced.host != null) {
            return announced.host;
        }
        String address = session.transport().remoteAddress();
        int end = address.lastIndexOf(':');
        boolean isBracketed = address.startsWith("[");
        return isBracketed ? address.substring(1, end - 1) : address.substring(0, end);
    }

    /** As the log names it. */
    String name() {
        String host = host();
        if (announced.port == 0) {
            return host + ":<unknown-replica-port>";
        }
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + announced.port;
    }

    /** As the side that follows another server needs to see it. */
    Downstream.Follower follower() {
        return new Downstream.Follower(host(), announced.port, state == State.ONLINE, ackOffset);
    }

    @Override
    public boolean isReplica() {
        return state != State.NONE;
    }

    /** Whether its connection is over. */
    boolean isGone() {
        return isGone;
    }

    @Override
    public void gone() {
        isGone = true;
        while (!queue.isEmpty()) {
            queue.poll().taken();
        }
        queuedBytes = 0;
        replicas.gone(this);
    }

    // ---- what it is sent ----

    /** The place in the backlog up to which it has the stream; null for none yet. */
    Cursor cursor() {
        return cursor;
    }

    /** Keeps the stream from a place on for this replica. */
    void cursor(Cursor from) {
        closeCursor();
        cursor = from;
    }

    /** Needs nothing of the backlog any more. */
    void closeCursor() {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
    }

    /** Sends a few bytes behind what is in the queue. */
    void send(String text) {
        send(new Piece(text.getBytes(StandardCharsets.US_ASCII), 1, () -> {}));
    }

    /** Sends a piece behind what is in the queue. */
    void send(Piece piece) {
        if (isGone) {
            piece.taken();
            return;
        }
        if (queue.isEmpty()) {
            tookMillis = replicas.nowMillis();
        }
        queue.add(piece);
        queuedBytes += piece.content.length;
        session.transport().streamMore();
    }

    /** Sends the stream from now on, once the queue is empty. */
    void startStream() {
        isStreaming = true;
        startsOnAck = false;
        more();
    }

    /** There may be more to send. */
    void more() {
        if (!isGone && readyBytes() > 0) {
            session.transport().streamMore();
        }
    }

    /** Whether something waits that is not part of the stream. */
    boolean hasQueue() {
        return !queue.isEmpty();
    }

    @Override
    public long readyBytes() {
        return queuedBytes + streamBytes();
    }

    private long streamBytes() {
        return isStreaming && cursor != null ? replicas.sendable(cursor) : 0;
    }

    @Override
    public boolean isOver() {
        return isFinished && queue.isEmpty();
    }

    /** Ends the connection once everything in the queue has been sent. */
    void finish() {
        isFinished = true;
        if (!isGone) {
            session.transport().streamMore();
        }
    }

    @Override
    public long heldBytes() {
        return queuedBytes + (cursor == null ? 0 : cursor.heldBytes());
    }

    @Override
    public int fill(long address, int capacity) {
        tookMillis = replicas.nowMillis();
        int done = 0;
        while (done < capacity && !queue.isEmpty()) {
            done += takeFromQueue(address + done, capacity - done);
        }
        int stream = (int) Math.min(capacity - done, streamBytes());
        if (stream > 0 && queue.isEmpty()) {
            done += cursor.read(address + done, stream);
        }
        replicas.countSent(done);
        return done;
    }

    private int takeFromQueue(long address, int capacity) {
        Piece first = queue.peek();
        int length = Math.min(first.content.length - sentOfFirst, capacity);
        Memory.copy(first.content, sentOfFirst, address, length);
        sentOfFirst += length;
        queuedBytes -= length;
        if (sentOfFirst == first.content.length) {
            queue.remove();
            sentOfFirst = 0;
            first.taken();
        }
        return length;
    }
}
