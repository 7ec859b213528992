// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.base.Link;
import dev.sigrun.kernel.base.Slice;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to another server. What is sent waits here on the heap and is given to the channel
 * in pieces, since the channel copies what it holds into buffers off the heap: a value of any size
 * then takes no more of those than a small one. Owner thread only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What comes of a write is heard from the channel.
final class NettyLink extends ChannelInboundHandlerAdapter implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(NettyLink.class);
    private static final int PIECE_BYTES = 64 * 1024;

    private final Listener listener;
    private final ArrayDeque<byte[]> unsent = new ArrayDeque<>();
    private final Slice received = new Slice();
    private SslHandler encryption;
    private Channel channel;
    private int sentOfFirst;
    private long unsentBytes;
    private boolean pumping;
    private boolean isReady;
    private boolean closed;
    private boolean mayRead = true;
    private String reason = "closed by the other side";

    NettyLink(Listener listener) {
        this.listener = listener;
    }

    /** Says what encrypts the link, before it is connected. */
    void encryption(SslHandler handler) {
        encryption = handler;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (encryption != null) {
            context.pipeline().addFirst(encryption);
        }
    }

    boolean isClosed() {
        return closed;
    }

    void connecting(ChannelFuture connected) {
        channel = connected.channel();
        channel.config().setAutoRead(mayRead);
        connected.addListener(future -> {
            if (!future.isSuccess()) {
                failed(future.cause().getMessage());
            }
        });
    }

    /** There is no connection, or no longer. */
    void failed(String why) {
        if (!closed) {
            closed = true;
            unsent.clear();
            listener.closed(why);
        }
    }

    @Override
    public void send(byte[] content) {
        if (!closed && content.length > 0) {
            unsent.add(content);
            unsentBytes += content.length;
            pump();
        }
    }

    /** Gives the channel as much as it takes; it may say that it takes more while this runs. */
    private void pump() {
        boolean mayWrite = channel != null && channel.isActive() && (encryption == null || isReady);
        if (pumping || !mayWrite) {
            return;
        }
        pumping = true;
        while (!unsent.isEmpty() && channel.isWritable()) {
            do {
                writePiece();
            } while (!unsent.isEmpty() && channel.isWritable());
            channel.flush();
        }
        pumping = false;
    }

    private void writePiece() {
        byte[] first = unsent.peek();
        int length = Math.min(first.length - sentOfFirst, PIECE_BYTES);
        channel.write(Unpooled.wrappedBuffer(first, sentOfFirst, length), channel.voidPromise());
        sentOfFirst += length;
        unsentBytes -= length;
        if (sentOfFirst == first.length) {
            unsent.remove();
            sentOfFirst = 0;
        }
    }

    @Override
    public long pendingBytes() {
        ChannelOutboundBuffer taken = channel == null ? null : channel.unsafe().outboundBuffer();
        return unsentBytes + (taken == null ? 0 : taken.totalPendingWriteBytes());
    }

    @Override
    public void reading(boolean yes) {
        mayRead = yes;
        if (channel != null) {
            channel.config().setAutoRead(yes);
        }
    }

    @Override
    public String remoteAddress() {
        return text(channel == null ? null : channel.remoteAddress());
    }

    @Override
    public String localAddress() {
        return text(channel == null ? null : channel.localAddress());
    }

    private static String text(SocketAddress address) {
        if (!(address instanceof InetSocketAddress internet)) {
            return "";
        }
        String host = internet.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + internet.getPort();
    }

    @Override
    public void close() {
        closed = true;
        unsent.clear();
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (encryption == null) {
            connected(context);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                isReady = true;
                connected(context);
            } else {
                reason = String.valueOf(handshake.cause().getMessage());
                context.close();
            }
        }
    }

    private void connected(ChannelHandlerContext context) {
        if (closed) {
            context.close();
            return;
        }
        listener.connected();
        pump();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf content = (ByteBuf) message;
        try {
            if (!closed) {
                content = direct(content);
                long address = content.memoryAddress() + content.readerIndex();
                listener.received(received.wrap(address, content.readableBytes()));
            }
        } finally {
            received.expire();
            content.release();
        }
    }

    /** Not every engine decrypts into a buffer off the heap. */
    private ByteBuf direct(ByteBuf content) {
        if (content.hasMemoryAddress()) {
            return content;
        }
        ByteBuf copy = channel.alloc().directBuffer(content.readableBytes()).writeBytes(content);
        content.release();
        return copy;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        pump();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        failed(reason);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.error("A connection to another server failed", cause);
        }
        reason = String.valueOf(cause.getMessage());
        context.close();
    }
}
