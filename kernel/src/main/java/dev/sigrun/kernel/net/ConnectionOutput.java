// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.command.ReplyGate;
import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.memory.Memory;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.nio.charset.StandardCharsets;

/**
 * The replies to a client that the socket does not have yet, and their sending. The owner writes
 * them while the connection's batch is lent to it; else this is confined to the connection's loop.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // A channel's futures are heard by the channel itself.
final class ConnectionOutput {
    /** Replies beyond this are handed to the socket before all requests are answered. */
    private static final int BYTES_MAX = 256 * 1024;

    private static final int ERROR_BYTES_MAX = 4096;

    private final Connection connection;
    private final Channel channel;
    private Output buffer;
    private int used;
    private int counted;
    private volatile long heldBytes;
    private int held;
    private boolean awaitsTurn;
    private boolean isFinished;

    ConnectionOutput(Connection connection, Channel channel) {
        this.connection = connection;
        this.channel = channel;
    }

    /** Bytes of replies. */
    int used() {
        return used;
    }

    /** Whether there are more replies than should wait. */
    boolean isLarge() {
        return used > BYTES_MAX;
    }

    /** Whether there is something to send, or something that the socket has not taken. */
    boolean isBusy() {
        return buffer != null || awaitsTurn || unsentBytes() > 0;
    }

    /** Whether nothing more is executed for the client. */
    boolean isOver() {
        return isFinished || connection.isClosed() || connection.run().isOver();
    }

    /** Bytes that were sent and that the socket has not taken. Any thread may ask. */
    long unsentBytes() {
        return connection.transport().outputBytes();
    }

    /** Bytes that wait until something is safe. Any thread may ask. */
    long heldBytes() {
        return heldBytes;
    }

    private ReplyGate gate() {
        return connection.connections().dispatcher().replyGate();
    }

    // ---- on the owner ----

    /** Lays the reply buffer over what is written so far. */
    void wrap(ReplyBuffer reply, ConnectionHome home) {
        if (buffer == null) {
            LoopState state = home.state();
            // What another loop has kept is not the owner's to take.
            start(home.isOwners() ? state.takeOutput() : new Output(state.allocator()));
        }
        reply.wrap(buffer, used);
    }

    /**
     * Takes note of what the reply buffer holds now.
     *
     * @return how many bytes have come
     */
    int unwrap(ReplyBuffer reply) {
        used = reply.used();
        int more = used - counted;
        counted = used;
        return more;
    }

    /** The first of the replies that there are, if it is an error; else null. */
    String firstError() {
        if (used == 0 || Memory.getByte(buffer.address()) != '-') {
            return null;
        }
        byte[] text = new byte[Math.min(used, ERROR_BYTES_MAX)];
        Memory.copy(buffer.address(), text, 0, text.length);
        String line = new String(text, StandardCharsets.UTF_8);
        int end = line.indexOf('\r');
        return line.substring(1, end < 0 ? line.length() : end);
    }

    /** Sends the answer to a session that is blocked; it lies in an output of the owner's loop. */
    void sendAnswer(Output full, int length) {
        LoopState state = connection.home().state();
        if (connection.home().isOwners()) {
            send(full, length, state);
            return;
        }
        if (length > 0) {
            ByteBuf content = full.copy(length);
            state.loop().execute(() -> write(content, state));
        }
        connection.connections().loops().owner().giveOutput(full);
    }

    // ---- on the loop ----

    /** Sends what was pushed, behind the replies that there are. */
    void sendPushes() {
        if (connection.outbox().bytes() > 0) {
            if (buffer != null) {
                send();
            }
            ByteBuf content = connection.outbox().take();
            if (content != null && isOver()) {
                content.release();
            } else if (content != null) {
                write(content, connection.home().state());
            }
        }
    }

    /** Gets a buffer from the loop before the owner writes. */
    void prepare(LoopState state) {
        if (buffer == null) {
            start(state.takeOutput());
        }
    }

    private void start(Output fresh) {
        buffer = fresh;
        used = 0;
        counted = 0;
    }

    /** Sends what there is once every connection that had something to read has been served. */
    void sendInTurn() {
        if (buffer != null && !awaitsTurn) {
            awaitsTurn = true;
            connection.home().state().sendLater(this);
        }
    }

    /** All connections that had something to read have been served. */
    void turnIsOver() {
        awaitsTurn = false;
        if (!connection.flow().isLent()) {
            send();
        }
    }

    /** Sends what there is. */
    void send() {
        if (buffer != null) {
            int length = used;
            send(detach(), length, connection.home().state());
        }
        if (connection.run().isOver()) {
            finish();
        }
    }

    /** Closes the connection when everything has gone out; nothing more is executed. */
    void finish() {
        if (!isFinished && !connection.isClosed()) {
            isFinished = true;
            send();
            if (held == 0) {
                closeBehindReplies();
            }
        }
    }

    private void closeBehindReplies() {
        channel.writeAndFlush(channel.alloc().buffer(0, 0))
                .addListener(ChannelFutureListener.CLOSE);
    }

    /** Takes the replies out, to be sent by {@link #send(Output, int, LoopState)}. */
    Output detach() {
        Output full = buffer;
        buffer = null;
        used = 0;
        return full;
    }

    /** Sends replies and gives their buffer to the loop. */
    void send(Output full, int length, LoopState state) {
        if (length > 0 && channel.isActive()) {
            // Behind unsent replies only the bytes themselves wait, not a whole buffer.
            boolean waits = unsentBytes() > 0 || gate().isClosed();
            write(waits ? full.copy(length) : full.lend(length), state);
        }
        state.giveOutput(full);
    }

    /** Hands bytes to the socket, once that is safe which they acknowledge. */
    void write(ByteBuf content, LoopState state) {
        if (held > 0 || gate().isClosed()) {
            hold(content, state);
        } else {
            channel.writeAndFlush(content, channel.voidPromise());
            state.traffic().countWrite();
        }
        if (unsentBytes() > 0) {
            connection.connections().checkOutputLimit(connection);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Others only read what the loop writes.
    private void hold(ByteBuf content, LoopState state) {
        held++;
        heldBytes += content.readableBytes();
        state.held(gate()).add(this, content);
        if (connection.home().isOwners()) {
            gate().hurry();
        }
    }

    /** That is safe now which these bytes acknowledge. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // Others only read what the loop writes.
    void release(ByteBuf content, LoopState state) {
        held--;
        heldBytes -= content.readableBytes();
        channel.writeAndFlush(content, channel.voidPromise());
        state.traffic().countWrite();
        if (isFinished && held == 0) {
            closeBehindReplies();
        }
    }

    /** Gives the buffer back; the client gets no more answers. */
    void release(LoopState state) {
        if (buffer != null) {
            state.giveOutput(detach());
        }
    }
}
