// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.net.tls.PlainSide;
import dev.sigrun.kernel.net.tls.TlsChannel;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/** A connection as its encryption sees it. Confined to the connection's loop. */
@SuppressWarnings("FutureReturnValueIgnored") // The end is heard of as any other.
final class TlsInput implements PlainSide {
    private final Connection connection;
    private final Channel channel;

    TlsInput(Connection connection, Channel channel) {
        this.connection = connection;
        this.channel = channel;
    }

    @Override
    public ByteBuf cipherBuffer() {
        return connection.home().state().cipherBuffer();
    }

    @Override
    public ByteBuf bufferToFill(int bytes, boolean isTurnOver) {
        int room = Math.max(bytes, TlsChannel.RECORD_BYTES_MAX);
        ByteBuf buffer = connection.bufferToReadInto(isTurnOver);
        // The buffer that connections share has room in any case, and never grows.
        if (buffer.writableBytes() < room && buffer.maxWritableBytes() >= room) {
            buffer.ensureWritable(room);
        }
        return buffer;
    }

    @Override
    public void take(ByteBuf buffer) {
        connection.read(buffer);
    }

    @Override
    public void sendReplies() {
        if (connection.flow().isReading()) {
            connection.output().send();
        }
    }

    @Override
    public boolean isBusy() {
        return connection.flow().awaitsReplies();
    }

    @Override
    public void ended() {
        connection.endOfInput();
        if (!connection.inputHasEnded()) {
            channel.close();
        }
    }
}
