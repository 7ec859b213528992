// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.command.OutputSource;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;

/**
 * Sends what a source has, piece by piece: the next one is taken when the socket has the one
 * before, so that nothing piles up here. Such a connection stays on the loop that it is on. Owner
 * thread only, but for the writing.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The end is heard of as any other.
final class StreamOutput {
    private static final int PIECE_BYTES = 64 * 1024;

    /** Other connections have their turn after so many pieces. */
    private static final int TURN_PIECES_MAX = 4;

    private final Connection connection;
    private final Channel channel;
    private final OutputSource source;
    private final Runnable pump = this::pump;
    private boolean isScheduled;
    private boolean isInFlight;

    StreamOutput(Connection connection, Channel channel, OutputSource source) {
        this.connection = connection;
        this.channel = channel;
        this.source = source;
    }

    /** Bytes that wait in the source. */
    long heldBytes() {
        return source.heldBytes();
    }

    /** The source may have more; it is asked after what is under way. */
    void more() {
        if (!isScheduled && !isInFlight) {
            isScheduled = true;
            connection.connections().owner().execute(pump);
        }
    }

    private void pump() {
        isScheduled = false;
        for (int i = 0; i < TURN_PIECES_MAX && !isInFlight; i++) {
            ByteBuf piece = connection.isClosed() ? null : take();
            if (piece == null) {
                end();
                return;
            }
            isInFlight = true;
            send(piece);
        }
        more();
    }

    /** Everything has been sent. */
    private void end() {
        if (source.isOver() && !connection.isClosed()) {
            connection.home().state().loop().execute(connection.output()::finish);
        }
    }

    private ByteBuf take() {
        int wanted = (int) Math.min(source.readyBytes(), PIECE_BYTES);
        if (wanted == 0) {
            return null;
        }
        ByteBuf piece = connection.connections().loops().owner().allocator().directBuffer(wanted);
        int bytes = source.fill(piece.memoryAddress(), wanted);
        if (bytes == 0) {
            piece.release();
            return null;
        }
        piece.writerIndex(bytes);
        connection.session().bytesOut += bytes;
        connection.connections().countOutput(bytes);
        return piece;
    }

    private void send(ByteBuf piece) {
        LoopState state = connection.home().state();
        if (connection.home().isOwners()) {
            if (!connection.flow().isLent()) {
                connection.output().send();
            }
            write(piece, state);
        } else {
            state.loop().execute(() -> write(piece, state));
        }
    }

    /** On the connection's loop. */
    private void write(ByteBuf piece, LoopState state) {
        ChannelFuture written = channel.writeAndFlush(piece);
        state.traffic().countWrite();
        if (written.isDone() && connection.home().isOwners()) {
            isInFlight = false;
        } else {
            written.addListener(done -> connection.connections().owner().execute(this::goOn));
        }
    }

    private void goOn() {
        isInFlight = false;
        more();
    }
}
