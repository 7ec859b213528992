// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.Link;
import dev.sigrun.kernel.base.Links;
import dev.sigrun.kernel.net.tls.TlsContexts;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
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
import java.util.function.Supplier;

/**
 * Opens connections on the owner's loop. A name is looked up on another thread, since the system's
 * resolver makes its caller wait. Owner thread only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Whether binding succeeds makes no difference.
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
    private final Supplier<String> source;
    private int lookups;

    /**
     * Opens connections on a loop.
     *
     * @param loop the owner's
     * @param transport the name of the transport that the loop uses
     * @param isEncrypted asked at each link
     * @param source asked at each link for the address that it comes from, if that is possible;
     *     null leaves it to the system
     */
    NettyLinks(
            EventLoop loop,
            String transport,
            ByteBufAllocator allocator,
            Background background,
            TlsContexts tls,
            BooleanSupplier isEncrypted,
            Supplier<String> source) {
        this.tls = tls;
        this.isEncrypted = isEncrypted;
        this.source = source;
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
        String from = source.get();
        InetAddress literal = NetUtil.createInetAddressFromIpAddressString(host);
        if (literal != null && (from == null || isAddress(from))) {
            InetSocketAddress address = new InetSocketAddress(literal, port);
            InetSocketAddress local = from == null ? null : addressOf(from, 0);
            loop.execute(() -> connect(link, address, local, timeoutMillis));
        } else if (lookups == LOOKUPS_MAX) {
            loop.execute(() -> link.failed("too many names are being looked up"));
        } else {
            lookups++;
            background.run("resolve", () -> lookUp(link, host, port, from, timeoutMillis));
        }
        return link;
    }

    /** On a thread of its own. */
    private void lookUp(NettyLink link, String host, int port, String from, int timeoutMillis) {
        InetSocketAddress address = addressOf(host, port);
        InetSocketAddress local = from == null ? null : addressOf(from, 0);
        if (!loop.isShuttingDown()) {
            loop.execute(() -> lookedUp(link, address, local, timeoutMillis));
        }
    }

    private static boolean isAddress(String text) {
        return NetUtil.createInetAddressFromIpAddressString(text) != null;
    }

    /** Waits only where the host is a name. */
    private static InetSocketAddress addressOf(String host, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private void lookedUp(
            NettyLink link, InetSocketAddress address, InetSocketAddress local, int timeoutMillis) {
        lookups--;
        if (address == null) {
            link.failed("unknown host");
        } else {
            connect(link, address, local, timeoutMillis);
        }
    }

    /**
     * Connects; a local address that the machine does not have is as good as none, as in Valkey.
     */
    private void connect(
            NettyLink link, InetSocketAddress address, InetSocketAddress local, int timeoutMillis) {
        if (link.isClosed()) {
            return;
        }
        ChannelFuture registered =
                new Bootstrap()
                        .group(loop)
                        .channel(channelType)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.ALLOCATOR, allocator)
                        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, MARKS)
                        .handler(link)
                        .register();
        Channel channel = registered.channel();
        if (registered.cause() != null) {
            link.connecting(registered);
            return;
        }
        if (local != null) {
            channel.bind(local);
        }
        link.connecting(channel.connect(address));
    }
}
