// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.Link;
import dev.sigrun.kernel.base.Links;
import dev.sigrun.kernel.net.tls.TlsContexts;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.function.BooleanSupplier;

/**
 * Opens connections on the owner's loop. A name is looked up on another thread, since the system's
 * resolver makes its caller wait. Owner thread only.
 */
final class NettyLinks implements Links {
    /** Names that are looked up at a time; each takes a thread. */
    private static final int LOOKUPS_MAX = 64;

    /** What waits in the channel beyond this has to wait in the link, where it takes no buffer. */
    private static final WriteBufferWaterMark MARKS = new WriteBufferWaterMark(64 << 10, 256 << 10);

    private final EventLoop loop;
    private final ByteBufAllocator allocator;
    private final Background background;
    private final Class<? extends SocketChannel> channelType;
    private final TlsContexts tls;
    private final BooleanSupplier isEncrypted;
    private int lookups;

    /**
     * Opens connections on a loop.
     *
     * @param loop the owner's
     * @param transport the name of the transport that the loop uses
     * @param isEncrypted asked at each link
     */
    NettyLinks(
            EventLoop loop,
            String transport,
            ByteBufAllocator allocator,
            Background background,
            TlsContexts tls,
            BooleanSupplier isEncrypted) {
        this.tls = tls;
        this.isEncrypted = isEncrypted;
        this.loop = loop;
        this.allocator = allocator;
        this.background = background;
        this.channelType =
                switch (transport) {
                    case "epoll" -> EpollSocketChannel.class;
                    case "io_uring" -> IoUringSocketChannel.class;
                    default -> NioSocketChannel.class;
                };
    }

    @Override
    public Link open(String host, int port, int timeoutMillis, Link.Listener listener) {
        NettyLink link = new NettyLink(listener);
        if (isEncrypted.getAsBoolean()) {
            SslHandler encryption = tls.clientHandler(allocator, host, port, timeoutMillis);
            if (encryption == null) {
                loop.execute(() -> link.failed("TLS is not configured"));
                return link;
            }
            link.encryption(encryption);
        }
        InetAddress literal = NetUtil.createInetAddressFromIpAddressString(host);
        if (literal != null) {
            InetSocketAddress address = new InetSocketAddress(literal, port);
            loop.execute(() -> connect(link, address, timeoutMillis));
        } else if (lookups == LOOKUPS_MAX) {
            loop.execute(() -> link.failed("too many names are being looked up"));
        } else {
            lookups++;
            background.run("resolve", () -> lookUp(link, host, port, timeoutMillis));
        }
        return link;
    }

    /** On a thread of its own. */
    private void lookUp(NettyLink link, String host, int port, int timeoutMillis) {
        InetSocketAddress address = addressOf(host, port);
        if (!loop.isShuttingDown()) {
            loop.execute(() -> lookedUp(link, address, timeoutMillis));
        }
    }

    private static InetSocketAddress addressOf(String host, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private void lookedUp(NettyLink link, InetSocketAddress address, int timeoutMillis) {
        lookups--;
        if (address == null) {
            link.failed("unknown host");
        } else {
            connect(link, address, timeoutMillis);
        }
    }

    private void connect(NettyLink link, InetSocketAddress address, int timeoutMillis) {
        if (link.isClosed()) {
            return;
        }
        link.connecting(
                new Bootstrap()
                        .group(loop)
                        .channel(channelType)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.ALLOCATOR, allocator)
                        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, MARKS)
                        .handler(link)
                        .connect(address));
    }
}
