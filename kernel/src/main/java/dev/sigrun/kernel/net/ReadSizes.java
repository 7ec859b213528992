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
 */
final class ReadSizes implements RecvByteBufAllocator.ExtendedHandle {
    /** Reads in a row before other connections get their turn. */
    private static final int READS_MAX = 4;

    private final Connection connection;
    private int attempted;
    private int lastRead;
    private int reads;

    ReadSizes(Connection connection) {
        this.connection = connection;
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator alloc) {
        ByteBuf buffer = connection.bufferToReadInto();
        attempted = buffer.writableBytes();
        return buffer;
    }

    @Override
    public int guess() {
        return attempted;
    }

    @Override
    public void reset(ChannelConfig config) {
        reads = 0;
    }

    @Override
    public void incMessagesRead(int messages) {
        reads += messages;
    }

    @Override
    public void lastBytesRead(int bytes) {
        lastRead = bytes;
        if (bytes < 0) {
            // The client sends no more and Netty will close, but it may well be waiting for
            // replies.
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
        return lastRead > 0 && lastRead == attempted && reads < READS_MAX && connection.wantsMore();
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
        return continueReading();
    }

    @Override
    public void readComplete() {}
}
