// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.command.ReplyGate;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.wire.RequestBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;

/**
 * An event loop and what its connections share, so that an idle connection holds next to nothing:
 * the buffer that is read into, batches and outputs. Confined to its loop where not said otherwise.
 */
final class LoopState {
    private static final int READ_BYTES = 64 * 1024;
    private static final int KEPT_MAX = 64;

    /** Connections whose requests are with the owner, or on the way there or back. */
    private static final int LENT_MAX = 256;

    private final ServingLoop loop;
    private final ByteBufAllocator allocator;
    private final boolean readsAtOnce;
    private volatile ByteBuf readBuffer;
    private ByteBuf cipherBuffer;
    private final LoopTraffic traffic = new LoopTraffic();
    private final LoopMembers members = new LoopMembers();
    private final ArrayDeque<RequestBatch> batches = new ArrayDeque<>();
    private final ArrayDeque<Output> outputs = new ArrayDeque<>();
    private final ArrayList<ConnectionOutput> unsent = new ArrayList<>();
    private final Runnable sendUnsent = this::sendUnsent;
    private final ArrayList<RequestFlow> pushed = new ArrayList<>();
    private final Runnable sendPushed = this::sendPushed;
    private final Set<Connection> queryKeepers = new HashSet<>();
    private final ArrayDeque<RequestFlow> waiting = new ArrayDeque<>();
    private final ArrayDeque<Shipment> shipments = new ArrayDeque<>();
    private final Runnable sendShipment = this::sendShipment;
    private Shipment loading;
    private HeldReplies held;
    private int lent;

    /**
     * Makes the state of a loop. Any thread.
     *
     * @param ofOwner whether the loop is the owner
     * @param readsAtOnce whether a buffer is filled in the same moment in which it is asked for, so
     *     that one buffer does for all connections
     */
    LoopState(ServingLoop loop, ByteBufAllocator allocator, boolean ofOwner, boolean readsAtOnce) {
        this.loop = loop;
        this.allocator = allocator;
        this.readsAtOnce = readsAtOnce;
        // Elsewhere what was read is lent to the owner, while the loop reads on.
        boolean isShared = ofOwner && readsAtOnce;
        this.readBuffer = isShared ? allocator.directBuffer(READ_BYTES, READ_BYTES) : null;
    }

    /** Any thread. */
    ServingLoop loop() {
        return loop;
    }

    /** Any thread. */
    ByteBufAllocator allocator() {
        return allocator;
    }

    /** What the loop has read and written. Any thread may ask. */
    LoopTraffic traffic() {
        return traffic;
    }

    /** Who is on the loop. Any thread. */
    LoopMembers members() {
        return members;
    }

    /** Whether a buffer is filled in the same moment in which it is asked for. Any thread. */
    boolean readsAtOnce() {
        return readsAtOnce;
    }

    /**
     * The buffer that all connections read into by turns; null where each read needs its own. Any
     * thread may ask which it is.
     */
    ByteBuf readBuffer() {
        return readBuffer;
    }

    /** The buffer that encrypted bytes are read into; null where each read needs its own. */
    ByteBuf cipherBuffer() {
        if (cipherBuffer == null && readsAtOnce) {
            cipherBuffer = allocator.directBuffer(READ_BYTES, READ_BYTES);
        }
        return cipherBuffer;
    }

    /** Leaves the buffer at hand to the connection that has it, and takes a fresh one. */
    void renewReadBuffer() {
        ByteBuf old = readBuffer;
        if (old != null) {
            readBuffer = allocator.directBuffer(READ_BYTES, READ_BYTES);
            old.release();
        }
    }

    RequestBatch takeBatch() {
        RequestBatch batch = batches.poll();
        return batch != null ? batch : new RequestBatch(Dispatcher.BATCH_COMMANDS_MAX);
    }

    void giveBatch(RequestBatch batch) {
        if (batches.size() < KEPT_MAX) {
            batches.push(batch);
        }
    }

    Output takeOutput() {
        Output output = outputs.poll();
        return output != null ? output : new Output(allocator);
    }

    void giveOutput(Output output) {
        output.recycle();
        if (outputs.size() < KEPT_MAX) {
            outputs.push(output);
        } else {
            output.release();
        }
    }

    /**
     * Sends a connection's replies once the loop has served all that had something to read. Sent
     * one after the other they wake a client's process once, where one by one they would wake it
     * again and again.
     */
    void sendLater(ConnectionOutput output) {
        if (unsent.isEmpty()) {
            loop.execute(sendUnsent);
        }
        unsent.add(output);
        if (unsent.size() == KEPT_MAX) {
            // More would mean more outputs than are kept.
            sendUnsent();
        }
    }

    /**
     * Sends what was pushed to a connection once the loop has served all that had something to
     * read: who publishes much to many then costs each of these one write, not one a message.
     */
    void pushLater(RequestFlow flow) {
        if (pushed.isEmpty()) {
            loop.execute(sendPushed);
        }
        pushed.add(flow);
    }

    private void sendPushed() {
        // Sending may end a connection, but pushes to nobody.
        for (int i = 0; i < pushed.size(); i++) {
            pushed.get(i).pushesCame();
        }
        pushed.clear();
    }

    private void sendUnsent() {
        for (int i = 0; i < unsent.size(); i++) {
            unsent.get(i).turnIsOver();
        }
        unsent.clear();
    }

    /** The replies that have to wait until something is safe. */
    HeldReplies held(ReplyGate gate) {
        if (held == null) {
            held = new HeldReplies(this, gate);
        }
        return held;
    }

    /** Whether one more connection may lend its requests to the owner; if so it does now. */
    boolean mayLend() {
        if (lent == LENT_MAX) {
            return false;
        }
        lent++;
        return true;
    }

    /** Lets a connection lend its requests when others have theirs back. */
    void lendLater(RequestFlow flow) {
        waiting.add(flow);
    }

    /** Sends a connection's batch to the owner, with those of others that read in this turn. */
    void ship(RequestFlow flow, Owner owner) {
        if (loading == null) {
            loading = shipments.isEmpty() ? new Shipment(this, owner) : shipments.pop();
            loop.execute(sendShipment);
        }
        if (loading.add(flow)) {
            sendShipment();
        }
    }

    private void sendShipment() {
        if (loading != null) {
            Shipment full = loading;
            loading = null;
            full.send();
        }
    }

    void giveShipment(Shipment empty) {
        shipments.push(empty);
    }

    /** A connection has its requests back, or will not have them soon. */
    void lendEnded() {
        lent--;
        while (lent < LENT_MAX && !waiting.isEmpty()) {
            waiting.remove().goOn();
        }
    }

    /** How much of an announced length is believed; see {@link QuerySize#trust}. */
    int trustBytes() {
        return QuerySize.trust(queryKeepers.size());
    }

    /** A connection has a query buffer of its own from now on. */
    void queryKept(Connection connection) {
        queryKeepers.add(connection);
    }

    /** A connection has no query buffer of its own any more, or is not here any more. */
    void queryDropped(Connection connection) {
        queryKeepers.remove(connection);
    }

    /** A tenth of a second has passed. */
    void trimQueries() {
        if (!queryKeepers.isEmpty()) {
            // A connection that gives its buffer back leaves the set.
            for (Connection connection : queryKeepers.toArray(new Connection[0])) {
                connection.trimQuery();
            }
        }
    }

    /** Gives back what is kept; the loop has ended. */
    void release() {
        if (readBuffer != null) {
            readBuffer.release();
        }
        if (cipherBuffer != null) {
            cipherBuffer.release();
        }
        outputs.forEach(Output::release);
        outputs.clear();
        if (held != null) {
            held.drop();
        }
    }
}
