// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Lets Netty read straight into the buffer that the connection wants: the loop's shared one as a
 * rule, the connection's own while a request is incomplete. Confined to the connection's loop.
 *
 * <p>A connection is read from once a turn, whatever it has sent, so that a flood on one does not
 * keep the others waiting; what is left is reported again in the next turn. When a client has ended
 * its side, Netty insists on reading to the end, and the connection sets the surplus aside.
 */
final class ReadSizes implements RecvByteBufAllocator.ExtendedHandle {
    private final Connection connection;
    private int attempted;
    private int lastRead;
    private boolean hasRead;

    ReadSizes(Connection connection) {
        this.connection = connection;
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator alloc) {
        ByteBuf buffer = connection.bufferToReadInto(hasRead);
        attempted = buffer.writableBytes();
        return buffer;
    }

    @Override
    public int guess() {
        return attempted;
    }

    @Override
    public void reset(ChannelConfig config) {
        hasRead = false;
    }

    @Override
    public void incMessagesRead(int messages) {
        hasRead = true;
    }

    @Override
    public void lastBytesRead(int bytes) {
        lastRead = bytes;
        if (bytes < 0) {
            connection.endOfInput();
        }
    }

    @Override
    public int lastBytesRead() {
        return lastRead;
    }

    @Override
    public void attemptedBytesRead(int bytes) {
        attempted = bytes;
    }

    @Override
    public int attemptedBytesRead() {
        return attempted;
    }

    @Override
    public boolean continueReading() {
        return false;
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
        return false;
    }

    @Override
    public void readComplete() {}
}
