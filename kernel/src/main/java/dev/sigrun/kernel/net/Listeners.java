// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.net.tls.TlsContexts;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * The listening sockets, on a loop of their own, so that they come and go while the owner serves.
 * Any thread but that loop's.
 */
final class Listeners {
    private static final long END_SECONDS_MAX = 2;

    private final Transports transports;
    private final Loops loops;
    private final EventLoop loop;
    private final Map<Channel, Kind> open = new HashMap<>();
    private final TlsContexts contexts;
    private Connections connections;
    private AcceptRules rules;
    private BiConsumer<Channel, Acceptor> taker;
    private Handshakes handshakes;

    /** What comes in by a socket. */
    enum Kind {
        /** Plain TCP. */
        TCP,
        /** Encrypted TCP. */
        TLS,
        /** A client of this machine. */
        UNIX
    }

    Listeners(Transports transports, Loops loops, TlsContexts contexts) {
        this.transports = transports;
        this.contexts = contexts;
        this.loops = loops;
        this.loop = loops.newLoop("accept");
    }

    /**
     * Says what becomes of new connections; before the first listener.
     *
     * @param newTaker takes a new channel in, on the owner
     * @param tlsTaker the same for one that is encrypted
     */
    void serve(
            Connections all,
            AcceptRules acceptRules,
            BiConsumer<Channel, Acceptor> newTaker,
            Handshakes.Taker tlsTaker) {
        connections = all;
        rules = acceptRules;
        taker = newTaker;
        EventLoop home = transports.isRing() ? loops.owner().loop() : loop;
        handshakes = new Handshakes(contexts, all, acceptRules, loop, home, tlsTaker);
    }

    /**
     * Listens on a TCP address.
     *
     * @return the port, which the system chose if 0 was given
     */
    int listen(InetSocketAddress address, Kind kind) throws Exception {
        Channel channel = bind(transports.tcpServer(), address, kind);
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Listens on a Unix socket. */
    void listenUnix(String path) throws Exception {
        if (transports.unixServer() == null) {
            throw new IllegalStateException(
                    "Unix sockets need epoll or io_uring, and this is " + transports.name());
        }
        bind(transports.unixServer(), new DomainSocketAddress(path), Kind.UNIX);
    }

    private Channel bind(Class<? extends ServerChannel> type, SocketAddress address, Kind kind)
            throws Exception {
        Acceptor acceptor =
                new Acceptor(connections, rules, loop, kind == Kind.TLS ? handshakes : null);
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(loop, loops.owner().loop())
                        .channel(type)
                        .handler(acceptor)
                        .childOption(ChannelOption.ALLOCATOR, loops.allocator())
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        taker.accept(channel, acceptor);
                                    }
                                });
        if (address instanceof InetSocketAddress) {
            bootstrap
                    .option(ChannelOption.SO_BACKLOG, rules.backlog())
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true);
        }
        Channel channel = bootstrap.bind(address).sync().channel();
        synchronized (open) {
            open.put(channel, kind);
        }
        return channel;
    }

    /** Closes the listeners of a kind; clients stay. */
    void close(Kind kind) throws InterruptedException {
        close(List.of(kind));
    }

    /** Closes all listeners; clients stay. */
    void close() throws InterruptedException {
        close(List.of(Kind.values()));
    }

    private void close(List<Kind> kinds) throws InterruptedException {
        List<Channel> closing = new ArrayList<>();
        synchronized (open) {
            open.forEach((channel, kind) -> {
                if (kinds.contains(kind)) {
                    closing.add(channel);
                }
            });
            open.keySet().removeAll(closing);
        }
        for (Channel channel : closing) {
            channel.close().sync();
        }
    }

    /** Ends the loop. */
    void shutdown() throws InterruptedException {
        loop.shutdownGracefully(0, END_SECONDS_MAX, TimeUnit.SECONDS).sync();
    }
}
