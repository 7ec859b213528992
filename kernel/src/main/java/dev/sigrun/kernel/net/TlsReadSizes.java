// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.net.tls.TlsChannel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Lets Netty read encrypted bytes into a buffer that the loop's connections share, once a turn, as
 * {@link ReadSizes} does for others. Confined to the loop of the channel.
 */
final class TlsReadSizes implements RecvByteBufAllocator.ExtendedHandle {
    private final TlsChannel tls;
    private Connection connection;
    private int attempted;
    private int lastRead;

    TlsReadSizes(TlsChannel tls) {
        this.tls = tls;
    }

    /** Says whose connection this is, once hands are shaken. */
    void attach(Connection newConnection) {
        connection = newConnection;
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator alloc) {
        ByteBuf buffer = tls.bufferToReadInto();
        attempted = buffer.writableBytes();
        return buffer;
    }

    @Override
    public int guess() {
        return attempted;
    }

    @Override
    public void reset(ChannelConfig config) {}

    @Override
    public void incMessagesRead(int messages) {}

    @Override
    public void lastBytesRead(int bytes) {
        lastRead = bytes;
        if (bytes < 0 && connection != null && !tls.hasEnded()) {
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
